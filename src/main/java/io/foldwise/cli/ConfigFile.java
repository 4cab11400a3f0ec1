package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.foldwise.search.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A YAML file of options: keys are their names, a list stands for values divided by commas, and
 * {@code grid} may map axes to values. Relative paths start at the file. Keys that only other
 * commands know are passed over, so that one file serves several commands.
 */
final class ConfigFile {
  private final InputFile file;
  private final Map<String, Option> options;

  private ConfigFile(InputFile file, Map<String, Option> options) {
    this.file = file;
    this.options = options;
  }

  /**
   * The values of a command's options by name.
   *
   * @throws InvalidInputException if the file cannot be read, or a key is of no command
   */
  static Map<String, String> read(String path, Map<String, Option> options) {
    InputFile file = InputFile.of(Options.CONFIG.name(), path);
    if (!file.isFile()) {
      throw new InvalidInputException("'config' (" + path + "): no such file: check the path");
    }
    try (InputStream in = file.open();
        YAMLParser parser = new YAMLFactory().createParser(in)) {
      return new ConfigFile(file, options).read(parser);
    } catch (JsonProcessingException bad) {
      long line = bad.getLocation() == null ? 1 : bad.getLocation().getLineNr();
      String what = bad.getOriginalMessage().lines().findFirst().orElse("");
      throw new InvalidInputException(path + ":" + line + ": is no YAML: " + what, bad);
    } catch (IOException failed) {
      throw InputFile.unreadable(Options.CONFIG.name(), path, failed);
    }
  }

  private Map<String, String> read(YAMLParser parser) throws IOException {
    parser.setCodec(new ObjectMapper());
    Map<String, String> values = new LinkedHashMap<>();
    JsonToken first = parser.nextToken();
    if (first != null && first != JsonToken.START_OBJECT) {
      throw new InvalidInputException(file.given() + ": must hold lines of 'option: value'");
    }
    while (first != null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String place = file.given() + ":" + parser.currentTokenLocation().getLineNr();
      requireKnown(key, place);
      parser.nextToken();
      if (values.put(key, text(key, parser.readValueAsTree(), place)) != null) {
        throw new InvalidInputException(place + ": '" + key + "' stands twice: keep one");
      }
    }
    values.keySet().retainAll(options.keySet());
    return values;
  }

  private void requireKnown(String key, String place) {
    if (!options.containsKey(key) && !Options.BY_NAME.containsKey(key)) {
      throw new InvalidInputException(
          "%s: '%s' is no option: the options are %s"
              .formatted(place, key, String.join(", ", new TreeSet<>(Options.BY_NAME.keySet()))));
    }
  }

  private String text(String key, JsonNode node, String place) {
    if (key.equals(Options.GRID.name()) && node.isObject()) {
      List<String> axes = new ArrayList<>();
      node.properties().forEach(axis -> axes.add(axis.getKey() + "=" + list(axis, place)));
      return String.join("; ", axes);
    }
    String value = list(Map.entry(key, node), place);
    Option option = options.getOrDefault(key, Options.BY_NAME.get(key));
    return option.isPath() && !option.words().contains(value) ? file.beside(value) : value;
  }

  private static String list(Map.Entry<String, JsonNode> entry, String place) {
    JsonNode node = entry.getValue();
    List<String> values = new ArrayList<>();
    (node.isArray() ? node : List.of(node))
        .forEach(
            item -> {
              if (!item.isValueNode() || item.isNull()) {
                throw new InvalidInputException(
                    place + ": '" + entry.getKey() + "' must be a value or a list of values");
              }
              values.add(item.asText());
            });
    return String.join(",", values);
  }
}
