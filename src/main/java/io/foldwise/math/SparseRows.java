package io.foldwise.math;

public final class SparseRows implements RowMatrix {
  private final int[] starts;
  private final int[] indices;
  private final double[] values;
  private final int columns;

  public SparseRows(int[] starts, int[] indices, double[] values, int columns) {
    this.starts = starts;
    this.indices = indices;
    this.values = values;
    this.columns = columns;
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
    for (int i = 0; i < count; i++) {
      System.arraycopy(b, 0, z, i * m, m);
      for (int at = starts[from + i]; at < starts[from + i + 1] && indices[at] < p; at++) {
        for (int c = 0; c < m; c++) {
          z[i * m + c] += values[at] * b[indices[at] * m + c];
        }
      }
    }
  }

  @Override
  public void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g) {
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < m; c++) {
        g[c] += r[i * m + c];
      }
      for (int at = starts[from + i]; at < starts[from + i + 1] && indices[at] < p; at++) {
        for (int c = 0; c < m; c++) {
          g[indices[at] * m + c] += values[at] * r[i * m + c];
        }
      }
    }
  }
}
