package io.foldwise.learn.optim;

/** v ← 0.9 v + 0.1 g², with the effective rate η/(√v + ε) (Tieleman and Hinton 2012); ε = 1e-8. */
public record Rmsprop() implements Optimizer.Stepping {
  private static final double DECAY = 0.9;
  private static final double EPSILON = 1e-8;

  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new AdaptiveState(column, DECAY, 1 - DECAY, EPSILON);
  }

  @Override
  public double travel() {
    return 0.3;
  }

  @Override
  public String label() {
    return "rmsprop";
  }
}
