package io.foldwise.learn.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The confusion matrix of K classes: the weight of the rows of each class by the class that is
 * predicted. Matrices of other rows can be added.
 *
 * @param cells row-major K × K: true classes by rows, predicted ones by columns; empty where none
 *     was taken
 */
public record Confusion(double[] cells) implements Serializable {
  /** No matrix. */
  static final Confusion NONE = new Confusion(new double[0]);

  /** The number of classes, K; 0 where no matrix was taken. */
  public int classes() {
    return (int) Math.round(Math.sqrt(cells.length));
  }

  /** Whether there is none. */
  public boolean isNone() {
    return cells.length == 0;
  }

  /** The weight of the rows of a class that another, or the same, is predicted for. */
  public double cell(int label, int predicted) {
    return cells[label * classes() + predicted];
  }

  /** The matrix of both sets of rows together; none where either has none. */
  Confusion merge(Confusion other) {
    if (isNone() || other.isNone()) {
      return NONE;
    }
    double[] sums = cells.clone();
    Arrays.setAll(sums, at -> sums[at] + other.cells[at]);
    return new Confusion(sums);
  }

  /** Σ of the diagonal: the weight of the rows that are predicted right. */
  double right() {
    double sum = 0;
    for (int k = 0; k < classes(); k++) {
      sum += cell(k, k);
    }
    return sum;
  }

  /**
   * The mean of 2·TP / (2·TP + FP + FN) over the classes that occur among labels or predictions, as
   * scikit-learn's {@code f1_score(average="macro")}.
   */
  double macroF1() {
    int k = classes();
    double sum = 0;
    int occurring = 0;
    for (int c = 0; c < k; c++) {
      double all = 0;
      for (int other = 0; other < k; other++) {
        all += cell(c, other) + cell(other, c);
      }
      if (all != 0) {
        occurring++;
        sum += 2 * cell(c, c) / all;
      }
    }
    return sum / occurring;
  }
}
