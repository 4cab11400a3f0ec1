package io.foldwise.learn.optim;

/** v += g², with the effective rate η/(√v + ε) (Duchi, Hazan and Singer 2011); ε = 1e-10. */
public record Adagrad() implements Optimizer.Stepping {
  private static final double EPSILON = 1e-10;

  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new AdaptiveState(column, 1, 1, EPSILON);
  }

  @Override
  public double travel() {
    return 3;
  }

  @Override
  public String label() {
    return "adagrad";
  }
}
