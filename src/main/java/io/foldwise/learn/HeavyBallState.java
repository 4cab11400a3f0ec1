package io.foldwise.learn;

import static io.foldwise.learn.Penalty.softThreshold;

/** w⁺ = prox(w − η g + μ(w − w₋)); μ = 0 is gradient descent. */
final class HeavyBallState implements OptimizerState {
  private final WeightColumn column;
  private final double mu;
  private final double[] previous;

  HeavyBallState(double[] initial, WeightColumn column, double mu) {
    this.column = column;
    this.mu = mu;
    this.previous = new double[column.length()];
    System.arraycopy(initial, column.from(), previous, 0, previous.length);
  }

  @Override
  public void step(double[] w, double[] gradient, double rate, long t) {
    double threshold = rate * column.penalty().l1();
    int penalized = column.penalizedFrom();
    for (int at = column.from(), j = 0; at < column.end(); at++, j++) {
      double now = w[at];
      double next = now - rate * gradient[at] + mu * (now - previous[j]);
      w[at] = at < penalized ? next : softThreshold(next, threshold);
      previous[j] = now;
    }
  }
}
