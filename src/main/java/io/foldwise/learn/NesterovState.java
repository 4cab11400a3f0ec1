package io.foldwise.learn;

import static io.foldwise.learn.Penalty.softThreshold;

/** v = w + μ(w − w₋), w⁺ = prox(v − η g(v)). */
final class NesterovState implements OptimizerState {
  private final WeightColumn column;
  private final double mu;
  private final double[] previous;

  NesterovState(double[] initial, WeightColumn column, double mu) {
    this.column = column;
    this.mu = mu;
    this.previous = new double[column.length()];
    System.arraycopy(initial, column.from(), previous, 0, previous.length);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public void pointInto(double[] w, double[] point) {
    for (int at = column.from(), j = 0; at < column.end(); at++, j++) {
      point[at] = w[at] + mu * (w[at] - previous[j]);
    }
  }

  @Override
  public void step(double[] w, double[] gradient, double rate, long t) {
    double threshold = rate * column.penalty().l1();
    int penalized = column.penalizedFrom();
    for (int at = column.from(), j = 0; at < column.end(); at++, j++) {
      double now = w[at];
      double next = now + mu * (now - previous[j]) - rate * gradient[at];
      w[at] = at < penalized ? next : softThreshold(next, threshold);
      previous[j] = now;
    }
  }
}
