package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * What rows add to the gradients of m functions: Σ w ℓ′(ŷ, y)·x for each, held-out rows left out,
 * and the weight of the rows of each fold. Sums over other rows can be added.
 *
 * @param gradients row-major p × m·K, the K functions of each prediction together
 * @param foldWeights the weight of the rows of each fold, k long
 */
public record GradientSums(double[] gradients, double[] foldWeights) implements Serializable {
  /** The sums of no rows, of so many functions. */
  static GradientSums zero(int p, int m, int folds) {
    return new GradientSums(new double[p * m], new double[folds]);
  }

  /** Adds the sums of other rows to these. */
  public GradientSums merge(GradientSums other) {
    add(other.gradients, gradients);
    add(other.foldWeights, foldWeights);
    return this;
  }

  static void add(double[] terms, double[] sums) {
    for (int at = 0; at < sums.length; at++) {
      sums[at] += terms[at];
    }
  }
}
