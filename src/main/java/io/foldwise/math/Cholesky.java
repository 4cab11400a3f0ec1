package io.foldwise.math;

import org.netlib.util.intW;

/** Symmetric positive definite systems, by LAPACK's {@code dpotrf} and {@code dpotrs}. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * Solves A x = b.
   *
   * @param matrix A, d × d, symmetric; overwritten by its factor
   * @param b overwritten by x
   * @return whether A is positive definite to working precision; if it is not, b is left as it is
   */
  public static boolean solve(double[] matrix, int d, double[] b) {
    if (d == 0) {
      return true;
    }
    intW info = new intW(0);
    Netlib.dpotrf("L", d, matrix, d, info);
    if (info.val != 0) {
      return false;
    }
    Netlib.dpotrs("L", d, 1, matrix, d, b, info);
    return true;
  }
}
