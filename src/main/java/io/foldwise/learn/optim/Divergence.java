package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.math.ColumnSums;

/** Tells when a descent counts as exploded. */
public final class Divergence {
  /** A descent has exploded at so many times the loss at its start or of a constant. */
  private static final double EXPLODED = 1e6;

  /**
   * The rounding of a prediction, relative to the label: hundreds of sums may have gone into it.
   */
  private static final double ROUNDING = 1e-12;

  /** Predictions this near, relative to a label that is the same in every row, have found it. */
  private static final double FOUND = 1e-3;

  private Divergence() {}

  /**
   * Roughly the mean loss of the best constant.
   *
   * <p>It is at least {@link #rounding}, so that a descent does not diverge by that where labels do
   * not vary.
   *
   * @param labels sums of the training rows, about the shift
   * @param shift the shift of the labels
   */
  public static double ofConstant(Loss loss, ColumnSums labels, double shift) {
    double sd = Math.sqrt(labels.deviation(labels.label()) / labels.weight());
    double mean = labels.mean(labels.label()) + shift;
    return loss.isOfClasses()
        ? loss.withoutKnowledge()
        : Math.max(loss.ofError(sd, mean), rounding(loss, labels, shift));
  }

  /**
   * What rounding may add to the mean loss of labels that are numbers: the loss of an error of
   * 1e-12 of the mean label; 0 for classes. Where labels do not vary, the error is a thousandth of
   * them, since an optimiser whose steps have a size of their own keeps moving about them.
   */
  public static double rounding(Loss loss, ColumnSums labels, double shift) {
    double mean = Math.abs(labels.mean(labels.label()) + shift);
    double sd = Math.sqrt(labels.deviation(labels.label()) / labels.weight());
    double error = (sd > ROUNDING * mean ? ROUNDING : FOUND) * mean;
    return loss.isOfClasses() ? 0 : loss.ofError(error, mean);
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
