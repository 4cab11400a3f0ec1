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
  /** 0 or 1, perhaps all the same: to score a model on. */
  EITHER;

  /** What a loss asks of the labels that are trained on. */
  public static Labels of(Loss loss) {
    return switch (loss.labels()) {
      case NUMBERS -> NUMBERS;
      case NON_NEGATIVE -> NON_NEGATIVE;
      case POSITIVE -> POSITIVE;
      case BINARY -> BINARY;
    };
  }

  /** What a loss asks of the labels that a model is scored on. */
  public static Labels toScore(Loss loss) {
    return loss.isBinary() ? EITHER : of(loss);
  }

  public boolean areBinary() {
    return this == BINARY || this == EITHER;
  }
}
