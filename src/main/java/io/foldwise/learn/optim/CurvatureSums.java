package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Smoothed;
import java.io.Serializable;

/**
 * What rows add to the value, gradient and Hessian of m functions' rounded losses ({@link
 * Smoothed}), held-out rows left out. Sums over other rows can be added.
 *
 * @param weights Σ w of the rows that each function is trained on, m long
 * @param losses Σ w ℓ over the rows trained on and over the held-out ones, of the loss itself
 * @param rounded Σ over the rows trained on: of the rounded losses, and in the place of held-out
 *     rows of the duality gaps
 * @param gradients Σ w s·x, row-major p × m·K
 * @param hessians Σ w c·x xᵀ, one p × p matrix after the other: of each prediction one for each
 *     pair of its K functions, see {@link io.foldwise.learn.loss.MulticlassLoss#smoothInto}
 */
public record CurvatureSums(
    double[] weights, LossSums losses, LossSums rounded, double[] gradients, double[] hessians)
    implements Serializable {
  static CurvatureSums zero(int p, int m, int functions) {
    return new CurvatureSums(
        new double[m],
        new LossSums(m),
        new LossSums(m),
        new double[p * m * functions],
        new double[p * p * m * pairs(functions)]);
  }

  /** The number of pairs of functions, each with itself included. */
  static int pairs(int functions) {
    return functions * (functions + 1) / 2;
  }

  /** Adds the sums of other rows to these. */
  public CurvatureSums merge(CurvatureSums other) {
    GradientSums.add(other.weights, weights);
    losses.merge(other.losses);
    rounded.merge(other.rounded);
    GradientSums.add(other.gradients, gradients);
    GradientSums.add(other.hessians, hessians);
    return this;
  }
}
