package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireFraction;

/** Nesterov 1983: v = w + μ(w − w₋), w⁺ = prox(v − η g(v)). */
public record Nesterov(double mu) implements Optimizer.Heavy {
  public Nesterov {
    requireFraction("momentum", mu);
  }

  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new MomentumState(initial, column, mu, MomentumState.GradientAt.AHEAD);
  }

  @Override
  public String label() {
    return "nesterov";
  }

  @Override
  public Optimizer with(double parameter) {
    return new Nesterov(parameter);
  }
}
