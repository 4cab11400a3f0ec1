package io.foldwise.math;

/** Rows that lie one after the other, every number stored. */
public final class DenseRows implements RowMatrix {
  /** The rows of a block of A in {@link BlockProduct}: its part of C stays in the first cache. */
  static final int HEIGHT = 32;

  /** The columns of a block of A: 128 × 16 numbers of B stay in the first cache. */
  private static final int DEPTH = 128;

  private final int rows;
  private final int columns;
  private final double[] values;

  /**
   * Takes over an array.
   *
   * @param columns at least 1
   * @param values row-major, n × columns; column 0 holds ones, which is not checked
   * @throws IllegalArgumentException if the array is no whole number of rows
   */
  public DenseRows(int columns, double[] values) {
    if (columns < 1) {
      throw new IllegalArgumentException(
          "'columns' (" + columns + ") must be >= 1: column 0 is the constant");
    }
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "'values' (" + values.length + " numbers) must be whole rows of " + columns);
    }
    this.rows = values.length / columns;
    this.columns = columns;
    this.values = values;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** The numbers of X, row-major, n × columns; shared. */
  double[] values() {
    return values;
  }

  /** X(row, column). */
  double value(int row, int column) {
    return values[row * columns + column];
  }

  @Override
  public void timesInto(int from, int count, int p, double[] b, int m, double[] z) {
    if (m == 1) {
      scoresInto(from, count, p, b, z);
      return;
    }
    BlockProduct product = Lanes.product((long) count * p * m);
    for (int row = 0; row < count; row += HEIGHT) {
      int height = Math.min(HEIGHT, count - row);
      for (int i = row; i < row + height; i++) {
        System.arraycopy(b, 0, z, i * m, m);
      }
      for (int k = 1; k < p; k += DEPTH) {
        int depth = Math.min(DEPTH, p - k);
        int at = (from + row) * columns + k;
        product.add(values, at, height, columns, depth, 1, b, k * m, m, m, z, row * m);
      }
    }
  }

  @Override
  public void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g) {
    if (m == 1) {
      addGradient(from, count, p, r, g);
      return;
    }
    BlockProduct product = Lanes.product((long) count * p * m);
    for (int row = 0; row < count; row += DEPTH) {
      int depth = Math.min(DEPTH, count - row);
      for (int j = 0; j < p; j += HEIGHT) {
        int height = Math.min(HEIGHT, p - j);
        int at = (from + row) * columns + j;
        product.add(values, at, height, 1, depth, columns, r, row * m, m, m, g, j * m);
      }
    }
  }

  @Override
  public void scaledInto(
      int from, int count, int p, double[] factors, int stride, int offset, double[] s) {
    for (int i = 0, at = 0; i < count; i++) {
      double factor = factors[i * stride + offset];
      int row = (from + i) * columns;
      for (int j = 0; j < p; j++, at++) {
        s[at] = factor * values[row + j];
      }
    }
  }

  /** The scores of one trial; four sums side by side hide the latency of a multiply-add. */
  private void scoresInto(int from, int count, int p, double[] b, double[] z) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      int row0 = (from + i) * columns;
      int row1 = row0 + columns;
      int row2 = row1 + columns;
      int row3 = row2 + columns;
      double sum0 = b[0];
      double sum1 = sum0;
      double sum2 = sum0;
      double sum3 = sum0;
      for (int k = 1; k < p; k++) {
        sum0 = MultiplyAdd.of(values[row0 + k], b[k], sum0);
        sum1 = MultiplyAdd.of(values[row1 + k], b[k], sum1);
        sum2 = MultiplyAdd.of(values[row2 + k], b[k], sum2);
        sum3 = MultiplyAdd.of(values[row3 + k], b[k], sum3);
      }
      z[i] = sum0;
      z[i + 1] = sum1;
      z[i + 2] = sum2;
      z[i + 3] = sum3;
    }
    for (; i < count; i++) {
      int row = (from + i) * columns;
      double sum = b[0];
      for (int k = 1; k < p; k++) {
        sum = MultiplyAdd.of(values[row + k], b[k], sum);
      }
      z[i] = sum;
    }
  }

  /**
   * The gradient of one trial, gᵀ += rᵀ·X, with features side by side where trials are otherwise.
   */
  private void addGradient(int from, int count, int p, double[] r, double[] g) {
    BlockProduct product = Lanes.product((long) count * p);
    for (int row = 0; row < count; row += DEPTH) {
      int depth = Math.min(DEPTH, count - row);
      int at = (from + row) * columns;
      product.add(r, row, 1, 0, depth, 1, values, at, columns, p, g, 0);
    }
  }
}
