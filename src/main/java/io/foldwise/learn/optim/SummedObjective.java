package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Smoothed;

/**
 * An objective that is sums over rows, wherever the rows are: gradients over those of a minibatch,
 * losses over all of them.
 */
public abstract class SummedObjective implements Objective {
  private final TrialColumns trials;
  private final SoleFolds soles;
  private final Functions functions;

  /**
   * @param soles of the minibatches of an epoch
   */
  protected SummedObjective(TrialColumns trials, SoleFolds soles) {
    this.trials = trials;
    this.soles = soles;
    this.functions = new Functions(trials);
  }

  @Override
  public final int minibatches() {
    return soles.minibatches();
  }

  @Override
  public final boolean isEmpty(int b, int column) {
    return soles.isEmpty(b, trials.heldOut()[column]);
  }

  @Override
  public final void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
    functions.moveTo(w, active);
    functions.gradientInto(gradients(b), gradient);
  }

  /** The summed losses of the active columns over all rows. */
  public final LossSums losses(double[] w, ActiveColumns active) {
    functions.moveTo(w, active);
    return losses();
  }

  /**
   * The sums over all rows that a Newton step of each active column needs.
   *
   * @param widths γ of each active column, see {@link Smoothed}
   */
  public final CurvatureSums curvatures(double[] w, ActiveColumns active, double[] widths) {
    functions.moveTo(w, active);
    return curvatures(widths);
  }

  /** The coordinates, losses and held-out folds of the columns. */
  public final TrialColumns trials() {
    return trials;
  }

  /** The functions of the active columns, as they were last moved to. */
  protected final Functions functions() {
    return functions;
  }

  /** The sums of those functions over minibatch b. */
  protected abstract GradientSums gradients(int b);

  /** The losses of those functions over all rows. */
  protected abstract LossSums losses();

  /** The curvatures of those functions over all rows. */
  protected abstract CurvatureSums curvatures(double[] widths);
}
