package io.foldwise.learn.loss;

import io.foldwise.input.Checks;
import io.foldwise.math.ColumnSums;

/**
 * The pinball loss, of which the τ-quantile is the best constant (Koenker and Bassett 1978): τ(y −
 * ŷ) where y > ŷ, else (1 − τ)(ŷ − y). The derivative is −τ, 1 − τ, and 0 where they are equal.
 *
 * @param tau τ in (0, 1)
 */
public record Quantile(double tau) implements Loss {
  public static final double DEFAULT_TAU = 0.5;

  public Quantile {
    Checks.requireInside("tau", tau);
  }

  @Override
  public String label() {
    return "quantile";
  }

  @Override
  public String metric() {
    return "pinball";
  }

  @Override
  public double value(double prediction, double label) {
    double error = prediction - label;
    return error < 0 ? -tau * error : (1 - tau) * error;
  }

  @Override
  public double derivative(double prediction, double label) {
    double error = prediction - label;
    return error < 0 ? -tau : error > 0 ? 1 - tau : 0 * error;
  }

  @Override
  public void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        double error = z[at] - y;
        z[at] = Math.abs(error) / 2 + (0.5 - block.parameter(c)) * error;
      }
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        double sign = Math.signum(z[at] - y);
        z[at] = sign / 2 + (0.5 - block.parameter(c)) * Math.abs(sign);
      }
    }
  }

  @Override
  public double curvature() {
    return Double.NaN;
  }

  @Override
  public double slopeDeviation(double positives) {
    return Math.sqrt(tau * (1 - tau));
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double error = prediction - label;
    point.plus(error, width);
    point.tilt(-tau, error);
  }

  @Override
  public double firstWidth(double mean) {
    return mean;
  }

  @Override
  public double bestConstant(ColumnSums labels) {
    return Double.NaN;
  }

  @Override
  public boolean isOfOrder() {
    return true;
  }

  @Override
  public double slope(OrderedLabels labels, double c) {
    return labels.slopeOfQuantile(tau, c);
  }

  @Override
  public String parameterName() {
    return "tau";
  }

  @Override
  public double parameter() {
    return tau;
  }

  @Override
  public Loss with(double parameter) {
    return new Quantile(parameter);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.quantile(this);
  }
}
