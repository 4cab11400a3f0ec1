package io.foldwise.math;

/** Plain loops over the columns of B, G, z or r, one trial at a time. */
final class ScalarRowProduct implements RowProduct {

  @Override
  public void add(
      double[] values, int[] indices, int from, int to, double[] b, int m, double[] z, int zFrom) {
    for (int j = 0; j < m; j++) {
      double sum = z[zFrom + j];
      for (int at = from; at < to; at++) {
        sum = MultiplyAdd.of(values[at], b[indices[at] * m + j], sum);
      }
      z[zFrom + j] = sum;
    }
  }

  @Override
  public void addOuter(
      double[] values, int[] indices, int from, int to, double[] r, int rFrom, int m, double[] g) {
    for (int j = 0; j < m; j++) {
      double factor = r[rFrom + j];
      for (int at = from; at < to; at++) {
        int target = indices[at] * m + j;
        g[target] = MultiplyAdd.of(values[at], factor, g[target]);
      }
    }
  }
}
