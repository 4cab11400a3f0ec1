package io.foldwise.math;

public final class DenseRows implements RowMatrix {
  private final double[] values;
  private final int columns;

  public DenseRows(double[] values, int columns) {
    this.values = values;
    this.columns = columns;
  }

  double[] values() {
    return values;
  }

  @Override
  public int rows() {
    return values.length / columns;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void timesInto(int from, int count, int p, double[] b, int m, double[] z) {
    Netlib.BLAS.dgemm(
        "N", "N", m, count, p, 1.0, b, 0, m, values, from * columns, columns, 0.0, z, 0, m);
  }

  @Override
  public void addTransposedTimes(int from, int count, int p, double[] r, int m, double[] g) {
    Netlib.BLAS.dgemm(
        "N", "T", m, p, count, 1.0, r, 0, m, values, from * columns, columns, 1.0, g, 0, m);
  }
}
