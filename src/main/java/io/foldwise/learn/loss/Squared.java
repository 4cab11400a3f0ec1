package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;

/** (ŷ − y)², without ½, of derivative 2(ŷ − y). */
public record Squared() implements Loss {
  @Override
  public String label() {
    return "squared";
  }

  @Override
  public String metric() {
    return "mse";
  }

  @Override
  public double value(double prediction, double label) {
    return (prediction - label) * (prediction - label);
  }

  @Override
  public double derivative(double prediction, double label) {
    return 2 * (prediction - label);
  }

  @Override
  public void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = (z[at] - y) * (z[at] - y);
      }
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = 2 * (z[at] - y);
      }
    }
  }

  @Override
  public double curvature() {
    return 1;
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double error = prediction - label;
    point.exact(error * error, 2 * error, 2);
  }

  /** The mean label. */
  @Override
  public double bestConstant(ColumnSums labels) {
    return labels.mean(labels.label());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.squared(this);
  }
}
