package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Once compiled, kernels allocate nothing: a vector that does leave its register is an object, and
 * its loop ten times slower.
 */
@Tag("compiled")
final class KernelGarbageTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int[] TRIALS = {1, 2, 5, 8, 12, 30, 60};

  /** Far more than the compiler takes; a kernel is given up after that. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final int ROUND = 300;
  private static final int NETLIB_CALLS = 200_000;

  private final Random random = new Random(1);
  private final DenseRows dense = new DenseRows(21, Sample.rows(random, 100, 21, 0.5));

  /** As in a session where MLlib has trained: its vectors are of netlib's loops. */
  @BeforeAll
  static void netlibsVectorLoopsHadTheirTurn() {
    JavaBLAS blas = JavaBLAS.getInstance();
    assertEquals("VectorBLAS", blas.getClass().getSimpleName());
    int n = 64;
    double[] x = Sample.numbers(new Random(2), n);
    double[] y = Sample.numbers(new Random(3), n);
    double[] matrix = Sample.numbers(new Random(4), n * n);
    double sum = 0;
    for (int call = 0; call < NETLIB_CALLS; call++) {
      sum += blas.ddot(n, x, 1, y, 1);
      blas.daxpy(n, 1e-9, x, 1, y, 1);
      blas.dscal(n, 1 - 1e-9, y, 1);
      blas.dgemv("T", n, n, 1e-9, matrix, n, x, 1, 0.999, y, 1);
    }
    assertTrue(Double.isFinite(sum));
  }

  @BeforeAll
  static void theVectorLoopsHaveTheirTurn() {
    long work = 2_000_000_000;
    Lanes.product(work);
    assertEquals(VectorProduct.class, Lanes.product(work).getClass());
    assertEquals(VectorRowProduct.class, Lanes.rowProduct(work).getClass());
    assertEquals(VectorExponential.class, Lanes.exponential(work).getClass());
  }

  @Test
  void denseProductsAllocateNothing() {
    checkProducts(dense);
  }

  @Test
  void sparseProductsAllocateNothing() {
    checkProducts(Sample.sparse(dense));
  }

  @Test
  void exponentialsAllocateNothing() {
    double[] x = Sample.numbers(random, 1003);
    check("exp", () -> Exponential.exp(x, 0, x.length));
    check("sigmoid", () -> Exponential.sigmoid(x, 0, x.length));
    check("softplus", () -> Exponential.softplus(x, 0, x.length));
  }

  private void checkProducts(RowMatrix rows) {
    for (int m : TRIALS) {
      double[] b = Sample.numbers(random, 21 * m);
      double[] z = Sample.numbers(random, 100 * m);
      double[] g = new double[21 * m];
      check("Z at m = " + m, () -> rows.timesInto(0, 100, 21, b, m, z));
      check("G at m = " + m, () -> rows.addTransposedTimes(0, 100, 21, z, m, g));
    }
  }

  private static void check(String what, Runnable kernel) {
    long start = System.nanoTime();
    long bytes;
    do {
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < ROUND; i++) {
        kernel.run();
      }
      bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    } while (bytes > ROUND && System.nanoTime() - start < PATIENCE_NANOS);
    assertTrue(bytes <= ROUND, what + ": " + bytes / ROUND + " bytes a call");
  }
}
