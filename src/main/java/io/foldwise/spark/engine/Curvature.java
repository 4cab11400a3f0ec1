package io.foldwise.spark.engine;

import io.foldwise.learn.Quadratic;
import io.foldwise.math.SymmetricEigen;

/** The largest eigenvalue of the minibatches' Gram matrices, found when first asked for. */
final class Curvature {
  private final Quadratic[] minibatches;
  private final int p;
  private double largest = Double.NaN;

  Curvature(Quadratic[] minibatches, int p) {
    this.minibatches = minibatches;
    this.p = p;
  }

  /** λmax over the minibatches of G, half the Hessian of the mean loss. */
  double largest() {
    if (Double.isNaN(largest)) {
      largest = 0;
      for (Quadratic minibatch : minibatches) {
        if (frobenius(minibatch.gram()) > largest) {
          largest = Math.max(largest, SymmetricEigen.largest(minibatch.gram(), p));
        }
      }
    }
    return largest;
  }

  /** ‖G‖_F ≥ λmax: a minibatch below the largest so far needs no decomposition. */
  private static double frobenius(double[] gram) {
    double squares = 0;
    for (double element : gram) {
      squares += element * element;
    }
    return Math.sqrt(squares);
  }
}
