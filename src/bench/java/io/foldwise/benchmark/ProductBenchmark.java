package io.foldwise.benchmark;

import dev.ludovic.netlib.blas.JavaBLAS;
import io.foldwise.math.DenseRows;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Z = X·B and G += Xᵀ·R over a panel of rows, ours and as two calls of netlib's {@code dgemm}. Open
 * to JMH, which derives classes from it.
 */
@State(Scope.Thread)
public class ProductBenchmark {
  static final int ROWS = 256;

  /** Multiplications. */
  private static final long YOUTH = 1_100_000_000;

  private static final JavaBLAS NETLIB = JavaBLAS.getInstance();

  /** Columns of X. */
  @Param({"21", "101", "1001"})
  public int p;

  /** Trials. */
  @Param({"1", "5", "30", "60"})
  public int m;

  private double[] x;
  private DenseRows rows;
  private double[] b;
  private double[] z;
  private double[] g;

  /** Makes the matrices. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    x = random.doubles((long) ROWS * p, -1, 1).toArray();
    for (int row = 0; row < ROWS; row++) {
      x[row * p] = 1;
    }
    rows = new DenseRows(p, x);
    b = random.doubles((long) p * m, -1, 1).toArray();
    z = random.doubles((long) ROWS * m, -1, 1).toArray();
    g = new double[p * m];
    // Past the plain loops that a young process begins with.
    for (long work = 0; work < YOUTH; work += (long) ROWS * p * m) {
      gradients();
    }
    Arrays.fill(g, 1);
  }

  /** Z = X·B. */
  @Benchmark
  public double[] scores() {
    rows.timesInto(0, ROWS, p, b, m, z);
    return z;
  }

  /** Zᵀ = Bᵀ·Xᵀ. */
  @Benchmark
  public double[] scoresByNetlib() {
    NETLIB.dgemm("N", "N", m, ROWS, p, 1, b, 0, m, x, 0, p, 0, z, 0, m);
    return z;
  }

  /** G += Xᵀ·R. */
  @Benchmark
  public double[] gradients() {
    rows.addTransposedTimes(0, ROWS, p, z, m, g);
    return g;
  }

  /** Gᵀ += Rᵀ·X. */
  @Benchmark
  public double[] gradientsByNetlib() {
    NETLIB.dgemm("N", "T", m, p, ROWS, 1, z, 0, m, x, 0, p, 1, g, 0, m);
    return g;
  }
}
