package io.foldwise.learn.optim;

import static io.foldwise.learn.optim.Penalty.softThreshold;

import java.util.stream.IntStream;

/**
 * m, v running means of g, g²; w⁺ = prox(w − η m̂/(√v̂ + ε)) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 −
 * β₂ᵗ).
 */
final class AdamState implements OptimizerState {
  private static final double[] MEAN_SCALES = scales(Optimizer.Adam.BETA1);
  private static final double[] SQUARE_SCALES = scales(Optimizer.Adam.BETA2);

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
    double meanScale = scale(MEAN_SCALES, t);
    double squareScale = scale(SQUARE_SCALES, t);
    int from = column.from();
    double l1 = column.penalty().l1();
    int penalized = l1 > 0 ? column.unpenalized() : means.length;
    for (int j = 0; j < means.length; j++) {
      double g = gradient[from + j];
      means[j] = Optimizer.Adam.BETA1 * means[j] + (1 - Optimizer.Adam.BETA1) * g;
      squares[j] = Optimizer.Adam.BETA2 * squares[j] + (1 - Optimizer.Adam.BETA2) * (g * g);
      double effective = rate / (Math.sqrt(squares[j] * squareScale) + Optimizer.Adam.EPSILON);
      double next = w[from + j] - effective * (means[j] * meanScale);
      w[from + j] = j < penalized ? next : softThreshold(next, effective * l1);
    }
  }

  /** 1/(1 − βᵗ) at each t, as long as βᵗ is not below half an ulp of 1. */
  private static double[] scales(double beta) {
    int vanished = (int) Math.ceil(Math.log(Math.ulp(1.0) / 4) / Math.log(beta));
    return IntStream.range(0, vanished).mapToDouble(t -> 1 / (1 - Math.pow(beta, t))).toArray();
  }

  private static double scale(double[] scales, long t) {
    return t < scales.length ? scales[(int) t] : 1;
  }
}
