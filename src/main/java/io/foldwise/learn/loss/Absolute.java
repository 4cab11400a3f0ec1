package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;

/** |ŷ − y|, of derivative sign(ŷ − y), 0 where they are equal. The median is its best constant. */
public record Absolute() implements Loss {
  @Override
  public String label() {
    return "absolute";
  }

  @Override
  public String metric() {
    return "mae";
  }

  @Override
  public double value(double prediction, double label) {
    return Math.abs(prediction - label);
  }

  @Override
  public double derivative(double prediction, double label) {
    return Math.signum(prediction - label);
  }

  @Override
  public double curvature() {
    return Double.NaN;
  }

  @Override
  public double slopeDeviation(double positives) {
    return 1;
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double error = prediction - label;
    point.plus(error, width);
    point.tilt(-0.5, error);
    point.scale(2);
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

  /** Half the slope, which is that of the pinball loss at τ = ½. */
  @Override
  public double slope(OrderedLabels labels, double c) {
    return labels.slopeOfQuantile(0.5, c);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.absolute(this);
  }
}
