package io.foldwise.spark.data;

/** What the labels of a dataset must be. */
public enum Labels {
  /** Any finite number; with a positive value, 0 or 1. */
  NUMBERS,
  /**
   * 0 or 1, and not all the same; a boolean counts as such, any other label through a positive
   * value alone.
   */
  BINARY
}
