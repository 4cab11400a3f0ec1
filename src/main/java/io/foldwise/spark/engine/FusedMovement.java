package io.foldwise.spark.engine;

import java.util.List;

/** How rows and trials come together; every way gives the same numbers but for its order. */
interface FusedMovement {
  /**
   * Trains runs over packed rows.
   *
   * @return for each run, the outcome of each of its columns
   */
  List<List<FusedOutcome>> train(List<FusedRun> runs, PackedRows rows);
}
