package io.foldwise.math;

import java.math.BigDecimal;
import java.util.Arrays;

/** Σ zᵢ zⱼ without rounding: the oracle of the accumulators. Rows are row-major, n × q. */
final class ExactMoments {
  private final int q;
  private final BigDecimal[] sums;
  private final double[] magnitudes;

  ExactMoments(double[] rows, int q) {
    this.q = q;
    this.sums = new BigDecimal[q * q];
    this.magnitudes = new double[q * q];
    Arrays.fill(sums, BigDecimal.ZERO);
    for (int from = 0; from < rows.length; from += q) {
      for (int i = 0; i < q; i++) {
        for (int j = 0; j <= i; j++) {
          double a = rows[from + i];
          double b = rows[from + j];
          sums[i * q + j] = sums[i * q + j].add(new BigDecimal(a).multiply(new BigDecimal(b)));
          magnitudes[i * q + j] += Math.abs(a * b);
        }
      }
    }
  }

  /** Σ zᵢ zⱼ, rounded once. */
  double sum(int i, int j) {
    return sums[Math.max(i, j) * q + Math.min(i, j)].doubleValue();
  }

  /** The last place of Σ |zᵢ zⱼ|, in which errors of summation are told. */
  double ulp(int i, int j) {
    return Math.ulp(magnitudes[Math.max(i, j) * q + Math.min(i, j)]);
  }

  /** Σ (b + wᵀx − y)² over rows (1, x, y), rounded once. */
  static double squaredError(double[] rows, int q, double intercept, double[] w) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int from = 0; from < rows.length; from += q) {
      BigDecimal error = new BigDecimal(intercept);
      for (int j = 0; j < q - 2; j++) {
        error = error.add(new BigDecimal(w[j]).multiply(new BigDecimal(rows[from + 1 + j])));
      }
      error = error.subtract(new BigDecimal(rows[from + q - 1]));
      sum = sum.add(error.multiply(error));
    }
    return sum.doubleValue();
  }
}
