package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.math.ColumnSums;

/** When a descent counts as exploded. */
public final class Divergence {
  /** This many times the loss at the start, or that of a constant. */
  private static final double EXPLODED = 1e6;

  /** Of a label; hundreds of sums may have gone into a prediction. */
  private static final double ROUNDING = 1e-12;

  /** Of a label that is the same in every row: predictions as near as this have found it. */
  private static final double FOUND = 1e-3;

  private Divergence() {}

  /**
   * About what the best constant costs.
   *
   * <p>At least {@link #rounding}: where labels do not vary, a descent does not diverge by that.
   *
   * @param labels sums of the training rows, about the shift
   * @param shift of the labels
   */
  public static double ofConstant(Loss loss, ColumnSums labels, double shift) {
    double sd = Math.sqrt(labels.deviation(labels.label()) / labels.weight());
    return loss.isBinary()
        ? loss.value(0, 1)
        : Math.max(loss.value(sd, 0), rounding(loss, labels, shift));
  }

  /**
   * What rounding may add to the mean loss of labels that are not binary, 0 of others: the loss of
   * an error of 1e-12 of the mean label. Where labels do not vary it is that of a thousandth of
   * them, since an optimiser whose steps have a size of their own goes on about them.
   */
  public static double rounding(Loss loss, ColumnSums labels, double shift) {
    double mean = Math.abs(labels.mean(labels.label()) + shift);
    double sd = Math.sqrt(labels.deviation(labels.label()) / labels.weight());
    double error = (sd > ROUNDING * mean ? ROUNDING : FOUND) * mean;
    return loss.isBinary() ? 0 : loss.value(error, 0);
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
