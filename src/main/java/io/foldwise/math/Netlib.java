package io.foldwise.math;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;

/**
 * The one choice of BLAS and LAPACK: netlib's Java ones, vectorised where the module {@code
 * jdk.incubator.vector} is present. At the small shapes of moments they outrun a call through JNI,
 * and the same bits come out on every machine of a cluster.
 */
final class Netlib {
  static final JavaBLAS BLAS = JavaBLAS.getInstance();
  static final JavaLAPACK LAPACK = JavaLAPACK.getInstance();

  static {
    // DLAMCH fills its static constants on its first call, unguarded: a thread that comes second
    // may read zeros and scale without end. Class initialisation makes that call alone.
    LAPACK.dlamch("E");
  }

  private Netlib() {}
}
