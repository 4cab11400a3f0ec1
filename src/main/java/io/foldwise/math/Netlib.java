package io.foldwise.math;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import org.netlib.util.intW;

/**
 * The one choice of BLAS and LAPACK: netlib's Java ones, vectorised where the module {@code
 * jdk.incubator.vector} is present. At the small shapes of moments they outrun a call through JNI,
 * and the same bits come out on every machine of a cluster. The arguments are netlib's.
 */
final class Netlib {
  private static final JavaBLAS BLAS = JavaBLAS.getInstance();
  private static final JavaLAPACK LAPACK = JavaLAPACK.getInstance();

  static {
    // DLAMCH fills its static constants on its first call, unguarded: a thread that comes second
    // may read zeros and scale without end. Class initialisation makes that call alone.
    LAPACK.dlamch("E");
  }

  private Netlib() {}

  /** C = α·A·B + β·C. */
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
    BLAS.dgemm(transA, transB, m, n, k, alpha, a, fromA, lda, b, fromB, ldb, beta, c, fromC, ldc);
  }

  /** The Cholesky factor of A. */
  static void dpotrf(String uplo, int n, double[] a, int lda, intW info) {
    LAPACK.dpotrf(uplo, n, a, lda, info);
  }

  /** The solution of A·X = B by the Cholesky factor of A. */
  static void dpotrs(String uplo, int n, int nrhs, double[] a, int lda, double[] b, intW info) {
    LAPACK.dpotrs(uplo, n, nrhs, a, lda, b, n, info);
  }

  /** The eigenvalues, and eigenvectors if asked for, of a symmetric A. */
  static void dsyev(
      String jobz, String uplo, int n, double[] a, double[] w, double[] work, intW info) {
    LAPACK.dsyev(jobz, uplo, n, a, n, w, work, work.length, info);
  }
}
