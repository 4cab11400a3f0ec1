package io.foldwise.learn.loss;

/**
 * max(0, 1 − sŷ) with s = 2y − 1. The derivative is −s where {@code sŷ < 1}, else 0, also at sŷ =
 * 1.
 */
public record Hinge() implements BinaryLoss {
  @Override
  public String label() {
    return "hinge";
  }

  @Override
  public String metric() {
    return "hinge";
  }

  @Override
  public double value(double prediction, double label) {
    return Math.max(0, 1 - (2 * label - 1) * prediction);
  }

  @Override
  public double derivative(double prediction, double label) {
    double sign = 2 * label - 1;
    double margin = sign * prediction;
    return margin < 1 ? -sign : 0 * margin;
  }

  @Override
  public void values(double[] z, LossBlock block) {
    block.negateMargins(z);
    for (int at = 0; at < block.rows() * block.trials(); at++) {
      z[at] = Math.max(0, 1 + z[at]);
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    block.negateMargins(z);
    for (int at = 0; at < block.rows() * block.trials(); at++) {
      z[at] = Math.max(0, Math.signum(1 + z[at]));
    }
    block.negateMargins(z);
  }

  @Override
  public double curvature() {
    return Double.NaN;
  }

  @Override
  public double slopeDeviation(double positives) {
    return Math.sqrt(positives * (1 - positives));
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double sign = 2 * label - 1;
    point.plus(1 - sign * prediction, width);
    point.turn(-sign);
  }

  @Override
  public double firstWidth(double mean) {
    return mean;
  }

  /** The decision of the larger class, 0 where both are as large. */
  @Override
  public double bestDecision(double negatives, double positives) {
    return Math.signum(positives - negatives);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.hinge(this);
  }
}
