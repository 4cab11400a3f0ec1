package io.foldwise.math;

import java.util.Arrays;

/** Sparse rows of p columns; the ones of column 0 are not stored. */
public final class SparseStore implements RowStore {
  private final int p;
  private int[] starts = new int[64];
  private int[] indices = new int[256];
  private double[] values = new double[256];
  private int rows;
  private int entries;

  /**
   * @param p the number of columns, which counts column 0
   */
  public SparseStore(int p) {
    this.p = p;
  }

  /** Adds an entry of the row that {@link #endRow} ends; columns ascend from 1. */
  public void add(int column, double value) {
    reserve(1);
    indices[entries] = column;
    values[entries++] = value;
  }

  /** Ends a row. */
  public void endRow() {
    if (++rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
    }
    starts[rows] = entries;
  }

  private void reserve(int more) {
    if (entries + more > values.length) {
      int length = Math.max(entries + more, 2 * values.length);
      indices = Arrays.copyOf(indices, length);
      values = Arrays.copyOf(values, length);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return 12L * entries + 4L * rows;
  }

  @Override
  public void append(RowMatrix matrix) {
    SparseRows sparse = (SparseRows) matrix;
    int[] ends = sparse.starts();
    int more = ends[sparse.rows()];
    reserve(more);
    System.arraycopy(sparse.indices(), 0, indices, entries, more);
    System.arraycopy(sparse.values(), 0, values, entries, more);
    int before = entries;
    for (int row = 1; row <= sparse.rows(); row++) {
      entries = before + ends[row];
      endRow();
    }
  }

  @Override
  public RowMatrix gather(int[] order, int from, int to) {
    int[] ends = new int[to - from + 1];
    for (int row = from; row < to; row++) {
      ends[row - from + 1] = ends[row - from] + starts[order[row] + 1] - starts[order[row]];
    }
    int[] columns = new int[ends[to - from]];
    double[] cells = new double[columns.length];
    for (int row = from; row < to; row++) {
      int at = ends[row - from];
      int count = ends[row - from + 1] - at;
      System.arraycopy(indices, starts[order[row]], columns, at, count);
      System.arraycopy(values, starts[order[row]], cells, at, count);
    }
    return new SparseRows(p, ends, columns, cells);
  }
}
