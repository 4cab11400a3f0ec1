package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;

/**
 * A unit deviance d(y, μ) of Tweedie's family with variance μᵖ, 1 ≤ p ≤ 2, of the mean μ = exp(ŷ):
 * generalised linear models with log link (Jørgensen 1987). It is convex in ŷ, at least 0, and 0
 * where μ = y.
 *
 * <p>Its second derivative has no bound. Half of it is, in expectation at the true mean, μ²⁻ᵖ, and
 * over the rows at the best constant, the mean label ȳ, it is ȳ²⁻ᵖ.
 */
public sealed interface LogLink extends Loss permits Poisson, Gamma, Tweedie {
  /** p, the power of the mean that the variance is in proportion to. */
  double power();

  @Override
  default LabelDomain labels() {
    return LabelDomain.NON_NEGATIVE;
  }

  @Override
  default boolean isLogLink() {
    return true;
  }

  @Override
  default boolean isOfErrors() {
    return false;
  }

  @Override
  default double response(double prediction) {
    return Math.exp(prediction);
  }

  @Override
  default double curvature() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  default double curvatureAt(double meanLabel) {
    return meanLabel > 0 ? Math.pow(meanLabel, 2 - power()) : 1;
  }

  /** About e²/ȳᵖ, Pearson's statistic; 1 where all labels are 0. */
  @Override
  default double ofError(double error, double meanLabel) {
    return meanLabel > 0 ? error * error / Math.pow(meanLabel, power()) : 1;
  }

  /**
   * The logarithm of the mean label; where all labels are 0, half a row is taken to have label 1.
   */
  @Override
  default double bestConstant(ColumnSums labels) {
    double mean = labels.mean(labels.label());
    return Math.log(mean > 0 ? mean : 0.5 / labels.weight());
  }
}
