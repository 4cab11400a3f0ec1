package io.foldwise.learn;

import io.foldwise.math.ColumnSums;

/** When a descent counts as exploded. */
public final class Divergence {
  /** This many times the loss at the start, or that of a constant. */
  private static final double EXPLODED = 1e6;

  private Divergence() {}

  /**
   * About what the best constant costs.
   *
   * @param labels sums of the training rows
   */
  public static double ofConstant(Loss loss, ColumnSums labels) {
    double sd = Math.sqrt(labels.deviation(labels.label()) / labels.weight());
    return loss.isBinary() ? loss.value(0, 1) : loss.value(sd, 0);
  }

  /**
   * The mean training loss above which a descent has left all bounds.
   *
   * @param initial the mean training loss at the start
   * @param ofConstant see {@link #ofConstant}
   */
  public static double bound(double initial, double ofConstant) {
    return EXPLODED * Math.max(Math.max(initial, ofConstant), Double.MIN_NORMAL);
  }
}
