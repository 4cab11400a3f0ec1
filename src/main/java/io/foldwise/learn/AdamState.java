package io.foldwise.learn;

import static io.foldwise.learn.Penalty.softThreshold;

/**
 * m, v running means of g, g²; w⁺ = prox(w − η m̂/(√v̂ + ε)) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 −
 * β₂ᵗ).
 */
final class AdamState implements OptimizerState {
  private static final long VANISHED = 40_000;

  private final WeightColumn column;
  private final double[] means;
  private final double[] squares;

  AdamState(WeightColumn column) {
    this.column = column;
    this.means = new double[column.length()];
    this.squares = new double[column.length()];
  }

  @Override
  public void step(double[] w, double[] gradient, double rate, long t) {
    double meanScale = 1 / (1 - power(Optimizer.Adam.BETA1, t));
    double squareScale = 1 / (1 - power(Optimizer.Adam.BETA2, t));
    int from = column.from();
    for (int j = 0; j < means.length; j++) {
      double g = gradient[from + j];
      means[j] = Optimizer.Adam.BETA1 * means[j] + (1 - Optimizer.Adam.BETA1) * g;
      squares[j] = Optimizer.Adam.BETA2 * squares[j] + (1 - Optimizer.Adam.BETA2) * (g * g);
      double effective = rate / (Math.sqrt(squares[j] * squareScale) + Optimizer.Adam.EPSILON);
      w[from + j] -= effective * (means[j] * meanScale);
      if (column.penalty().l1() > 0 && j >= column.unpenalized()) {
        w[from + j] = softThreshold(w[from + j], effective * column.penalty().l1());
      }
    }
  }

  /** βᵗ; beyond {@value #VANISHED} steps it is below half an ulp of 1 for both β. */
  private static double power(double beta, long t) {
    return t > VANISHED ? 0 : Math.pow(beta, (double) t);
  }
}
