package io.foldwise.learn.loss;

import io.foldwise.math.Exponential;

/** log(1 + exp(−sŷ)) with s = 2y − 1. The derivative is −s/(1 + exp(sŷ)). */
public record Logistic() implements BinaryLoss {
  @Override
  public String label() {
    return "logistic";
  }

  @Override
  public String metric() {
    return "log-loss";
  }

  @Override
  public double value(double prediction, double label) {
    double margin = (2 * label - 1) * prediction;
    return Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
  }

  @Override
  public double derivative(double prediction, double label) {
    double sign = 2 * label - 1;
    return -sign / (1 + Math.exp(sign * prediction));
  }

  @Override
  public void values(double[] z, LossBlock block) {
    block.negateMargins(z);
    Exponential.softplus(z, 0, block.rows() * block.trials());
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    block.negateMargins(z);
    Exponential.sigmoid(z, 0, block.rows() * block.trials());
    block.negateMargins(z);
  }

  @Override
  public double curvature() {
    return 0.125;
  }

  @Override
  public void smoothInto(double prediction, double label, double width, Smoothed point) {
    double slope = derivative(prediction, label);
    double share = Math.abs(slope);
    point.exact(value(prediction, label), slope, share * (1 - share));
  }

  /** The log-odds of class 1; where a class is missing, each is taken to have half a row more. */
  @Override
  public double bestDecision(double negatives, double positives) {
    double half = negatives > 0 && positives > 0 ? 0 : 0.5;
    return Math.log((positives + half) / (negatives + half));
  }

  @Override
  public boolean isLogOdds() {
    return true;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.logistic(this);
  }
}
