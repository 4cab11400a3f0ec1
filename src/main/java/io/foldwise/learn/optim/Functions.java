package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * The functions of a run's active columns side by side, as the rows see them: moved to new weights
 * at every step.
 */
public final class Functions implements Serializable {
  private final TrialColumns trials;
  private final int[] starts;
  private final double[] coefficients;
  private TrialColumns.Side side;

  public Functions(TrialColumns trials) {
    this.trials = trials;
    this.starts = trials.starts();
    this.side = trials.side(new ActiveColumns(0));
    this.coefficients = new double[trials.width() * trials.heldOut().length];
  }

  /** Moves to the weights of the active columns. */
  public void moveTo(double[] w, ActiveColumns active) {
    if (active.count() != side.count()) {
      side = trials.side(active);
    }
    int m = side.count();
    for (int i = 0; i < m; i++) {
      int column = side.columns()[i];
      trials.coordinates().get(column).functionInto(w, starts[column], coefficients, i, m);
    }
  }

  /** What they are the functions of. */
  public TrialColumns trials() {
    return trials;
  }

  /** The active columns. */
  public TrialColumns.Side side() {
    return side;
  }

  /** Row-major p × m: constants, then coefficients of the carried columns about the shift. */
  public double[] coefficients() {
    return coefficients;
  }

  /**
   * The gradient of each active column's mean loss.
   *
   * @param sums over the rows of a minibatch
   * @param gradient laid out as the weights, overwritten at the active columns
   */
  public void gradientInto(GradientSums sums, double[] gradient) {
    double[] without = without(sums.foldWeights());
    int m = side.count();
    for (int i = 0; i < m; i++) {
      int column = side.columns()[i];
      double weight = without[trials.heldOut()[column] + 1];
      trials
          .coordinates()
          .get(column)
          .gradientInto(sums.gradients(), i, m, 1 / weight, gradient, starts[column]);
    }
  }

  /** [0]: all weights; [f + 1]: those of the folds other than f, added up, never subtracted. */
  private static double[] without(double[] foldWeights) {
    int k = foldWeights.length;
    double[] without = new double[k + 1];
    double before = 0;
    for (int fold = 0; fold < k; fold++) {
      without[fold + 1] = before;
      before += foldWeights[fold];
    }
    without[0] = before;
    double after = 0;
    for (int fold = k - 1; fold >= 0; fold--) {
      without[fold + 1] += after;
      after += foldWeights[fold];
    }
    return without;
  }
}
