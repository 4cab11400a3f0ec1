package io.foldwise.learn.optim;

/** w ← prox(w − η g). */
public record Sgd() implements Optimizer.Stepping {
  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new MomentumState(initial, column, 0, MomentumState.GradientAt.WEIGHTS);
  }

  @Override
  public String label() {
    return "sgd";
  }
}
