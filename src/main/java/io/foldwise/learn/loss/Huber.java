package io.foldwise.learn.loss;

import io.foldwise.input.Checks;
import io.foldwise.math.ColumnSums;

/**
 * ½e² for |e| ≤ δ, else δ(|e| − δ/2), with e = ŷ − y (Huber 1964). The derivative is e, kept within
 * ±δ.
 *
 * @param delta δ > 0, in the label's units
 */
public record Huber(double delta) implements Loss {
  public static final double DEFAULT_DELTA = 1;

  /** δ in deviations of normal errors, at which a mean loses 5 % of its efficiency (Huber 1981). */
  private static final double OF_DEVIATION = 1.345;

  public Huber {
    Checks.requirePositive("delta", delta);
  }

  @Override
  public String label() {
    return "huber";
  }

  @Override
  public String metric() {
    return "huber";
  }

  @Override
  public double value(double prediction, double label) {
    double error = Math.abs(prediction - label);
    return error <= delta ? error * error / 2 : delta * (error - delta / 2);
  }

  @Override
  public double derivative(double prediction, double label) {
    return Math.max(-delta, Math.min(delta, prediction - label));
  }

  @Override
  public void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        double error = Math.abs(z[at] - y);
        double near = Math.min(error, block.parameter(c));
        z[at] = near * (error - near / 2);
      }
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        double most = block.parameter(c);
        z[at] = Math.max(-most, Math.min(most, z[at] - y));
      }
    }
  }

  @Override
  public double curvature() {
    return 0.5;
  }

  @Override
  public double slopeDeviation(double positives) {
    return delta;
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    point.huber(prediction - label, delta, width, value(prediction, label));
  }

  @Override
  public double firstWidth(double mean) {
    return mean / delta + Math.min(delta, Math.sqrt(2 * mean));
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
    return labels.slopeOfHuber(delta, c);
  }

  /** The slope passes through zero without a jump, in units of δ or of the labels. */
  @Override
  public double zeroSlope(double range) {
    return 1e-14 * Math.min(delta, range);
  }

  @Override
  public String parameterName() {
    return "delta";
  }

  @Override
  public double parameter() {
    return delta;
  }

  @Override
  public Loss with(double parameter) {
    return new Huber(parameter);
  }

  /** The Huber loss of δ = 1.345 deviations, or of δ = 1 where the deviation is not known. */
  @Override
  public Loss suited(double labelSpread) {
    return new Huber(Double.isNaN(labelSpread) ? DEFAULT_DELTA : OF_DEVIATION * labelSpread);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.huber(this);
  }
}
