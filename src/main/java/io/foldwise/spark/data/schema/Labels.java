package io.foldwise.spark.data.schema;

import io.foldwise.learn.loss.Loss;

/** What the labels of a dataset must be. */
public enum Labels {
  /** Any finite number, or, where a positive value is named, 0 or 1. */
  NUMBERS,
  /** Numbers >= 0, as counts. */
  NON_NEGATIVE,
  /** Numbers > 0. */
  POSITIVE,
  /**
   * 0 or 1, and not all the same: to train on. A boolean counts as such, any other label through a
   * positive value alone.
   */
  BINARY,
  /** As {@link #BINARY}, or any two values, of which the second in their order counts as 1. */
  TWO_CLASSES,
  /** Two classes or more, numbered 0 to K − 1 in their order. */
  CLASSES,
  /** 0 or 1, perhaps all the same: to score a model on. */
  EITHER;

  /** What a loss asks of the labels that are trained on. */
  public static Labels of(Loss loss) {
    return switch (loss.labels()) {
      case NUMBERS -> NUMBERS;
      case NON_NEGATIVE -> NON_NEGATIVE;
      case POSITIVE -> POSITIVE;
      case BINARY -> BINARY;
      case CLASSES -> CLASSES;
    };
  }

  /** What a loss asks of the labels that a model is scored on. */
  public static Labels toScore(Loss loss) {
    return loss.isBinary() ? EITHER : of(loss);
  }

  /** What a loss asks of labels that may be any two values where it is of two classes. */
  public static Labels named(Loss loss) {
    return of(loss) == BINARY ? TWO_CLASSES : of(loss);
  }

  /** Whether labels are 0 or 1. */
  public boolean areBinary() {
    return this == BINARY || this == TWO_CLASSES || this == EITHER;
  }
}
