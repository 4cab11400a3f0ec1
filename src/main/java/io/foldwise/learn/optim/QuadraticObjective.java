package io.foldwise.learn.optim;

import io.foldwise.learn.model.Quadratic;
import io.foldwise.math.SymmetricProduct;

/** The squared loss from moments: its gradients are those on the rows themselves. */
public final class QuadraticObjective implements Objective {
  private final Quadratic[] minibatches;
  private final boolean[] empty;
  private final int p;
  private final int candidates;

  /**
   * @param minibatches each minibatch's mean loss over its training rows
   * @param empty which minibatches have no training rows
   * @param p number of weights of a candidate
   * @param candidates number of columns
   */
  public QuadraticObjective(Quadratic[] minibatches, boolean[] empty, int p, int candidates) {
    this.minibatches = minibatches.clone();
    this.empty = empty.clone();
    this.p = p;
    this.candidates = candidates;
  }

  @Override
  public int minibatches() {
    return minibatches.length;
  }

  @Override
  public boolean isEmpty(int b, int column) {
    return empty[b];
  }

  @Override
  public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
    Quadratic batch = minibatches[b];
    SymmetricProduct.multiplyInto(batch.gram(), batch.linear(), w, p, candidates, gradient);
    for (int at = 0; at < gradient.length; at++) {
      gradient[at] *= 2;
    }
  }
}
