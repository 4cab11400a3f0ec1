package io.foldwise.learn;

import static io.foldwise.learn.Checks.requirePositive;

import java.io.Serializable;

/** η₀: a number as given, or chosen from the data and the optimiser. */
public sealed interface LearningRate extends Serializable {
  /**
   * Half the stability bound 1/(λmax + l2) of gradient descent for sgd, momentum and nesterov, λmax
   * the largest eigenvalue of half the mean Hessian over the training set's minibatches; for the
   * adaptive optimisers their papers' rate.
   */
  record Auto() implements LearningRate {
    /**
     * Half the stability bound.
     *
     * @param largestEigenvalue λmax of half the mean Hessian, over the minibatches
     */
    public static double fromCurvature(double largestEigenvalue, double l2) {
      double bound = largestEigenvalue + l2;
      return bound > 0 ? 0.5 / bound : 0.5;
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
    public String toString() {
      return Double.toString(value);
    }
  }
}
