package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.List;

/**
 * How weights move. {@link Exact} solves for the optimum; the others step along gradients and are
 * configuration only: {@link Stepping#start} makes their state.
 *
 * <p>A kind of optimiser is one class, which owns its name, its parameter and its step. It is
 * registered in {@link #kinds}.
 */
public sealed interface Optimizer extends Serializable permits Exact, Optimizer.Stepping {
  /** An optimiser of every kind, parameters at their defaults, the default first. */
  static List<Optimizer> kinds() {
    return List.of(
        new Sgd(),
        new Momentum(Momentum.DEFAULT_MU),
        new Nesterov(Momentum.DEFAULT_MU),
        new Adagrad(),
        new Rmsprop(),
        new Adam(),
        new Exact());
  }

  /** The name on the command line. */
  String label();

  /** The name of the number that tells optimisers of this kind apart; empty where there is none. */
  default String parameterName() {
    return "";
  }

  /** The number that tells optimisers of this kind apart; 0 where there is none. */
  default double parameter() {
    return 0;
  }

  /** The optimiser of this kind with another parameter, where it has one. */
  default Optimizer with(double parameter) {
    return this;
  }

  /** An optimiser that takes steps. */
  non-sealed interface Stepping extends Optimizer {
    /** Fresh state for the weights of a column, which stand in {@code initial}. */
    OptimizerState start(double[] initial, WeightColumn column);

    /** μ, the share of the last step that the next one keeps. */
    default double memory() {
      return 0;
    }

    /**
     * The automatic rate of an adaptive optimiser, whose steps have the size of the rate whatever
     * the gradient, in units of the label's spread over √(mean ‖x‖²); NaN of the others.
     */
    default double travel() {
      return Double.NaN;
    }
  }

  /** A stepping optimiser whose parameter is μ, the share of the last step that goes on. */
  interface Heavy extends Stepping {
    /** The share μ, in [0, 1). */
    double mu();

    @Override
    default double memory() {
      return mu();
    }

    @Override
    default String parameterName() {
      return "momentum";
    }

    @Override
    default double parameter() {
      return mu();
    }
  }
}
