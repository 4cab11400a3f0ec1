package io.foldwise.oracle;

/** Eigenvalues of a small symmetric matrix by rotations (Jacobi 1846). */
final class Jacobi {
  private Jacobi() {}

  static double largestEigenvalue(double[][] symmetric) {
    int d = symmetric.length;
    double[][] a = new double[d][];
    for (int i = 0; i < d; i++) {
      a[i] = symmetric[i].clone();
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < d; p++) {
        for (int q = p + 1; q < d; q++) {
          rotate(a, p, q);
        }
      }
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < d; i++) {
      largest = Math.max(largest, a[i][i]);
    }
    return largest;
  }

  private static void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    for (int i = 0; i < a.length; i++) {
      double left = a[i][p];
      double right = a[i][q];
      a[i][p] = c * left - s * right;
      a[i][q] = s * left + c * right;
    }
    for (int i = 0; i < a.length; i++) {
      double upper = a[p][i];
      double lower = a[q][i];
      a[p][i] = c * upper - s * lower;
      a[q][i] = s * upper + c * lower;
    }
    a[p][q] = 0;
    a[q][p] = 0;
  }
}
