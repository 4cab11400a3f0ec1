package io.foldwise.learn.optim;

import static io.foldwise.learn.optim.Penalty.softThreshold;

import java.util.stream.IntStream;

/**
 * Kingma and Ba 2015: m and v are running means of g and g²; w⁺ = prox(w − η m̂/(√v̂ + ε)) with m̂
 * = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 */
public record Adam() implements Optimizer.Stepping {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double[] MEAN_SCALES = scales(BETA1);
  private static final double[] SQUARE_SCALES = scales(BETA2);

  @Override
  public OptimizerState start(double[] initial, WeightColumn column) {
    return new State(column);
  }

  @Override
  public double travel() {
    return 0.3;
  }

  @Override
  public String label() {
    return "adam";
  }

  /** 1/(1 − βᵗ) at each t, as long as βᵗ is not below half an ulp of 1. */
  private static double[] scales(double beta) {
    int vanished = (int) Math.ceil(Math.log(Math.ulp(1.0) / 4) / Math.log(beta));
    return IntStream.range(0, vanished).mapToDouble(t -> 1 / (1 - Math.pow(beta, t))).toArray();
  }

  private static double scale(double[] scales, long t) {
    return t < scales.length ? scales[(int) t] : 1;
  }

  /** The running means m and v of a column. */
  private static final class State implements OptimizerState {
    private final WeightColumn column;
    private final double[] means;
    private final double[] squares;

    State(WeightColumn column) {
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
        means[j] = BETA1 * means[j] + (1 - BETA1) * g;
        squares[j] = BETA2 * squares[j] + (1 - BETA2) * (g * g);
        double effective = rate / (Math.sqrt(squares[j] * squareScale) + EPSILON);
        double next = w[from + j] - effective * (means[j] * meanScale);
        w[from + j] = j < penalized ? next : softThreshold(next, effective * l1);
      }
    }
  }
}
