package io.foldwise.math;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Weighted sums of each column of a set of rows: Σ w, Σ w zⱼ and Σ w zⱼ² over z = (x − s, y − s_y),
 * about a shift s shared by all sets that are added or compared.
 *
 * <p>Columns: 0 … d − 1 are the features, d is the label. A record is immutable.
 *
 * @param rows number of rows
 * @param weight Σ w; the number of rows where they have no weights
 * @param sums Σ w zⱼ, d + 1 long; shared, not to be written to
 * @param squares Σ w zⱼ², d + 1 long; shared, not to be written to
 */
public record ColumnSums(long rows, double weight, double[] sums, double[] squares)
    implements Serializable {
  /** A deviation of at most so many ulps of the sum of squares counts as rounding. */
  private static final double ROUNDING = 32;

  /** d, the number of features, which is the label's column. */
  public int label() {
    return sums.length - 1;
  }

  /** Σ w zⱼ / Σ w. */
  public double mean(int j) {
    return sums[j] / weight;
  }

  /** Σ w (zⱼ − mean)²; 0 for no rows, and where all that is left of it is rounding. */
  public double deviation(int j) {
    if (weight == 0) {
      return 0;
    }
    double deviation = squares[j] - sums[j] * sums[j] / weight;
    return deviation <= ROUNDING * Math.ulp(squares[j]) ? 0 : deviation;
  }

  /** The sums of no rows. */
  public static ColumnSums empty(int features) {
    return new ColumnSums(0, 0, new double[features + 1], new double[features + 1]);
  }

  /**
   * The sums of both sets of rows, each rounded once.
   *
   * @throws IllegalArgumentException if the numbers of columns differ
   */
  public ColumnSums merge(ColumnSums other) {
    return new ColumnSums(
        rows + other.rows,
        weight + other.weight,
        added(sums, other.sums),
        added(squares, other.squares));
  }

  private static double[] added(double[] one, double[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "sums of " + one.length + " columns do not add to " + other.length);
    }
    double[] both = new double[one.length];
    Arrays.setAll(both, j -> one[j] + other[j]);
    return both;
  }

  /** The sums of the first p features and the label. */
  public ColumnSums leading(int p) {
    return p == label()
        ? this
        : new ColumnSums(rows, weight, leading(sums, p), leading(squares, p));
  }

  private static double[] leading(double[] all, int p) {
    double[] part = Arrays.copyOf(all, p + 1);
    part[p] = all[all.length - 1];
    return part;
  }

  /** Whether every sum is finite, that is whether no cell was missing, infinite or overflowing. */
  public boolean isFinite() {
    boolean finite = Double.isFinite(weight);
    for (int j = 0; j < sums.length; j++) {
      finite &= Double.isFinite(sums[j]) && Double.isFinite(squares[j]);
    }
    return finite;
  }
}
