package io.foldwise.learn;

import io.foldwise.math.ColumnSums;

/** The constant that minimises a mean loss, where labels' sums tell it. */
public final class ConstantFit {
  private ConstantFit() {}

  /** Whether {@link #of} knows it; for the others labels have to be ordered. */
  public static boolean isOfSums(Loss loss) {
    return loss instanceof Loss.Squared || loss.isBinary();
  }

  /**
   * The mean; the log-odds, of half a row more in either class where one is missing; the decision
   * of the larger class, 0 where both are as large.
   *
   * @param labels sums of the training rows; binary ones not shifted
   */
  public static double of(Loss loss, ColumnSums labels) {
    double mean = labels.mean(labels.label());
    if (loss instanceof Loss.Hinge) {
      return Math.signum(2 * mean - 1);
    }
    if (loss instanceof Loss.Logistic) {
      boolean one = mean <= 0 || mean >= 1;
      double half = one ? 0.5 : 0;
      double positive = mean * labels.weight() + half;
      double negative = (1 - mean) * labels.weight() + half;
      return Math.log(positive / negative);
    }
    return mean;
  }
}
