package io.foldwise.learn.loss;

import io.foldwise.math.Exponential;

/**
 * The Poisson deviance 2(y·ln(y/μ) − y + μ) of the mean μ = exp(ŷ), without scikit-learn's ½. The
 * derivative is 2(μ − y). Labels are counts, or any numbers ≥ 0.
 */
public record Poisson() implements LogLink {
  @Override
  public String label() {
    return "poisson";
  }

  @Override
  public String metric() {
    return "poisson-deviance";
  }

  @Override
  public double power() {
    return 1;
  }

  /** About μ = y the terms all but cancel: 2y(eᵘ − 1 − u) with u = ŷ − ln y. */
  @Override
  public double value(double prediction, double label) {
    if (label == 0) {
      return 2 * Math.exp(prediction);
    }
    double apart = prediction - Math.log(label);
    return 2 * label * (Math.expm1(apart) - apart);
  }

  @Override
  public double derivative(double prediction, double label) {
    return 2 * (Math.exp(prediction) - label);
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    Exponential.exp(z, 0, block.rows() * block.trials());
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = 2 * (z[at] - y);
      }
    }
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double mean = Math.exp(prediction);
    point.exact(value(prediction, label), 2 * (mean - label), 2 * mean);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.poisson(this);
  }
}
