package io.foldwise.learn.optim;

import io.foldwise.math.RowMatrix;
import java.io.Serializable;

/**
 * Rows as descent sees them.
 *
 * @param x n × p: a column of ones, then the carried terms about the shift
 * @param labels y about its shift, n long
 * @param weights the weights of the rows, n long, or empty where every row weighs 1
 * @param folds the folds of the rows, or the pieces of folds ({@link Split}), n long
 */
public record LabelledRows(RowMatrix x, double[] labels, double[] weights, int[] folds)
    implements Serializable {
  public LabelledRows {
    int n = x.rows();
    if (labels.length != n || folds.length != n || (weights.length != n && weights.length != 0)) {
      throw new IllegalArgumentException(
          "%d rows, %d labels, %d folds, %d weights"
              .formatted(n, labels.length, folds.length, weights.length));
    }
  }

  /** The weight of row i. */
  public double weight(int i) {
    return weights.length == 0 ? 1 : weights[i];
  }
}
