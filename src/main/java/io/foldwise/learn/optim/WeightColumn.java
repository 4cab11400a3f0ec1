package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * One candidate's weights in a matrix that holds several candidates column after column.
 *
 * @param from the index of its first weight
 * @param length the number of weights, d
 * @param unpenalized leading weights that no penalty touches: 1 where the first is an intercept
 * @param penalty the candidate's penalty
 * @param isScaled whether the last weight is that of the label in units of a scale, −1/σ, which no
 *     penalty touches either: see {@link Exact}
 */
public record WeightColumn(int from, int length, int unpenalized, Penalty penalty, boolean isScaled)
    implements Serializable {
  /** A column without a scale. */
  public WeightColumn(int from, int length, int unpenalized, Penalty penalty) {
    this(from, length, unpenalized, penalty, false);
  }

  /** This column at another place in a matrix. */
  public WeightColumn at(int otherFrom) {
    return new WeightColumn(otherFrom, length, unpenalized, penalty, isScaled);
  }

  /** l1·‖w‖₁ + l2·‖w‖² of its weights. */
  public double penaltyOf(double[] w) {
    double absolute = 0;
    double squares = 0;
    for (int at = penalizedFrom(); at < penalizedEnd(); at++) {
      absolute += Math.abs(w[at]);
      squares += w[at] * w[at];
    }
    return penalty.l1() * absolute + penalty.l2() * squares;
  }

  /**
   * Adds the gradient of l2·‖w‖², 2·l2·w, to that of a loss.
   *
   * @param w weights, this column's where it says
   * @param gradient laid out as the weights are
   */
  void addRidge(double[] w, double[] gradient) {
    double twice = 2 * penalty.l2();
    for (int at = penalizedFrom(); at < penalizedEnd() && twice != 0; at++) {
      gradient[at] += twice * w[at];
    }
  }

  int penalizedFrom() {
    return from + unpenalized;
  }

  int penalizedEnd() {
    return isScaled ? end() - 1 : end();
  }

  int end() {
    return from + length;
  }
}
