package io.foldwise.learn.optim;

import static io.foldwise.learn.optim.Penalty.softThreshold;

/**
 * w⁺ = prox(w − η g + μ(w − w₋)), the gradient taken at w or ahead at w + μ(w − w₋); μ = 0 is
 * gradient descent.
 */
final class MomentumState implements OptimizerState {
  /** Where the gradient is taken. */
  enum GradientAt {
    WEIGHTS,
    AHEAD
  }

  private final WeightColumn column;
  private final double mu;
  private final GradientAt gradientAt;
  private final double[] previous;

  MomentumState(double[] initial, WeightColumn column, double mu, GradientAt gradientAt) {
    this.column = column;
    this.mu = mu;
    this.gradientAt = gradientAt;
    this.previous = new double[column.length()];
    System.arraycopy(initial, column.from(), previous, 0, previous.length);
  }

  @Override
  public boolean looksAhead() {
    return gradientAt == GradientAt.AHEAD;
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
      double next = now - rate * gradient[at] + mu * (now - previous[j]);
      w[at] = at < penalized ? next : softThreshold(next, threshold);
      previous[j] = now;
    }
  }
}
