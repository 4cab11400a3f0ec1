package io.foldwise.spark.engine.plan;

import java.util.Locale;

/** What moves between tasks. */
public enum Movement {
  /** The sums of partitions, which moments are added up from. */
  SUMS,
  /** Rows, where moments of many small blocks would outweigh them. */
  ROWS,
  /** Every task has all rows, and a share of the trials. */
  REPLICATE,
  /** The gradients of all trials, at each step. */
  REDUCE,
  /** Trials, in groups that go from segment to segment of the rows. */
  ROTATE;

  /** The name on the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a way of trials that descend over rows. */
  boolean isOfRows() {
    return this == REPLICATE || this == REDUCE || this == ROTATE;
  }
}
