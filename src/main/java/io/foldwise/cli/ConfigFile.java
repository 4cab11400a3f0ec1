package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Axis;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A YAML file of options: keys are their names, a list stands for values divided by commas, and
 * {@code grid} may map axes to values. Relative paths start at the file. Keys that only other
 * commands know are passed over, so that one file serves several commands.
 */
final class ConfigFile {
  private final InputFile file;
  private final Map<String, Option> options;
  private final UnknownWord unknown;

  private ConfigFile(InputFile file, Map<String, Option> options, UnknownWord unknown) {
    this.file = file;
    this.options = options;
    this.unknown = unknown;
  }

  /**
   * The values of a command's options by name.
   *
   * @param unknown refuses a key that is of no command
   * @throws InvalidInputException if the file cannot be read, or a key is of no command
   */
  static Map<String, String> read(String path, Map<String, Option> options, UnknownWord unknown) {
    InputFile file = InputFile.of(Options.CONFIG.name(), path);
    if (!file.isFile()) {
      throw new InvalidInputException("'config' (" + path + "): no such file: check the path");
    }
    try (InputStream in = file.open();
        YAMLParser parser = new YAMLFactory().createParser(in)) {
      return new ConfigFile(file, options, unknown).read(parser);
    } catch (JsonProcessingException bad) {
      throw new InvalidInputException(path + ":" + problem(bad), bad);
    } catch (IOException failed) {
      throw InputFile.unreadable(Options.CONFIG.name(), path, failed);
    }
  }

  /** The line and the cause of what is wrong, not of the list or the text in which it stands. */
  private static String problem(JsonProcessingException bad) {
    if (bad.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return "%d: not YAML: %s"
          .formatted(marked.getProblemMark().getLine() + 1, marked.getProblem().strip());
    }
    long line = bad.getLocation() == null ? 1 : bad.getLocation().getLineNr();
    String what = bad.getOriginalMessage().lines().findFirst().orElse("");
    return line + ": not YAML: " + what;
  }

  private Map<String, String> read(YAMLParser parser) throws IOException {
    parser.setCodec(new ObjectMapper());
    JsonToken first = parser.nextToken();
    if (first == null) {
      return Map.of();
    }
    if (first != JsonToken.START_OBJECT) {
      throw new InvalidInputException(
          place(parser) + ": must hold lines of 'option: value', with a blank after the colon");
    }
    Map<String, String> values = fields(parser, this::text);
    if (parser.nextToken() != null) {
      throw new InvalidInputException(
          place(parser) + ": a second document starts here: keep one, without '---' between them");
    }
    values.keySet().retainAll(options.keySet());
    return values;
  }

  /** Reads what a field comes to, the parser being at its value. */
  private interface Reading {
    String text(String key, YAMLParser parser, String place) throws IOException;
  }

  /** The fields of an object, each once, the parser being at its start. */
  private Map<String, String> fields(YAMLParser parser, Reading reading) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String place = place(parser);
      parser.nextToken();
      if (values.put(key, reading.text(key, parser, place)) != null) {
        throw new InvalidInputException(place + ": '" + key + "' stands twice: keep one");
      }
    }
    return values;
  }

  private String place(YAMLParser parser) {
    return file.given() + ":" + parser.currentTokenLocation().getLineNr();
  }

  private String text(String key, YAMLParser parser, String place) throws IOException {
    if (!options.containsKey(key) && !Options.BY_NAME.containsKey(key)) {
      throw unknown.key(key, place);
    }
    if (key.equals(Options.GRID.name()) && parser.currentToken() == JsonToken.START_OBJECT) {
      return fields(parser, ConfigFile::axis).entrySet().stream()
          .map(axis -> axis.getKey() + "=" + axis.getValue())
          .collect(Collectors.joining("; "));
    }
    String value = list(Map.entry(key, parser.<JsonNode>readValueAsTree()), place);
    Option option = options.getOrDefault(key, Options.BY_NAME.get(key));
    return option.isPath() && !option.words().contains(value) ? file.beside(value) : value;
  }

  private static String axis(String name, YAMLParser parser, String place) throws IOException {
    try {
      Axis.require(name);
    } catch (InvalidInputException noAxis) {
      throw new InvalidInputException(place + ": " + noAxis.getMessage(), noAxis);
    }
    return list(Map.entry(name, parser.<JsonNode>readValueAsTree()), place);
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
