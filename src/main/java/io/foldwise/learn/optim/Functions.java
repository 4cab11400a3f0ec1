package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * The functions of a run's active columns side by side, as the rows see them; they are moved to new
 * weights at every step.
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
    this.coefficients = new double[trials.width() * trials.splits().size() * trials.functions()];
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

  /** The columns whose functions these are. */
  public TrialColumns trials() {
    return trials;
  }

  /** The active columns. */
  public TrialColumns.Side side() {
    return side;
  }

  /**
   * The functions, row-major p × m·K: constants, then coefficients of the carried columns about the
   * shift.
   */
  public double[] coefficients() {
    return coefficients;
  }

  /**
   * The gradient of each active column's mean loss.
   *
   * @param sums the sums over the rows of a minibatch
   * @param gradient laid out as the weights, overwritten at the active columns
   */
  public void gradientInto(GradientSums sums, double[] gradient) {
    double[][] apart = apart(sums.foldWeights());
    int m = side.count();
    for (int i = 0; i < m; i++) {
      int column = side.columns()[i];
      Split split = trials.splits().get(column);
      double weight =
          split.isNone()
              ? apart[0][sums.foldWeights().length]
              : apart[0][split.out().from()] + apart[1][split.out().end()];
      trials
          .coordinates()
          .get(column)
          .gradientInto(sums.gradients(), i, m, 1 / weight, gradient, starts[column]);
    }
  }

  /**
   * The weights of the rows before each fold and from it on, of which a training set's is added up,
   * never subtracted from a total.
   *
   * @return at [0][f] the weight of the folds before f; at [1][f] that of f and the folds after it
   */
  private static double[][] apart(double[] foldWeights) {
    int k = foldWeights.length;
    double[][] apart = new double[2][k + 1];
    for (int fold = 0; fold < k; fold++) {
      apart[0][fold + 1] = apart[0][fold] + foldWeights[fold];
    }
    for (int fold = k - 1; fold >= 0; fold--) {
      apart[1][fold] = apart[1][fold + 1] + foldWeights[fold];
    }
    return apart;
  }
}
