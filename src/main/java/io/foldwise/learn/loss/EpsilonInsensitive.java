package io.foldwise.learn.loss;

import io.foldwise.input.Checks;
import io.foldwise.math.ColumnSums;

/**
 * max(0, |ŷ − y| − ε), of support vector regression (Vapnik 1995): errors up to ε cost nothing. The
 * derivative is the sign of the error where it is beyond ε, else 0, also at |e| = ε, where a row
 * stands whose label is ε from the best constant: rounding, {@value #ROUNDING} of the label and ε,
 * is not beyond it.
 *
 * @param epsilon ε ≥ 0, in the label's units
 */
public record EpsilonInsensitive(double epsilon) implements Loss {
  public static final double DEFAULT_EPSILON = 0.1;

  /** The rounding of an error, relative to the label and ε. */
  public static final double ROUNDING = 1e-12;

  public EpsilonInsensitive {
    Checks.requireAtLeastZero("epsilon", epsilon);
  }

  @Override
  public String label() {
    return "epsilon-insensitive";
  }

  @Override
  public String metric() {
    return "epsilon-insensitive";
  }

  @Override
  public double value(double prediction, double label) {
    return Math.max(0, Math.abs(prediction - label) - epsilon);
  }

  @Override
  public double derivative(double prediction, double label) {
    double error = prediction - label;
    double corner = epsilon + ROUNDING * (epsilon + Math.abs(label));
    return Math.abs(error) > corner ? Math.signum(error) : 0 * error;
  }

  @Override
  public void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double y = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        z[at] = Math.max(0, Math.abs(z[at] - y) - block.parameter(c));
      }
    }
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
    point.beyond(prediction - label, epsilon, width);
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
    return labels.slopeBeyond(epsilon, c);
  }

  @Override
  public boolean isBestBetweenKinks() {
    return true;
  }

  @Override
  public double beyondLabels() {
    return epsilon;
  }

  @Override
  public String parameterName() {
    return "epsilon";
  }

  @Override
  public double parameter() {
    return epsilon;
  }

  @Override
  public Loss with(double parameter) {
    return new EpsilonInsensitive(parameter);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.epsilonInsensitive(this);
  }
}
