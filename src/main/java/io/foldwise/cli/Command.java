package io.foldwise.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One command: what it is called, which options it takes, and what it does. */
interface Command {
  String name();

  /** One line about the command, for the list of commands. */
  String summary();

  /** The words of a call that works in this repository, as they stand at the end of its help. */
  String example();

  /** The command's options by the heading they stand under in help, in order. */
  Map<String, List<Option>> options();

  /**
   * Options that the command takes from a file that serves several commands, and that help leaves
   * out.
   */
  default List<Option> unshown() {
    return List.of();
  }

  /** What words without dashes stand for, where the command takes any. */
  default Optional<Option> arguments() {
    return Optional.empty();
  }

  /**
   * Does what the command is for.
   *
   * @throws io.foldwise.input.InvalidInputException if an option or the data cannot be used;
   *     nothing has been written then
   */
  void run(Settings settings, Console console);
}
