package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireFraction;

/** Heavy ball (Polyak 1964): w⁺ = prox(w − η g(w) + μ(w − w₋)). */
public record Momentum(double mu) implements Optimizer.Heavy {
  public static final double DEFAULT_MU = 0.9;

  public Momentum {
    requireFraction("momentum", mu);
  }

  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new MomentumState(initial, column, mu, MomentumState.GradientAt.WEIGHTS);
  }

  @Override
  public String label() {
    return "momentum";
  }

  @Override
  public Optimizer with(double parameter) {
    return new Momentum(parameter);
  }
}
