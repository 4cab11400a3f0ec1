package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The options of one run: the command line's, and under them the config file's. */
final class Settings {
  private final Map<String, String> commandLine;
  private final Map<String, String> config;

  /** Takes values by name of option; a flag is {@code true} or {@code false}. */
  Settings(Map<String, String> commandLine, Map<String, String> config) {
    this.commandLine = Collections.unmodifiableMap(new LinkedHashMap<>(commandLine));
    this.config = Map.copyOf(config);
  }

  /** The value of an option, if it was given at all. */
  Optional<String> text(Option option) {
    String value = commandLine.getOrDefault(option.name(), config.get(option.name()));
    return Optional.ofNullable(value);
  }

  /** The words without dashes. */
  List<String> arguments(Option option) {
    return text(option).map(words -> List.of(words.split("\n", -1))).orElse(List.of());
  }

  /**
   * The value of an option that must be given.
   *
   * @throws InvalidInputException if the option was not given
   */
  String required(Option option) {
    return text(option)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'%s' is missing: give %s %s, %s"
                        .formatted(
                            option.name(),
                            option.dashed(),
                            option.parameter(),
                            option.help().replace(" (required)", ""))));
  }

  /** The options of the command line as words of a shell. */
  String words() {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> option : commandLine.entrySet()) {
      Option known = Options.BY_NAME.get(option.getKey());
      words.add("--" + option.getKey());
      if (known == null || !known.isFlag()) {
        words.add(quoted(option.getValue()));
      }
    }
    return String.join(" ", words);
  }

  static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:,=@%+-]+")
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }

  /** Those of some options that were given, as words of a shell. */
  String words(List<Option> options) {
    Map<String, String> given = new LinkedHashMap<>();
    options.forEach(option -> text(option).ifPresent(value -> given.put(option.name(), value)));
    return new Settings(given, Map.of()).words();
  }

  /** Whether the command line named an option. */
  boolean onCommandLine(Option option) {
    return commandLine.containsKey(option.name());
  }

  boolean flag(Option option) {
    String value = text(option).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw refusal(option, value, "true or false");
    }
    return value.equals("true");
  }

  /** The whole number of an option, at least {@code least}; empty if it was not given. */
  Optional<Long> whole(Option option, long least) {
    return text(option).map(value -> whole(option, value, least));
  }

  private static long whole(Option option, String value, long least) {
    String bound = least == Long.MIN_VALUE ? "a whole number" : "a whole number >= " + least;
    try {
      long number = Long.parseLong(value.strip());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      throw refusal(option, value, bound);
    }
    throw refusal(option, value, bound);
  }

  /** The number of an option; empty if it was not given. */
  Optional<Double> number(Option option) {
    return text(option).map(value -> number(option, value));
  }

  private static double number(Option option, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException notANumber) {
      throw refusal(option, value, "a number");
    }
  }

  /** The meaning of the word that an option was given; empty if none was. */
  <T> Optional<T> choice(Option option, Map<String, T> meanings) {
    return text(option)
        .map(
            word -> {
              if (!meanings.containsKey(word)) {
                throw refusal(option, word, oneOf(meanings));
              }
              return meanings.get(word);
            });
  }

  /** The words that an option takes, as a bound. */
  static String oneOf(Map<String, ?> meanings) {
    String words = String.join(", ", meanings.keySet());
    return meanings.size() == 1 ? words + ", the only one so far" : "one of " + words;
  }

  /**
   * These settings with at most one of two options that exclude each other: the command line's
   * where the other stands in the config file.
   *
   * @throws InvalidInputException if both stand in the same place
   */
  Settings withOneOf(Option one, Option other) {
    if (text(one).isEmpty() || text(other).isEmpty()) {
      return this;
    }
    if (onCommandLine(one) == onCommandLine(other)) {
      throw new InvalidInputException(
          "'%s' and '%s' exclude each other: keep one".formatted(one.name(), other.name()));
    }
    return without(onCommandLine(one) ? other : one);
  }

  /** These settings as if the config file had not named the option. */
  Settings without(Option option) {
    Map<String, String> rest = new HashMap<>(config);
    rest.remove(option.name());
    return new Settings(commandLine, rest);
  }

  static InvalidInputException refusal(Option option, String value, String bound) {
    return new InvalidInputException("'" + option.name() + "' (" + value + ") must be " + bound);
  }

  /** An ordered map of {@code auto} to nothing, and of the names of things to them. */
  static <T> Map<String, Optional<T>> autoOr(List<T> all, Function<T, String> name) {
    Map<String, Optional<T>> words = new LinkedHashMap<>();
    words.put("auto", Optional.empty());
    words(all, name).forEach((word, each) -> words.put(word, Optional.of(each)));
    return words;
  }

  /** An ordered map of the names of things to them. */
  static <T> Map<String, T> words(Collection<T> named, Function<T, String> name) {
    Map<String, T> words = new LinkedHashMap<>();
    named.forEach(one -> words.put(name.apply(one), one));
    return words;
  }

  /** An ordered map of words to their meanings. */
  @SafeVarargs
  static <T> Map<String, T> words(Map.Entry<String, ? extends T>... entries) {
    Map<String, T> words = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends T> entry : entries) {
      words.put(entry.getKey(), Objects.requireNonNull(entry.getValue()));
    }
    return words;
  }
}
