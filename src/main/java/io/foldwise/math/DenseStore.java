package io.foldwise.math;

import java.util.Arrays;

/** Dense rows, each p numbers of which the first is 1. */
public final class DenseStore implements RowStore {
  private static final int FIRST_ROWS = 64;

  private final int p;
  private double[] values;
  private int rows;

  /**
   * @param p the length of a row, which counts the 1
   */
  public DenseStore(int p) {
    this.p = p;
    this.values = new double[FIRST_ROWS * p];
  }

  /**
   * Starts a row.
   *
   * @return where its numbers after the 1 are to be written in {@link #values}, p − 1 of them
   */
  public int begin() {
    reserve(1);
    int from = rows++ * p;
    values[from] = 1;
    return from + 1;
  }

  /** The array that {@link #begin} points into; the next call may replace it. */
  public double[] values() {
    return values;
  }

  private void reserve(int more) {
    long needed = (long) (rows + more) * p;
    if (needed > values.length) {
      long doubled = Math.min(2L * values.length, Integer.MAX_VALUE - 8);
      values = Arrays.copyOf(values, Math.toIntExact(Math.max(needed, doubled)));
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return 8L * rows * p;
  }

  @Override
  public void append(RowMatrix matrix) {
    reserve(matrix.rows());
    DenseRows dense = (DenseRows) matrix;
    System.arraycopy(dense.values(), 0, values, rows * p, matrix.rows() * p);
    rows += matrix.rows();
  }

  @Override
  public RowMatrix gather(int[] order, int from, int to) {
    double[] gathered = new double[(to - from) * p];
    for (int row = from; row < to; row++) {
      System.arraycopy(values, order[row] * p, gathered, (row - from) * p, p);
    }
    return new DenseRows(p, gathered);
  }
}
