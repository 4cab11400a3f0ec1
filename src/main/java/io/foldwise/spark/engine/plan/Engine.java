package io.foldwise.spark.engine.plan;

import java.util.Locale;

/** How trials are computed. */
public enum Engine {
  /** Squared loss, from moments of blocks of rows. */
  MOMENTS,
  /** Any loss, over rows that are packed once. */
  FUSED,
  /** Any loss, with every sum an aggregate of SQL. */
  SQL;

  /** The name on the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
