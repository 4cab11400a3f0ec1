package io.foldwise.cli;

import io.foldwise.search.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command and its settings, read from the words of the command line.
 *
 * @param command what to do
 * @param settings the options, those of a config file included
 */
record Invocation(Command command, Settings settings) {
  private static final int WIDTH = 100;
  private static final String VERSION = "foldwise 0.1.0";

  /**
   * Reads the words; help and version are printed at once, and nothing is left to do.
   *
   * @throws InvalidInputException if a word is unknown, stands twice or lacks its value
   */
  static Optional<Invocation> parse(List<Command> commands, String[] words, Console console) {
    CommandLine line = commandLine(commands);
    line.setExpandAtFiles(false);
    line.setOut(console.out());
    ParseResult parsed = parse(line, words);
    if (CommandLine.executeHelpRequest(parsed) != null) {
      console.out().flush();
      return Optional.empty();
    }
    if (!parsed.hasSubcommand()) {
      throw new InvalidInputException("a command is missing: name one of " + names(line));
    }
    ParseResult chosen = parsed.subcommand();
    String name = chosen.commandSpec().name();
    Command command =
        commands.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return Optional.of(new Invocation(command, settings(command, chosen)));
  }

  private static Settings settings(Command command, ParseResult parsed) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      requireOnce(option, parsed.originalArgs());
      given.put(option.longestName().substring(2), String.valueOf(option.<Object>getValue()));
    }
    String config = given.get(Options.CONFIG.name());
    Map<String, String> fromFile =
        config == null ? Map.of() : ConfigFile.read(config, optionsOf(command));
    return new Settings(given, fromFile);
  }

  private static Map<String, Option> optionsOf(Command command) {
    return command.options().values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(Option::name, option -> option));
  }

  private static ParseResult parse(CommandLine line, String[] words) {
    try {
      return line.parseArgs(words);
    } catch (CommandLine.UnmatchedArgumentException unknown) {
      throw unknown(unknown.getCommandLine(), unknown.getUnmatched().get(0));
    } catch (CommandLine.OverwrittenOptionException twice) {
      throw twice((OptionSpec) twice.getOverwritten());
    } catch (CommandLine.MissingParameterException missing) {
      OptionSpec option = (OptionSpec) missing.getMissing().get(0);
      throw new InvalidInputException(
          "'%s' has no value: write %s %s"
              .formatted(
                  option.longestName().substring(2), option.longestName(), option.paramLabel()),
          missing);
    } catch (CommandLine.ParameterException other) {
      throw new InvalidInputException(other.getMessage(), other);
    }
  }

  /** The parser itself sees it only where an option stands in no group. */
  private static void requireOnce(OptionSpec option, List<String> words) {
    String name = option.longestName();
    if (words.stream().filter(w -> w.equals(name) || w.startsWith(name + "=")).count() > 1) {
      throw twice(option);
    }
  }

  private static InvalidInputException twice(OptionSpec option) {
    return new InvalidInputException(
        "'" + option.longestName().substring(2) + "' is given twice: keep one");
  }

  private static InvalidInputException unknown(CommandLine line, String word) {
    boolean atTop = line.getParent() == null;
    String message =
        atTop && !word.startsWith("-")
            ? "'%s' is no command: the commands are %s".formatted(word, names(line))
            : "'%s' is no option of %s: the options are %s"
                .formatted(word, line.getCommandName(), optionNames(line));
    return new InvalidInputException(message);
  }

  private static String names(CommandLine line) {
    return String.join(", ", line.getSubcommands().keySet());
  }

  private static String optionNames(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.joining(", "));
  }

  private static CommandLine commandLine(List<Command> commands) {
    CommandSpec root = CommandSpec.create().name("foldwise").version(VERSION);
    root.mixinStandardHelpOptions(true);
    root.usageMessage()
        .width(WIDTH)
        .description("Chooses hyperparameters by cross-validation, by one pass over the data.")
        .commandListHeading("%nCommands (COMMAND --help lists a command's options):%n");
    for (Command command : commands) {
      root.addSubcommand(command.name(), spec(command));
    }
    return new CommandLine(root);
  }

  private static CommandSpec spec(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name()).version(VERSION);
    spec.mixinStandardHelpOptions(true);
    spec.usageMessage()
        .width(WIDTH)
        .description(command.summary())
        .abbreviateSynopsis(true)
        .sortOptions(false);
    command
        .options()
        .forEach(
            (heading, options) -> {
              ArgGroupSpec.Builder group =
                  ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
              options.forEach(option -> group.addArg(spec(option)));
              spec.addArgGroup(group.build());
            });
    return spec;
  }

  private static OptionSpec spec(Option option) {
    OptionSpec.Builder spec = OptionSpec.builder(option.dashed());
    spec.description(option.help().replace("%", "%%"));
    return option.isFlag()
        ? spec.type(boolean.class).arity("0").build()
        : spec.type(String.class).arity("1").paramLabel(option.parameter()).build();
  }
}
