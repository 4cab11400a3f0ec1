package io.foldwise.learn;

import java.util.Arrays;
import java.util.List;

/** Any loss over rows that are at hand, through the fused kernel. Owned by one thread. */
public final class RowsObjective implements Objective {
  private final TrialColumns trials;
  private final List<CutRows> parts;
  private final SoleFolds soles;
  private final int minibatches;
  private final Functions functions;
  private final RowKernel kernel;
  private GradientSums sums;

  /**
   * @param parts the rows; a minibatch is all its rows in all of them
   * @param minibatches per epoch
   */
  public RowsObjective(TrialColumns trials, List<CutRows> parts, int minibatches) {
    this.trials = trials;
    this.parts = List.copyOf(parts);
    this.minibatches = minibatches;
    this.soles = new SoleFolds(minibatches);
    parts.forEach(soles::add);
    this.functions = new Functions(trials);
    this.kernel = new RowKernel(functions);
    this.sums = kernel.gradientSums();
  }

  @Override
  public int minibatches() {
    return minibatches;
  }

  @Override
  public boolean isEmpty(int b, int column) {
    return soles.isEmpty(b, trials.heldOut()[column]);
  }

  @Override
  public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
    functions.moveTo(w, active);
    if (sums.gradients().length != trials.width() * active.count()) {
      sums = kernel.gradientSums();
    }
    Arrays.fill(sums.gradients(), 0);
    Arrays.fill(sums.foldWeights(), 0);
    for (CutRows part : parts) {
      kernel.addGradients(part.rows(), part.from(b), part.to(b), sums);
    }
    functions.gradientInto(sums, gradient);
  }

  /** The summed losses of the active columns over all rows. */
  public LossSums losses(double[] w, ActiveColumns active) {
    functions.moveTo(w, active);
    LossSums losses = kernel.lossSums();
    for (CutRows part : parts) {
      kernel.addLosses(part.rows(), 0, part.rows().x().rows(), losses);
    }
    return losses;
  }
}
