package io.foldwise.search.training;

import io.foldwise.learn.model.Quadratic;
import io.foldwise.math.SymmetricEigen;

/**
 * The largest eigenvalue of the minibatches' Gram matrices, found when first asked for. Few of them
 * are decomposed: in a random order, ln(n) of n have the largest so far.
 */
public final class Curvature {
  private final Quadratic[] minibatches;
  private final int p;
  private double largest = Double.NaN;

  public Curvature(Quadratic[] minibatches, int p) {
    this.minibatches = minibatches;
    this.p = p;
  }

  /** λmax over the minibatches of G, half the Hessian of the mean loss. */
  public double largest() {
    if (Double.isNaN(largest)) {
      largest = 0;
      for (Quadratic minibatch : minibatches) {
        if (!SymmetricEigen.isBelow(largest, minibatch.gram(), p)) {
          largest = Math.max(largest, SymmetricEigen.largest(minibatch.gram(), p));
        }
      }
    }
    return largest;
  }
}
