package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.TrialColumns;
import java.util.List;

/**
 * How rows and trials come together: the same numbers whatever the way, except that rotate visits
 * the minibatches in an order of its own.
 */
interface FusedMovement {
  /**
   * Trains runs over the rows it was made over.
   *
   * @return for each run, the outcome of each of its columns
   */
  List<List<FusedOutcome>> train(List<? extends RowRun> runs);

  /**
   * The largest eigenvalue of the mean of x xᵀ over the minibatches of each column's training set,
   * to about 0.1 %.
   *
   * @param columns the columns, with the squared loss
   */
  double[] curvatures(TrialColumns columns, int minibatches);
}
