package io.foldwise.spark.engine.score;

import io.foldwise.learn.score.ScoreHistogram;
import java.io.Serializable;

/**
 * The decision values of a few rows, on their way to the others of their set.
 *
 * @param z one for each row
 * @param labels one for each row
 * @param weights one for each row, or empty where every row weighs 1
 */
record ScoreRun(double[] z, byte[] labels, double[] weights) implements Serializable {

  /** Adds the rows to others of their set. */
  void addTo(ScoreHistogram histogram) {
    for (int i = 0; i < z.length; i++) {
      histogram.add(z[i], labels[i], weights.length == 0 ? 1 : weights[i]);
    }
  }
}
