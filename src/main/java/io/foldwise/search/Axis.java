package io.foldwise.search;

import io.foldwise.input.Checks;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A hyperparameter: an axis of the grid, and an option of its own. */
public enum Axis {
  LEARNING_RATE("learning-rate", "auto", "a number > 0, or auto"),
  SCHEDULE(
      "schedule", "auto", "auto, constant, inverse-scaling(POWER), exponential(DECAY) or cosine"),
  OPTIMIZER("optimizer", "sgd", optimizers()),
  MOMENTUM("momentum", "0.9", "a number in [0, 1)"),
  L1("l1", "0", "a number >= 0"),
  L2("l2", "0", "a number >= 0"),
  BATCH_SIZE("batch-size", "auto", "a whole number >= 1, full or auto"),
  EPOCHS("epochs", "100", "a whole number >= 1"),
  DEGREE("degree", "1", "a whole number >= 1"),
  FIT_INTERCEPT("fit-intercept", "true", "true or false"),
  STANDARDIZE("standardize", "true", "true or false"),
  DELTA("delta", "auto", "a number > 0, or auto"),
  TAU("tau", "0.5", "a number in (0, 1)"),
  EPSILON("epsilon", "0.1", "a number >= 0"),
  POWER("power", "1.5", "a number in (1, 2)");

  private final String label;
  private final String defaultValue;
  private final String domain;

  Axis(String label, String defaultValue, String domain) {
    this.label = label;
    this.defaultValue = defaultValue;
    this.domain = domain;
  }

  private static String optimizers() {
    return Checks.alternatives(Optimizer.kinds().stream().map(Optimizer::label).toList());
  }

  /** The name on the command line, in YAML and in files. */
  public String label() {
    return label;
  }

  /** The value that holds where the axis is not named. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Whether its values are whole numbers, words for some of them apart. */
  boolean isWhole() {
    return this == BATCH_SIZE || this == EPOCHS || this == DEGREE;
  }

  /** The values it takes, in words. */
  public String domain() {
    return domain;
  }

  /** The axis of a name, if there is one. */
  public static Optional<Axis> of(String label) {
    return Arrays.stream(values()).filter(axis -> axis.label.equals(label)).findFirst();
  }

  /**
   * The axis of a name.
   *
   * @throws InvalidInputException if there is none; it names what was probably meant
   */
  public static Axis require(String name) {
    return of(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'grid' has no axis '%s': %s".formatted(name, instead(name))));
  }

  private static String instead(String name) {
    List<String> axes = Arrays.stream(values()).map(Axis::label).toList();
    return Vocabulary.elsewhere(name)
        .filter(meaning -> axes.contains(meaning.option()))
        .map(meaning -> ("here it is " + meaning.option() + "; " + meaning.remark()))
        .or(() -> Vocabulary.nearest(name, axes).map(axis -> "did you mean '" + axis + "'?"))
        .orElseGet(() -> "the axes are " + String.join(", ", axes))
        .replaceFirst("; $", "");
  }

  InvalidInputException refusal(String value) {
    return new InvalidInputException("'" + label + "' (" + value + ") must be " + domain);
  }
}
