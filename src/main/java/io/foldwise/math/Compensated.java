package io.foldwise.math;

/**
 * Sums carried as a pair (high, low) whose exact sum is the value: twice the working precision.
 *
 * <p>The error-free transformations are Knuth's TwoSum and the product by fused multiply-add
 * (Ogita, Rump and Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26, 2005).
 */
final class Compensated {
  private Compensated() {}

  /** The rounding error of {@code sum = a + b}. */
  static double sumError(double a, double b, double sum) {
    double virtual = sum - a;
    return (a - (sum - virtual)) + (b - virtual);
  }

  /** high[at] + low[at] += value. */
  static void add(double[] high, double[] low, int at, double value) {
    double before = high[at];
    double sum = before + value;
    low[at] += sumError(before, value, sum);
    high[at] = sum;
  }

  /** b − Σⱼ rowⱼ xⱼ − ridge·xᵢ, rounded once. */
  static double residual(double[] matrix, int row, double[] x, double ridge, int i, double b) {
    double high = b;
    double low = 0;
    for (int j = 0; j <= x.length; j++) {
      double factor = j < x.length ? -matrix[row + j] : -ridge;
      double value = j < x.length ? x[j] : x[i];
      double term = factor * value;
      double sum = high + term;
      low += sumError(high, term, sum) + ProductError.of(factor, value, term);
      high = sum;
    }
    return high + low;
  }
}
