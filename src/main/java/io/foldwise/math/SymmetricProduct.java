package io.foldwise.math;

/** Products of a symmetric matrix with the columns of another. */
public final class SymmetricProduct {
  private SymmetricProduct() {}

  /**
   * out = A·W − c for each column of W.
   *
   * @param matrix A, d × d, symmetric, full
   * @param offset c, d long
   * @param w W, d × m, column after column
   * @param out d × m, column after column; overwritten
   */
  public static void multiplyInto(
      double[] matrix, double[] offset, double[] w, int d, int m, double[] out) {
    if (m == 1) {
      multiplyOneInto(matrix, offset, w, d, out);
      return;
    }
    for (int column = 0; column < m; column++) {
      System.arraycopy(offset, 0, out, column * d, d);
    }
    Netlib.dgemm("N", "N", d, m, d, 1.0, matrix, 0, d, w, 0, d, -1.0, out, 0, d);
  }

  /**
   * The product with one column by plain loops, which make no calls in a run of a million steps.
   */
  private static void multiplyOneInto(
      double[] matrix, double[] offset, double[] w, int d, double[] out) {
    for (int i = 0; i < d; i++) {
      double even = -offset[i];
      double odd = 0;
      int row = i * d;
      int j = 0;
      for (; j + 1 < d; j += 2) {
        even += matrix[row + j] * w[j];
        odd += matrix[row + j + 1] * w[j + 1];
      }
      if (j < d) {
        even += matrix[row + j] * w[j];
      }
      out[i] = even + odd;
    }
  }
}
