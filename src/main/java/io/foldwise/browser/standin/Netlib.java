package io.foldwise.browser.standin;

import org.netlib.blas.Dgemm;
import org.netlib.lapack.Dpotrf;
import org.netlib.lapack.Dpotrs;
import org.netlib.lapack.Dsyev;
import org.netlib.util.intW;

/** BLAS and LAPACK without vectors: f2j's translation of the reference ones. */
final class Netlib {
  private Netlib() {}

  static void dgemm(
      String transA,
      String transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int fromA,
      int lda,
      double[] b,
      int fromB,
      int ldb,
      double beta,
      double[] c,
      int fromC,
      int ldc) {
    Dgemm.dgemm(transA, transB, m, n, k, alpha, a, fromA, lda, b, fromB, ldb, beta, c, fromC, ldc);
  }

  static void dpotrf(String uplo, int n, double[] a, int lda, intW info) {
    Dpotrf.dpotrf(uplo, n, a, 0, lda, info);
  }

  static void dpotrs(String uplo, int n, int nrhs, double[] a, int lda, double[] b, intW info) {
    Dpotrs.dpotrs(uplo, n, nrhs, a, 0, lda, b, 0, n, info);
  }

  static void dsyev(
      String jobz, String uplo, int n, double[] a, double[] w, double[] work, intW info) {
    Dsyev.dsyev(jobz, uplo, n, a, 0, n, w, 0, work, 0, work.length, info);
  }
}
