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
   * @param labelScale the label's deviation; 1 where labels are binary
   * @param curvature the largest eigenvalue of the mean of x xᵀ over the minibatches; asked only
   *     where it matters
   */
  record Training(Loss loss, int minibatches, double labelScale, DoubleSupplier curvature) {
    /** λmax, the bound on half the mean Hessian. */
    double largest() {
      return loss.curvature() * curvature.getAsDouble();
    }
  }

  /**
   * For sgd, momentum and nesterov half the stability bound 1/(λmax + l2) of gradient descent where
   * the loss is smooth, else 0.1 of the label's scale, which falls with the steps; for the adaptive
   * optimisers their papers' rate.
   *
   * <p>Where minibatches differ, momentum μ sums up 1/(1 − μ) of their steps and the bound is that
   * much lower; on the full batch it is not.
   */
  record Auto() implements LearningRate {
    private static final double OF_KINKED = 0.1;

    @Override
    public double resolve(Optimizer.Stepping optimizer, double l2, Training training) {
      double paper = optimizer.paperRate();
      if (!Double.isNaN(paper)) {
        return paper;
      }
      double share = training.minibatches > 1 ? 1 - optimizer.memory() : 1;
      if (Double.isNaN(training.loss.curvature())) {
        return OF_KINKED * share * (training.labelScale > 0 ? training.labelScale : 1);
      }
      double bound = training.largest() + l2;
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
