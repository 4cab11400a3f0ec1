package io.foldwise.learn.loss;

import java.util.List;

/**
 * The rows whose losses are taken for m trials at once; one object is moved from block to block.
 */
public final class LossBlock {
  private final Loss[] losses;
  private final double[] parameters;
  private double[] labels = new double[0];
  private int from;
  private int rows;

  /**
   * @param losses the loss of each trial, all of one kind
   */
  public LossBlock(List<? extends Loss> losses) {
    this.losses = losses.toArray(Loss[]::new);
    this.parameters = losses.stream().mapToDouble(Loss::parameter).toArray();
  }

  /**
   * Moves to n rows.
   *
   * @param ofRows the labels y of many rows
   * @param first the first of the n rows among them
   * @param n the number of rows
   */
  public LossBlock at(double[] ofRows, int first, int n) {
    this.labels = ofRows;
    this.from = first;
    this.rows = n;
    return this;
  }

  /** ∂ℓ/∂ŷ in place of ŷ, see {@link Loss#derivatives}. */
  public void derivatives(double[] z) {
    if (losses.length > 0) {
      losses[0].derivatives(z, this);
    }
  }

  /** ℓ(ŷ, y) in place of ŷ, see {@link Loss#values}. */
  public void values(double[] z) {
    if (losses.length > 0) {
      losses[0].values(z, this);
    }
  }

  /** The number of rows, n. */
  int rows() {
    return rows;
  }

  /** The number of trials, m. */
  int trials() {
    return losses.length;
  }

  /** The label y of a row of the block. */
  double label(int row) {
    return labels[from + row];
  }

  Loss loss(int trial) {
    return losses[trial];
  }

  /** The parameter of a trial's loss. */
  double parameter(int trial) {
    return parameters[trial];
  }

  /** −s·z with s = 2y − 1, row by row. */
  void negateMargins(double[] z) {
    for (int i = 0, at = 0; i < rows; i++) {
      double negated = 1 - 2 * labels[from + i];
      for (int end = at + losses.length; at < end; at++) {
        z[at] *= negated;
      }
    }
  }
}
