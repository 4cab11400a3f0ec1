package io.foldwise.math;

/** Plain loops over tiles of up to eight elements of C, whose sums stay in registers. */
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
      int bStep,
      int m,
      double[] c,
      int cFrom) {
    int i = 0;
    for (; i + 4 <= height; i += 4) {
      int at = aFrom + i * rowStep;
      int cAt = cFrom + i * m;
      int j = 0;
      for (; j + 2 <= m; j += 2) {
        addFourByTwo(a, at, rowStep, depth, depthStep, b, bFrom + j, bStep, c, cAt + j, m);
      }
      if (j < m) {
        addFourByOne(a, at, rowStep, depth, depthStep, b, bFrom + j, bStep, c, cAt + j, m);
      }
    }
    for (; i < height; i++) {
      int at = aFrom + i * rowStep;
      int j = 0;
      for (; j + 4 <= m; j += 4) {
        addOneByFour(a, at, depth, depthStep, b, bFrom + j, bStep, c, cFrom + i * m + j);
      }
      for (; j < m; j++) {
        int cAt = cFrom + i * m + j;
        c[cAt] = dot(a, at, depth, depthStep, b, bFrom + j, bStep, c[cAt]);
      }
    }
  }

  private static void addFourByTwo(
      double[] a,
      int aFrom,
      int rowStep,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int bStep,
      double[] c,
      int cFrom,
      int m) {
    double sum00 = c[cFrom];
    double sum01 = c[cFrom + 1];
    double sum10 = c[cFrom + m];
    double sum11 = c[cFrom + m + 1];
    double sum20 = c[cFrom + 2 * m];
    double sum21 = c[cFrom + 2 * m + 1];
    double sum30 = c[cFrom + 3 * m];
    double sum31 = c[cFrom + 3 * m + 1];
    int at = aFrom;
    int row = bFrom;
    for (int k = 0; k < depth; k++) {
      double b0 = b[row];
      double b1 = b[row + 1];
      sum00 = MultiplyAdd.of(a[at], b0, sum00);
      sum01 = MultiplyAdd.of(a[at], b1, sum01);
      sum10 = MultiplyAdd.of(a[at + rowStep], b0, sum10);
      sum11 = MultiplyAdd.of(a[at + rowStep], b1, sum11);
      sum20 = MultiplyAdd.of(a[at + 2 * rowStep], b0, sum20);
      sum21 = MultiplyAdd.of(a[at + 2 * rowStep], b1, sum21);
      sum30 = MultiplyAdd.of(a[at + 3 * rowStep], b0, sum30);
      sum31 = MultiplyAdd.of(a[at + 3 * rowStep], b1, sum31);
      at += depthStep;
      row += bStep;
    }
    c[cFrom] = sum00;
    c[cFrom + 1] = sum01;
    c[cFrom + m] = sum10;
    c[cFrom + m + 1] = sum11;
    c[cFrom + 2 * m] = sum20;
    c[cFrom + 2 * m + 1] = sum21;
    c[cFrom + 3 * m] = sum30;
    c[cFrom + 3 * m + 1] = sum31;
  }

  private static void addFourByOne(
      double[] a,
      int aFrom,
      int rowStep,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int bStep,
      double[] c,
      int cFrom,
      int m) {
    double sum0 = c[cFrom];
    double sum1 = c[cFrom + m];
    double sum2 = c[cFrom + 2 * m];
    double sum3 = c[cFrom + 3 * m];
    int at = aFrom;
    int row = bFrom;
    for (int k = 0; k < depth; k++) {
      double b0 = b[row];
      sum0 = MultiplyAdd.of(a[at], b0, sum0);
      sum1 = MultiplyAdd.of(a[at + rowStep], b0, sum1);
      sum2 = MultiplyAdd.of(a[at + 2 * rowStep], b0, sum2);
      sum3 = MultiplyAdd.of(a[at + 3 * rowStep], b0, sum3);
      at += depthStep;
      row += bStep;
    }
    c[cFrom] = sum0;
    c[cFrom + m] = sum1;
    c[cFrom + 2 * m] = sum2;
    c[cFrom + 3 * m] = sum3;
  }

  private static void addOneByFour(
      double[] a,
      int aFrom,
      int depth,
      int depthStep,
      double[] b,
      int bFrom,
      int bStep,
      double[] c,
      int cFrom) {
    double sum0 = c[cFrom];
    double sum1 = c[cFrom + 1];
    double sum2 = c[cFrom + 2];
    double sum3 = c[cFrom + 3];
    int at = aFrom;
    int row = bFrom;
    for (int k = 0; k < depth; k++) {
      double a0 = a[at];
      sum0 = MultiplyAdd.of(a0, b[row], sum0);
      sum1 = MultiplyAdd.of(a0, b[row + 1], sum1);
      sum2 = MultiplyAdd.of(a0, b[row + 2], sum2);
      sum3 = MultiplyAdd.of(a0, b[row + 3], sum3);
      at += depthStep;
      row += bStep;
    }
    c[cFrom] = sum0;
    c[cFrom + 1] = sum1;
    c[cFrom + 2] = sum2;
    c[cFrom + 3] = sum3;
  }

  private static double dot(
      double[] a, int aFrom, int depth, int depthStep, double[] b, int bFrom, int bStep, double c) {
    double sum = c;
    int at = aFrom;
    int row = bFrom;
    for (int k = 0; k < depth; k++) {
      sum = MultiplyAdd.of(a[at], b[row], sum);
      at += depthStep;
      row += bStep;
    }
    return sum;
  }
}
