package io.foldwise.learn;

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

  /** The functions of the active columns, as they were last moved to. */
  protected final Functions functions() {
    return functions;
  }

  /** The sums of those functions over minibatch b. */
  protected abstract GradientSums gradients(int b);

  /** Likewise over all rows. */
  protected abstract LossSums losses();
}
