package io.foldwise.math;

/** Plain loops over tiles of 4 × 2 elements of C, whose sums stay in registers. */
final class ScalarProduct implements BlockProduct {

  @Override
  public void add(
      double[] a,
      int aFrom,
      int height,
      int rowStep,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int m,
      double[] c,
      int cFrom) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < m; j++) {
        double sum = c[cFrom + i * m + j];
        for (int k = 0; k < depth; k++) {
          sum = Math.fma(a[aFrom + i * rowStep + k * depthStep], b[bFrom + k * m + j], sum);
        }
        c[cFrom + i * m + j] = sum;
      }
    }
  }
}
