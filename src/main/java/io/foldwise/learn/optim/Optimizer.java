package io.foldwise.learn.optim;

import static io.foldwise.input.Checks.requireFraction;

import java.io.Serializable;

/**
 * How weights move. {@link Exact} solves for the optimum; the others step along gradients and are
 * configuration only: {@link Stepping#start} is their state.
 */
public sealed interface Optimizer extends Serializable {
  /** The name on the command line. */
  String label();

  /** The optimum itself, from the moments (squared loss): what every run is compared with. */
  record Exact() implements Optimizer {
    @Override
    public String label() {
      return "exact";
    }
  }

  /** An optimiser that takes steps. */
  sealed interface Stepping extends Optimizer {
    /** Fresh state for the weights of a column, which stand in {@code initial}. */
    OptimizerState start(double[] initial, WeightColumn column);

    /** μ, the share of the last step that the next one keeps. */
    default double memory() {
      return 0;
    }

    /**
     * Of an adaptive optimiser, whose steps have the size of the rate whatever the gradient: the
     * automatic rate in units of the label's spread over √(mean ‖x‖²); NaN of the others.
     */
    default double travel() {
      return Double.NaN;
    }
  }

  /** w ← prox(w − η g). */
  record Sgd() implements Stepping {
    @Override
    public OptimizerState start(double[] initial, WeightColumn column) {
      return new MomentumState(initial, column, 0, MomentumState.GradientAt.WEIGHTS);
    }

    @Override
    public String label() {
      return "sgd";
    }
  }

  /** Heavy ball (Polyak 1964): w⁺ = prox(w − η g(w) + μ(w − w₋)). */
  record Momentum(double mu) implements Stepping {
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
    public double memory() {
      return mu;
    }
  }

  /** Nesterov 1983: v = w + μ(w − w₋), w⁺ = prox(v − η g(v)). */
  record Nesterov(double mu) implements Stepping {
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
    public double memory() {
      return mu;
    }
  }

  /** v += g², effective rate η/(√v + ε) (Duchi, Hazan and Singer 2011); ε = 1e-10. */
  record Adagrad() implements Stepping {
    static final double EPSILON = 1e-10;

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

  /** v ← 0.9 v + 0.1 g², effective rate η/(√v + ε) (Tieleman and Hinton 2012); ε = 1e-8. */
  record Rmsprop() implements Stepping {
    static final double DECAY = 0.9;
    static final double EPSILON = 1e-8;

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

  /** Kingma and Ba 2015: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, both averages corrected for their bias. */
  record Adam() implements Stepping {
    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double EPSILON = 1e-8;

    @Override
    public OptimizerState start(double[] initial, WeightColumn column) {
      return new AdamState(column);
    }

    @Override
    public double travel() {
      return 0.3;
    }

    @Override
    public String label() {
      return "adam";
    }
  }
}
