package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Vocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a word that is no command, or an option that the command does not have, and names what
 * was probably meant.
 *
 * @param commands all commands
 */
record UnknownWord(List<Command> commands) {
  private static final Map<String, String> COMMANDS_ELSEWHERE =
      Map.ofEntries(
          Map.entry("train", "fit"),
          Map.entry("cv", "search"),
          Map.entry("cross-validate", "search"),
          Map.entry("tune", "search"),
          Map.entry("grid-search", "search"),
          Map.entry("score", "evaluate"),
          Map.entry("test", "evaluate"),
          Map.entry("info", "inspect"),
          Map.entry("describe", "inspect"),
          Map.entry("simulate", "generate"),
          Map.entry("plan", "explain"));

  /** Refuses a word that stands where a command should. */
  InvalidInputException command(String word) {
    if (word.startsWith("-")) {
      return new InvalidInputException(
          "unknown option '%s' before the command: options come after it, as in 'foldwise search --data FILE'"
              .formatted(word));
    }
    List<String> names = commands.stream().map(Command::name).toList();
    String meant =
        Optional.ofNullable(COMMANDS_ELSEWHERE.get(word))
            .or(() -> Vocabulary.nearest(word, names))
            .map(name -> "did you mean '" + name + "'? ")
            .orElse("");
    return new InvalidInputException(
        "unknown command '%s': %sthe commands are %s"
            .formatted(word, meant, String.join(", ", names)));
  }

  /** Refuses a word that stands after a command. */
  InvalidInputException after(Command command, String word) {
    Collection<String> known = Invocation.optionsOf(command).keySet();
    if (!word.startsWith("-")) {
      String meant = known.contains(word) ? "did you mean --" + word + "?" : "";
      return new InvalidInputException(
          "unexpected word '%s' after %s: %s"
              .formatted(
                  word,
                  command.name(),
                  meant.isEmpty()
                      ? "options start with --, and a value with blanks needs quotes"
                      : meant));
    }
    String name = word.replaceFirst("=.*", "");
    String help = "'foldwise %s --help' lists them".formatted(command.name());
    return new InvalidInputException(
        "unknown option '%s' of %s: %s"
            .formatted(name, command.name(), meant(name, known, "--").orElse(help)));
  }

  /** Refuses a key of a config file. */
  InvalidInputException key(String key, String place) {
    return new InvalidInputException(
        "%s: unknown option '%s': %s"
            .formatted(
                place,
                key,
                meant(key, Options.BY_NAME.keySet(), "")
                    .orElse("'foldwise search --help' lists them")));
  }

  private Optional<String> meant(String word, Collection<String> known, String dashes) {
    String name = word.replaceFirst("^--", "");
    return elsewhere(name, known, dashes)
        .or(() -> ofOtherCommand(name))
        .or(
            () ->
                Vocabulary.nearest(word, known)
                    .map(near -> "did you mean %s%s?".formatted(dashes, near)));
  }

  private Optional<String> elsewhere(String name, Collection<String> known, String dashes) {
    if (known.contains(name)) {
      return Optional.empty();
    }
    return Vocabulary.elsewhere(name)
        .map(
            meaning ->
                Stream.of(here(meaning.option(), known, dashes), meaning.remark())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("; ")));
  }

  private String here(String option, Collection<String> known, String dashes) {
    if (option.isEmpty()) {
      return "";
    }
    String of = known.contains(option) ? "" : ofOtherCommand(option).map(o -> ", " + o).orElse("");
    return "here it is %s%s%s".formatted(dashes, option, of);
  }

  private Optional<String> ofOtherCommand(String option) {
    List<String> having =
        commands.stream()
            .filter(command -> Invocation.optionsOf(command).containsKey(option))
            .map(Command::name)
            .toList();
    return having.isEmpty()
        ? Optional.empty()
        : Optional.of("an option of " + String.join(", ", having));
  }
}
