package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command and its settings, read from the words of the command line.
 *
 * @param command what to do
 * @param settings the options, those of a config file included
 */
record Invocation(Command command, Settings settings) {
  private static final int WIDTH = 100;
  private static final String VERSION = "foldwise " + Version.TEXT;

  /**
   * Reads the words; help and version are printed at once, and nothing is left to do.
   *
   * @throws InvalidInputException if a word is unknown, stands twice or lacks its value
   */
  static Optional<Invocation> parse(List<Command> commands, String[] words, Console console) {
    requireCommandOfHelp(commands, words);
    String[] asked = asHelpOption(words);
    CommandLine line = commandLine(commands, List.of(asked), String.class);
    line.setExpandAtFiles(false);
    line.setOut(console.out());
    ParseResult parsed = parse(commands, line, asked);
    if (CommandLine.executeHelpRequest(parsed) != null) {
      console.out().flush();
      return Optional.empty();
    }
    if (!parsed.hasSubcommand()) {
      throw new InvalidInputException("a command is missing: name one of " + names(commands));
    }
    ParseResult chosen = parsed.subcommand();
    Command command = named(commands, chosen.commandSpec().name());
    return Optional.of(new Invocation(command, settings(commands, command, chosen)));
  }

  private static void requireCommandOfHelp(List<Command> commands, String[] words) {
    if (words.length > 1
        && words[0].equals("help")
        && !words[1].startsWith("-")
        && commands.stream().noneMatch(command -> command.name().equals(words[1]))) {
      throw new UnknownWord(commands).command(words[1]);
    }
  }

  /** Turns {@code help fit} into {@code fit --help}. */
  private static String[] asHelpOption(String[] words) {
    if (words.length == 0 || !words[0].equals("help")) {
      return words;
    }
    return Stream.concat(Arrays.stream(words).skip(1), Stream.of("--help")).toArray(String[]::new);
  }

  private static Settings settings(List<Command> commands, Command command, ParseResult parsed) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      given.put(option.longestName().substring(2), value(option, parsed.originalArgs()));
    }
    for (PositionalParamSpec words : parsed.matchedPositionals()) {
      String name = command.arguments().orElseThrow().name();
      given.put(name, String.join("\n", words.<List<String>>getValue()));
    }
    String config = given.get(Options.CONFIG.name());
    Map<String, String> fromFile =
        config == null
            ? Map.of()
            : ConfigFile.read(config, optionsOf(command), new UnknownWord(commands));
    return new Settings(given, fromFile);
  }

  /** The options of a command by name. */
  static Map<String, Option> optionsOf(Command command) {
    return Stream.concat(command.options().values().stream(), Stream.of(command.unshown()))
        .flatMap(List::stream)
        .collect(Collectors.toMap(Option::name, option -> option));
  }

  private static ParseResult parse(List<Command> commands, CommandLine line, String[] words) {
    try {
      return line.parseArgs(words);
    } catch (CommandLine.UnmatchedArgumentException unknown) {
      throw unknown(commands, unknown.getCommandLine(), unknown.getUnmatched().get(0));
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

  /** The one value of an option; several grids are one. */
  private static String value(OptionSpec option, List<String> words) {
    if (option.isMultiValue()) {
      return String.join("; ", option.<List<String>>getValue());
    }
    requireOnce(option, words);
    return String.valueOf(option.<Object>getValue());
  }

  /** Refuses an option given twice, which the parser sees only where it stands in no group. */
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

  private static InvalidInputException unknown(
      List<Command> commands, CommandLine line, String word) {
    UnknownWord unknown = new UnknownWord(commands);
    return line.getParent() == null
        ? unknown.command(word)
        : unknown.after(named(commands, line.getCommandName()), word);
  }

  private static Command named(List<Command> commands, String name) {
    return commands.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static String names(List<Command> commands) {
    return commands.stream().map(Command::name).collect(Collectors.joining(", "));
  }

  /** All commands and their options, to be completed rather than parsed: paths are files. */
  static CommandLine completed(List<Command> commands) {
    return commandLine(commands, commands.stream().map(Command::name).toList(), File.class);
  }

  /** The parser, with the options of those commands alone that the words name: others take time. */
  private static CommandLine commandLine(
      List<Command> commands, List<String> words, Class<?> path) {
    CommandSpec root = CommandSpec.create().name("foldwise").version(VERSION);
    root.mixinStandardHelpOptions(true);
    root.usageMessage()
        .width(WIDTH)
        .description(
            "Chooses hyperparameters by k-fold cross-validation, and trains linear, polynomial and"
                + " logistic models by gradient descent.")
        .commandListHeading("%nCommands ('foldwise help COMMAND' lists a command's options):%n")
        .footer(example(commands.get(0)));
    for (Command command : commands) {
      boolean named = words.contains(command.name());
      root.addSubcommand(command.name(), named ? spec(command, path) : brief(command));
    }
    return new CommandLine(root);
  }

  private static CommandSpec brief(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name()).version(VERSION);
    spec.usageMessage().width(WIDTH).description(command.summary());
    return spec;
  }

  private static CommandSpec spec(Command command, Class<?> path) {
    CommandSpec spec = brief(command);
    spec.mixinStandardHelpOptions(true);
    spec.usageMessage().abbreviateSynopsis(true).sortOptions(false).footer(example(command));
    command
        .options()
        .forEach(
            (heading, options) -> {
              ArgGroupSpec.Builder group =
                  ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
              options.forEach(option -> group.addArg(spec(option, path).build()));
              spec.addArgGroup(group.build());
            });
    command
        .arguments()
        .ifPresent(
            words ->
                spec.addPositional(
                    PositionalParamSpec.builder()
                        .paramLabel(words.parameter())
                        .hideParamSyntax(true)
                        .description(words.help())
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build()));
    command.unshown().forEach(option -> spec.addOption(spec(option, path).hidden(true).build()));
    return spec;
  }

  private static String example(Command command) {
    return "%nExample:%n  submit/foldwise " + command.example().replace("%", "%%");
  }

  private static OptionSpec.Builder spec(Option option, Class<?> path) {
    OptionSpec.Builder spec = OptionSpec.builder(option.dashed());
    spec.description(option.help().replace("%", "%%"));
    if (option.isFlag()) {
      return spec.type(boolean.class).arity("0");
    }
    if (!option.words().isEmpty()) {
      spec.completionCandidates(option.words());
    }
    Class<?> single = option.isPath() ? path : String.class;
    Class<?> type = option.name().equals(Options.GRID.name()) ? List.class : single;
    return spec.type(type).auxiliaryTypes(String.class).arity("1").paramLabel(option.parameter());
  }
}
