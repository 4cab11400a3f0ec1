package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.AutoComplete;

/** Prints what makes a shell complete commands, options and their values. */
final class CompletionCommand implements Command {
  private static final Option SHELL =
      Option.of("SHELL", "bash|zsh|fish", "the shell to print a script for: bash, zsh or fish");

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "print what makes bash, zsh or fish complete commands, options and their values";
  }

  @Override
  public String example() {
    return "completion bash > ~/.foldwise-completion; source ~/.foldwise-completion";
  }

  @Override
  public Map<String, List<Option>> options() {
    return Map.of();
  }

  @Override
  public Optional<Option> arguments() {
    return Optional.of(SHELL);
  }

  @Override
  public void run(Settings settings, Console console) {
    List<String> words = settings.arguments(SHELL);
    if (words.size() != 1 || !SHELL.words().contains(words.get(0))) {
      String given = words.isEmpty() ? "nothing" : "'" + String.join(" ", words) + "'";
      String meant =
          words.stream()
              .findFirst()
              .flatMap(word -> Vocabulary.nearest(word, SHELL.words()))
              .map(name -> ": did you mean '" + name + "'?")
              .orElse("");
      throw new InvalidInputException(
          "'completion' takes the name of a shell, bash, zsh or fish, and was given %s%s"
              .formatted(given, meant));
    }
    console.result(
        "",
        words.get(0).equals("fish")
            ? fish()
            : AutoComplete.bash("foldwise", Invocation.completed(Main.COMMANDS)));
  }

  /** Fish completes a command by its last name, wherever it is called from. */
  private static String fish() {
    StringBuilder script = new StringBuilder("complete -c foldwise -f\n");
    for (Command command : Main.COMMANDS) {
      script.append(
          "complete -c foldwise -n __fish_use_subcommand -a %s -d %s%n"
              .formatted(command.name(), quoted(command.summary())));
      String after = "complete -c foldwise -n '__fish_seen_subcommand_from " + command.name() + "'";
      command.options().values().stream()
          .flatMap(List::stream)
          .map(option -> after + fish(option) + "\n")
          .forEach(script::append);
      command.arguments().filter(Option::isPath).ifPresent(path -> script.append(after + " -F\n"));
    }
    return script.toString();
  }

  private static String fish(Option option) {
    String values = option.words().stream().collect(Collectors.joining(" "));
    return " -l "
        + option.name()
        + (option.isFlag() ? "" : " -r")
        + (option.isPath() ? " -F" : "")
        + (values.isEmpty() ? "" : " -a " + quoted(values))
        + " -d "
        + quoted(option.help());
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
