package io.foldwise.learn.optim;

import java.io.Serializable;

/** What an optimiser remembers between steps, for one column of weights. */
public interface OptimizerState extends Serializable {
  /**
   * Takes one step along the gradient, the proximal step of l1 included.
   *
   * @param w the matrix of weights; this state's column of it is moved
   * @param gradient laid out as w: the gradient of the mean loss and of l2·‖w‖² at the point of
   *     {@link #pointInto}
   * @param rate η(t)
   * @param t the step's number, from 1
   */
  void step(double[] w, double[] gradient, double rate, long t);

  /** Whether gradients are wanted elsewhere than at the weights themselves. */
  default boolean looksAhead() {
    return false;
  }

  /** Writes the point where the next gradient is wanted to this state's column of {@code point}. */
  default void pointInto(double[] w, double[] point) {
    throw new IllegalStateException("gradients are taken at the weights");
  }
}
