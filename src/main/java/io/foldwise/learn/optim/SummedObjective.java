package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Smoothed;

/**
 * An objective that is sums over rows, wherever the rows are: gradients over those of a minibatch,
 * losses over all of them.
 */
public abstract class SummedObjective implements Objective {
  private final TrialColumns trials;
  private final FoldSpans spans;
  private final Functions functions;

  /**
   * @param spans the fold spans of the minibatches of an epoch
   */
  protected SummedObjective(TrialColumns trials, FoldSpans spans) {
    this.trials = trials;
    this.spans = spans;
    this.functions = new Functions(trials);
  }

  @Override
  public final int minibatches() {
    return spans.minibatches();
  }

  @Override
  public final boolean isEmpty(int b, int column) {
    return spans.isEmpty(b, trials.splits().get(column));
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

  /** The summed gradients of the active columns over all rows. */
  public final GradientSums gradients(double[] w, ActiveColumns active) {
    functions.moveTo(w, active);
    return gradients();
  }

  /**
   * The sums over rows that a Newton step of each active column needs.
   *
   * @param widths the width γ of each active column, see {@link Smoothed}
   * @param every of how many short runs of rows one is looked at: 1 for all rows
   */
  public final CurvatureSums curvatures(
      double[] w, ActiveColumns active, double[] widths, int every) {
    functions.moveTo(w, active);
    return curvatures(widths, every);
  }

  /** The coordinates, losses and splits of the columns. */
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

  /** The sums of those functions over all rows. */
  protected abstract GradientSums gradients();

  /** The curvatures of those functions over one in so many runs of rows. */
  protected abstract CurvatureSums curvatures(double[] widths, int every);
}
