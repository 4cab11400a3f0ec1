package io.foldwise.learn.loss;

/**
 * max(0, 1 − sŷ)² with s = 2y − 1, of derivative −2s·max(0, 1 − sŷ): the L2-loss support vector
 * machine. Its slope has no jump; its second derivative, 2 where {@code sŷ < 1} and 0 elsewhere, is
 * what Newton steps take as it is (Keerthi and DeCoste, JMLR 6, 2005).
 */
public record SquaredHinge() implements BinaryLoss {
  @Override
  public String label() {
    return "squared-hinge";
  }

  @Override
  public String metric() {
    return "squared-hinge";
  }

  @Override
  public double value(double prediction, double label) {
    double missing = Math.max(0, 1 - (2 * label - 1) * prediction);
    return missing * missing;
  }

  @Override
  public double derivative(double prediction, double label) {
    double sign = 2 * label - 1;
    return -2 * sign * Math.max(0, 1 - sign * prediction);
  }

  @Override
  public void values(double[] z, LossBlock block) {
    block.negateMargins(z);
    for (int at = 0; at < block.rows() * block.trials(); at++) {
      double missing = Math.max(0, 1 + z[at]);
      z[at] = missing * missing;
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    block.negateMargins(z);
    for (int at = 0; at < block.rows() * block.trials(); at++) {
      z[at] = 2 * Math.max(0, 1 + z[at]);
    }
    block.negateMargins(z);
  }

  @Override
  public double curvature() {
    return 1;
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double sign = 2 * label - 1;
    double missing = Math.max(0, 1 - sign * prediction);
    point.exact(missing * missing, -2 * sign * missing, missing > 0 ? 2 : 0);
  }

  /** The share of class 1 less that of class 0, where both pull alike. */
  @Override
  public double bestDecision(double negatives, double positives) {
    return (positives - negatives) / (positives + negatives);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.squaredHinge(this);
  }
}
