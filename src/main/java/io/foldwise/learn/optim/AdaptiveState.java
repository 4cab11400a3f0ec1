package io.foldwise.learn.optim;

import static io.foldwise.learn.optim.Penalty.softThreshold;

/** v ← keep·v + add·g², w⁺ = prox(w − η g/(√v + ε)), each coordinate at its own rate. */
final class AdaptiveState implements OptimizerState {
  private final WeightColumn column;
  private final double keep;
  private final double add;
  private final double epsilon;
  private final double[] squares;

  AdaptiveState(WeightColumn column, double keep, double add, double epsilon) {
    this.column = column;
    this.keep = keep;
    this.add = add;
    this.epsilon = epsilon;
    this.squares = new double[column.length()];
  }

  @Override
  public void step(double[] w, double[] gradient, double rate, long t) {
    double l1 = column.penalty().l1();
    int penalized = column.penalizedFrom();
    for (int at = column.from(), j = 0; at < column.end(); at++, j++) {
      double g = gradient[at];
      squares[j] = keep * squares[j] + add * (g * g);
      double effective = rate / (Math.sqrt(squares[j]) + epsilon);
      double next = w[at] - effective * g;
      w[at] = at < penalized ? next : softThreshold(next, effective * l1);
    }
  }
}
