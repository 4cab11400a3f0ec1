package io.foldwise.math;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Adds rows up to {@link Moments}: the mutable side of the pair.
 *
 * <p>A row is z = (1, x₁ − s₁, …, x_d − s_d, y − s_y) about a shift s that is the same wherever
 * sums are to be merged; the accumulator never sees s. It keeps Σ z zᵀ as a packed triangle of q =
 * d + 2 coordinates, each sum compensated. Blocks are multiplied by one {@code dgemm} per {@value
 * #SLICE} rows, so that plain summation never runs over more rows than that.
 *
 * <p>NaN or infinite cells make the sums they enter NaN or infinite, which the caller has to check.
 */
public final class MomentsAccumulator implements Serializable {
  private static final int SLICE = 16;
  private static final int ROW_BY_ROW = 4;

  private final int features;
  private final int q;
  private final double[] high;
  private final double[] low;
  private long rows;

  /**
   * @param features d ≥ 0, the number of feature columns
   */
  public MomentsAccumulator(int features) {
    this.features = features;
    this.q = features + 2;
    this.high = new double[PackedSymmetric.length(q)];
    this.low = new double[high.length];
  }

  /** The doubles of scratch that {@link #addRows} needs for d features, q². */
  public static int scratchLength(int features) {
    return (features + 2) * (features + 2);
  }

  /**
   * Adds rows that lie one after the other.
   *
   * @param z row-major, each row the q numbers of z, times √w where rows have weights
   * @param from index of the first row's first number
   * @param count number of rows
   * @param scratch at least {@link #scratchLength} doubles, overwritten
   */
  public void addRows(double[] z, int from, int count, double[] scratch) {
    rows += count;
    if (count <= ROW_BY_ROW) {
      for (int row = 0; row < count; row++) {
        addRow(z, from + row * q);
      }
      return;
    }
    for (int row = 0; row < count; row += SLICE) {
      addSlice(z, from + row * q, Math.min(SLICE, count - row), scratch);
    }
  }

  private void addRow(double[] z, int from) {
    int at = 0;
    for (int i = 0; i < q; i++) {
      double zi = z[from + i];
      for (int j = 0; j <= i; j++, at++) {
        double product = zi * z[from + j];
        low[at] += ProductError.of(zi, z[from + j], product);
        Compensated.add(high, low, at, product);
      }
    }
  }

  private void addSlice(double[] rows, int from, int count, double[] scratch) {
    Netlib.dgemm("N", "T", q, q, count, 1.0, rows, from, q, rows, from, q, 0.0, scratch, 0, q);
    int at = 0;
    for (int i = 0; i < q; i++) {
      for (int j = 0; j <= i; j++, at++) {
        Compensated.add(high, low, at, scratch[i * q + j]);
      }
    }
  }

  /**
   * Adds the rows that another accumulator about the same shift has seen.
   *
   * @throws IllegalArgumentException if the numbers of features differ
   */
  public void merge(MomentsAccumulator other) {
    checkFeatures(other.features);
    rows += other.rows;
    for (int at = 0; at < high.length; at++) {
      low[at] += other.low[at];
      Compensated.add(high, low, at, other.high[at]);
    }
  }

  /**
   * Adds frozen moments about the same shift.
   *
   * @throws IllegalArgumentException if the numbers of features differ
   */
  public void add(Moments moments) {
    checkFeatures(moments.features());
    rows += moments.rows();
    for (int at = 0; at < high.length; at++) {
      Compensated.add(high, low, at, moments.packed(at));
    }
  }

  private void checkFeatures(int others) {
    if (others != features) {
      throw new IllegalArgumentException(
          "moments of " + others + " features do not add to " + features);
    }
  }

  /** The sums so far, each rounded once. */
  public Moments moments() {
    double[] sums = new double[high.length];
    Arrays.setAll(sums, at -> high[at] + low[at]);
    return new Moments(features, rows, sums);
  }
}
