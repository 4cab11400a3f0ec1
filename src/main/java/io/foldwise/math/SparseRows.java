package io.foldwise.math;

import java.util.Arrays;

/**
 * Rows of which only the numbers other than zero are stored (compressed sparse rows). Column 0, the
 * constant 1, is not stored at all. Both products cost m multiplications a stored number.
 */
public final class SparseRows implements RowMatrix {
  private static final double[] ONE = {1};
  private static final int[] CONSTANT = {0};

  private final int columns;
  private final int[] starts;
  private final int[] indices;
  private final double[] values;

  /**
   * Takes over the arrays.
   *
   * @param columns at least 1
   * @param starts n + 1 long: the numbers of row i stand at starts[i] … starts[i + 1] − 1
   * @param indices their columns, 1 ≤ index &lt; columns, ascending within a row, which is not
   *     checked
   * @param values the numbers
   * @throws IllegalArgumentException if the lengths do not fit each other
   */
  public SparseRows(int columns, int[] starts, int[] indices, double[] values) {
    if (columns < 1) {
      throw new IllegalArgumentException(
          "'columns' (" + columns + ") must be >= 1: column 0 is the constant");
    }
    if (starts.length == 0 || starts[0] != 0) {
      throw new IllegalArgumentException("'starts' must begin with 0, also where no row follows");
    }
    int stored = starts[starts.length - 1];
    if (indices.length < stored || values.length < stored) {
      throw new IllegalArgumentException(
          "'indices' (%d) and 'values' (%d) must hold the %d numbers that 'starts' ends at"
              .formatted(indices.length, values.length, stored));
    }
    this.columns = columns;
    this.starts = starts;
    this.indices = indices;
    this.values = values;
  }

  int[] starts() {
    return starts;
  }

  int[] indices() {
    return indices;
  }

  double[] values() {
    return values;
  }

  @Override
  public int rows() {
    return starts.length - 1;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void timesInto(int from, int count, int p, double[] b, int m, double[] z) {
    RowProduct product = Lanes.rowProduct((long) stored(from, count) * m);
    for (int i = 0; i < count; i++) {
      System.arraycopy(b, 0, z, i * m, m);
      int start = starts[from + i];
      product.add(values, indices, start, end(from + i, p), b, m, z, i * m);
    }
  }

  @Override
  public void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g) {
    RowProduct product = Lanes.rowProduct((long) stored(from, count) * m);
    for (int i = 0; i < count; i++) {
      int start = starts[from + i];
      product.addOuter(ONE, CONSTANT, 0, 1, r, i * m, m, g);
      product.addOuter(values, indices, start, end(from + i, p), r, i * m, m, g);
    }
  }

  @Override
  public void scaledInto(
      int from, int count, int p, double[] factors, int stride, int offset, double[] s) {
    Arrays.fill(s, 0, count * p, 0);
    for (int i = 0; i < count; i++) {
      double factor = factors[i * stride + offset];
      s[i * p] = factor;
      int end = end(from + i, p);
      for (int at = starts[from + i]; at < end; at++) {
        s[i * p + indices[at]] = factor * values[at];
      }
    }
  }

  private int stored(int from, int count) {
    return starts[from + count] - starts[from];
  }

  /** Where the numbers of a row in the leading p columns end. */
  private int end(int row, int p) {
    int end = starts[row + 1];
    while (p < columns && end > starts[row] && indices[end - 1] >= p) {
      end--;
    }
    return end;
  }
}
