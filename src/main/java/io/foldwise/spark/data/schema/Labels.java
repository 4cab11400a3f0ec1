package io.foldwise.spark.data.schema;

import io.foldwise.learn.loss.Loss;

/** What the labels of a dataset must be. */
public enum Labels {
  /** Any finite number, or, where a positive value is named, 0 or 1. */
  NUMBERS,
  /**
   * 0 or 1, and not all the same: to train on. A boolean counts as such, any other label through a
   * positive value alone.
   */
  BINARY,
  /** 0 or 1, perhaps all the same: to score a model on. */
  EITHER;

  /** What a loss asks of the labels that are trained on. */
  public static Labels of(Loss loss) {
    return loss.isBinary() ? BINARY : NUMBERS;
  }

  public boolean areBinary() {
    return this != NUMBERS;
  }
}
