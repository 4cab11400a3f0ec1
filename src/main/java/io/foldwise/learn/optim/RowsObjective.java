package io.foldwise.learn.optim;

import java.util.Arrays;
import java.util.List;

/**
 * The objective of any loss over rows that are at hand, through the fused kernel. It belongs to one
 * thread.
 */
public final class RowsObjective extends SummedObjective {
  private final List<MinibatchRows> parts;
  private final RowKernel kernel;
  private GradientSums sums;

  /**
   * @param parts the rows; a minibatch is all its rows in all of them
   * @param minibatches the number of minibatches in an epoch
   */
  public RowsObjective(TrialColumns trials, List<MinibatchRows> parts, int minibatches) {
    super(trials, spans(parts, minibatches));
    this.parts = List.copyOf(parts);
    this.kernel = new RowKernel(functions());
    this.sums = kernel.gradientSums();
  }

  private static FoldSpans spans(List<MinibatchRows> parts, int minibatches) {
    FoldSpans spans = new FoldSpans(minibatches);
    parts.forEach(spans::add);
    return spans;
  }

  @Override
  protected GradientSums gradients(int b) {
    clear();
    for (MinibatchRows part : parts) {
      kernel.addGradients(part.rows(), part.from(b), part.to(b), sums);
    }
    return sums;
  }

  @Override
  protected GradientSums gradients() {
    clear();
    for (MinibatchRows part : parts) {
      kernel.addGradients(part.rows(), 0, part.rows().x().rows(), sums);
    }
    return sums;
  }

  private void clear() {
    Functions functions = functions();
    int side = functions.side().count() * functions.trials().functions();
    if (sums.gradients().length != functions.trials().width() * side) {
      sums = kernel.gradientSums();
    }
    Arrays.fill(sums.gradients(), 0);
    Arrays.fill(sums.foldWeights(), 0);
  }

  @Override
  protected LossSums losses() {
    LossSums losses = kernel.lossSums();
    for (MinibatchRows part : parts) {
      kernel.addLosses(part.rows(), 0, part.rows().x().rows(), losses);
    }
    return losses;
  }

  @Override
  protected CurvatureSums curvatures(double[] widths, int every) {
    CurvatureSums curvatures = kernel.curvatureSums();
    for (MinibatchRows part : parts) {
      kernel.addCurvatures(part.rows(), widths, every, curvatures);
    }
    return curvatures;
  }
}
