package io.foldwise.cli;

import io.foldwise.search.Axis;
import java.util.Arrays;
import java.util.List;

/**
 * An option of the command line, and a key of a config file.
 *
 * @param name without dashes
 * @param parameter what its value looks like: words divided by {@code |}, those in capitals stand
 *     for any value; empty for a flag
 * @param help one line
 * @param isPath whether a value that is none of the words is a file or a directory
 */
record Option(String name, String parameter, String help, boolean isPath) {

  static Option of(String name, String parameter, String help) {
    return new Option(name, parameter, help, false);
  }

  static Option path(String name, String parameter, String help) {
    return new Option(name, parameter, help, true);
  }

  static Option flag(String name, String help) {
    return new Option(name, "", help, false);
  }

  static Option of(Axis axis) {
    String help = axis.domain() + " (default " + axis.defaultValue() + ")";
    return of(axis.label(), "VALUE", help);
  }

  boolean isFlag() {
    return parameter.isEmpty();
  }

  /** The values it takes by name. */
  List<String> words() {
    return Arrays.stream(parameter.split("\\|")).filter(word -> !isPlaceholder(word)).toList();
  }

  /** As typed. */
  String dashed() {
    return "--" + name;
  }

  private static boolean isPlaceholder(String word) {
    return word.isEmpty() || Character.isUpperCase(word.charAt(0));
  }
}
