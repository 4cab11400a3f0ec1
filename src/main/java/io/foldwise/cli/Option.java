package io.foldwise.cli;

import io.foldwise.search.Axis;
import java.util.Arrays;
import java.util.List;

/**
 * An option of the command line, and a key of a config file.
 *
 * @param name the name without dashes
 * @param parameter what its value looks like: words divided by {@code |}, those in capitals stand
 *     for any value; empty for a flag
 * @param help one line of help
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

  /**
   * An axis of the grid as an option of its own.
   *
   * @param parameter what the option takes: one value, or several
   */
  static Option of(Axis axis, String parameter) {
    String help =
        "%s: %s (default %s)".formatted(meaning(axis), axis.domain(), axis.defaultValue());
    return of(axis.label(), parameter, help);
  }

  private static String meaning(Axis axis) {
    return switch (axis) {
      case LEARNING_RATE -> "size of a step of descent";
      case SCHEDULE -> "how the learning rate changes from step to step";
      case OPTIMIZER -> "how to train, exact going straight to the optimum";
      case MOMENTUM -> "of optimizer momentum or nesterov, how much of the last step goes on";
      case L1 -> "lasso penalty on the sum of |weights|";
      case L2 -> "ridge penalty on the sum of squared weights";
      case BATCH_SIZE -> "rows of a minibatch";
      case EPOCHS -> "visits of all rows";
      case DEGREE -> "highest power of the features";
      case FIT_INTERCEPT -> "whether the model has a constant";
      case STANDARDIZE -> "whether features are brought to mean 0 and deviation 1 for training";
      case DELTA -> "of loss huber, the error beyond which it grows like the absolute loss";
      case TAU -> "of loss quantile, the quantile to predict";
      case EPSILON -> "of loss epsilon-insensitive, the error up to which nothing is lost";
      case POWER -> "of loss tweedie, the power of the mean that the variance follows";
    };
  }

  boolean isFlag() {
    return parameter.isEmpty();
  }

  /** The values that the option takes by name. */
  List<String> words() {
    return Arrays.stream(parameter.split("\\|")).filter(word -> !isPlaceholder(word)).toList();
  }

  /** The option as it is typed, with its dashes. */
  String dashed() {
    return "--" + name;
  }

  private static boolean isPlaceholder(String word) {
    return word.isEmpty() || !Character.isLowerCase(word.charAt(0));
  }
}
