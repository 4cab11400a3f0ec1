package io.foldwise.learn;

import static io.foldwise.learn.Checks.requirePositive;

import java.io.Serializable;
import java.util.function.DoubleSupplier;

/** η₀: a number as given, or chosen from the data and the optimiser. */
public sealed interface LearningRate extends Serializable {
  /**
   * η₀ as a number.
   *
   * @param training what the choice looks at
   */
  double resolve(Optimizer.Stepping optimizer, double l2, Training training);

  /**
   * The training set, as far as a rate depends on it.
   *
   * @param minibatches per epoch
   * @param curvature λmax, the largest eigenvalue of half the mean Hessian over the minibatches;
   *     asked only where it matters
   */
  record Training(int minibatches, DoubleSupplier curvature) {}

  /**
   * Half the stability bound 1/(λmax + l2) of gradient descent for sgd, momentum and nesterov; for
   * the adaptive optimisers their papers' rate.
   *
   * <p>Where minibatches differ, momentum μ sums up 1/(1 − μ) of their steps and the bound is that
   * much lower; on the full batch it is not.
   */
  record Auto() implements LearningRate {
    @Override
    public double resolve(Optimizer.Stepping optimizer, double l2, Training training) {
      double paper = optimizer.paperRate();
      if (!Double.isNaN(paper)) {
        return paper;
      }
      double bound = training.curvature.getAsDouble() + l2;
      double share = training.minibatches > 1 ? 1 - optimizer.memory() : 1;
      return bound > 0 ? 0.5 * share / bound : 0.5 * share;
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /** The rate itself. */
  record Fixed(double value) implements LearningRate {
    public Fixed {
      requirePositive("learning-rate", value);
    }

    @Override
    public double resolve(Optimizer.Stepping optimizer, double l2, Training training) {
      return value;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }
}
