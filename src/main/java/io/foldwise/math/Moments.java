package io.foldwise.math;

import java.io.Serializable;

/**
 * The moments of a set of rows: Σ z zᵀ over z = (1, x − s, y − s_y), about a shift s shared by all
 * sets that are added or compared. Everything that squared loss asks of the rows is in it. A row of
 * weight w enters as √w·z: sums are Σ w z zᵀ then.
 *
 * <p>Coordinates: 0 is the constant, 1 … d the features, d + 1 the label. Moments are immutable.
 */
public final class Moments implements Serializable {

  private final int features;
  private final long rows;
  private final double[] sums;

  /** Takes over {@code sums}, the packed lower triangle of d + 2 coordinates. */
  Moments(int features, long rows, double[] sums) {
    this.features = features;
    this.rows = rows;
    this.sums = sums;
  }

  /** The moments of no rows. */
  public static Moments empty(int features) {
    return new Moments(features, 0, new double[PackedSymmetric.length(features + 2)]);
  }

  /**
   * Moments that were summed elsewhere.
   *
   * @param rows number of rows
   * @param sums packed lower triangle, row by row, of d + 2 coordinates; taken over
   * @throws IllegalArgumentException if there are not (d + 2)(d + 3)/2 of them
   */
  public static Moments of(int features, long rows, double[] sums) {
    if (sums.length != PackedSymmetric.length(features + 2)) {
      throw new IllegalArgumentException(
          sums.length + " sums are no moments of " + features + " features");
    }
    return new Moments(features, rows, sums);
  }

  /** d, the number of features. */
  public int features() {
    return features;
  }

  /** The number of rows, whatever their weights. */
  public long rows() {
    return rows;
  }

  /** n, the number of rows; Σ w where they have weights. */
  public double count() {
    return sums[0];
  }

  double packed(int at) {
    return sums[at];
  }

  /** The packed lower triangle, row by row, of d + 2 coordinates, as {@link #of} takes it. */
  public double[] packed() {
    return sums.clone();
  }

  /** Σ zᵢ zⱼ, coordinates as in the class comment. */
  public double sum(int i, int j) {
    return sums[PackedSymmetric.index(i, j)];
  }

  /** Whether every sum is finite, that is whether no cell was missing, infinite or overflowing. */
  public boolean isFinite() {
    for (double sum : sums) {
      if (!Double.isFinite(sum)) {
        return false;
      }
    }
    return true;
  }

  /** The moments of the first p features and the label. */
  public Moments leading(int p) {
    if (p == features) {
      return this;
    }
    double[] part = new double[PackedSymmetric.length(p + 2)];
    System.arraycopy(sums, 0, part, 0, PackedSymmetric.length(p + 1));
    int label = PackedSymmetric.index(features + 1, 0);
    System.arraycopy(sums, label, part, PackedSymmetric.length(p + 1), p + 1);
    part[part.length - 1] = sums[sums.length - 1];
    return new Moments(p, rows, part);
  }

  /** The sums of each column alone. */
  public ColumnSums columns() {
    double[] first = new double[features + 1];
    double[] second = new double[features + 1];
    for (int j = 0; j <= features; j++) {
      first[j] = sum(j + 1, 0);
      second[j] = sum(j + 1, j + 1);
    }
    return new ColumnSums(rows, count(), first, second);
  }

  /**
   * Σ (ŷ − y)² over the rows for ŷ − s_y = b + wᵀ(x − s): the quadratic form uᵀ(Σ z zᵀ)u at u = (b,
   * w, −1), summed in twice the working precision because its terms cancel. It is never negative.
   *
   * @param intercept b, about the shift
   * @param weights w, at least d long
   */
  public double squaredError(double intercept, double[] weights) {
    double high = 0;
    double low = 0;
    int at = 0;
    for (int i = 0; i < features + 2; i++) {
      double ui = coordinate(i, intercept, weights);
      for (int j = 0; j <= i; j++, at++) {
        double uj = coordinate(j, intercept, weights);
        double pair = (i == j ? ui : 2 * ui) * uj;
        double pairError = ProductError.of(i == j ? ui : 2 * ui, uj, pair);
        double term = pair * sums[at];
        double sum = high + term;
        low +=
            Compensated.sumError(high, term, sum)
                + ProductError.of(pair, sums[at], term)
                + pairError * sums[at];
        high = sum;
      }
    }
    double error = high + low;
    return error < 0 ? 0 : error;
  }

  private double coordinate(int i, double intercept, double[] weights) {
    return i == 0 ? intercept : i <= features ? weights[i - 1] : -1;
  }
}
