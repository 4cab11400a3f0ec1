package io.foldwise.learn.loss;

import io.foldwise.math.Exponential;

/**
 * The gamma deviance 2(ln(μ/y) + y/μ − 1) of the mean μ = exp(ŷ), without scikit-learn's ½. The
 * derivative is 2(1 − y/μ). Labels are positive.
 */
public record Gamma() implements LogLink {
  @Override
  public String label() {
    return "gamma";
  }

  @Override
  public String metric() {
    return "gamma-deviance";
  }

  @Override
  public double power() {
    return 2;
  }

  @Override
  public LabelDomain labels() {
    return LabelDomain.POSITIVE;
  }

  /** About μ = y the terms all but cancel: 2(e⁻ᵘ − 1 + u) with u = ŷ − ln y. */
  @Override
  public double value(double prediction, double label) {
    double apart = prediction - Math.log(label);
    return 2 * (Math.expm1(-apart) + apart);
  }

  @Override
  public double derivative(double prediction, double label) {
    return 2 * (1 - label * Math.exp(-prediction));
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    int count = block.rows() * block.trials();
    for (int at = 0; at < count; at++) {
      z[at] = -z[at];
    }
    Exponential.exp(z, 0, count);
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = 2 * (1 - y * z[at]);
      }
    }
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double ratio = label * Math.exp(-prediction);
    point.exact(value(prediction, label), 2 * (1 - ratio), 2 * ratio);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.gamma(this);
  }
}
