package io.foldwise.benchmark;

import io.foldwise.math.Exponential;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * eˣ, σ and log(1 + eˣ) over an array, ours and by {@link Math}; the copying of the arguments is in
 * both. Open to JMH, which derives classes from it.
 */
@State(Scope.Thread)
public class ExponentialBenchmark {
  static final int NUMBERS = 4096;

  /** Calls; more than 10⁹ multiplications. */
  private static final int YOUTH = 20_000;

  private final double[] arguments = new Random(1).doubles(NUMBERS, -20, 20).toArray();
  private final double[] x = new double[NUMBERS];

  /** Passes the plain loops that a young process begins with. */
  @Setup
  public void grow() {
    for (int i = 0; i < YOUTH; i++) {
      exp();
    }
  }

  /** Ours. */
  @Benchmark
  public double[] exp() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    Exponential.exp(x, 0, NUMBERS);
    return x;
  }

  /** The peer. */
  @Benchmark
  public double[] expByMath() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    for (int i = 0; i < NUMBERS; i++) {
      x[i] = Math.exp(x[i]);
    }
    return x;
  }

  /** Ours. */
  @Benchmark
  public double[] sigmoid() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    Exponential.sigmoid(x, 0, NUMBERS);
    return x;
  }

  /** The peer. */
  @Benchmark
  public double[] sigmoidByMath() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    for (int i = 0; i < NUMBERS; i++) {
      x[i] = 1 / (1 + Math.exp(-x[i]));
    }
    return x;
  }

  /** Ours. */
  @Benchmark
  public double[] softplus() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    Exponential.softplus(x, 0, NUMBERS);
    return x;
  }

  /** The peer. */
  @Benchmark
  public double[] softplusByMath() {
    System.arraycopy(arguments, 0, x, 0, NUMBERS);
    for (int i = 0; i < NUMBERS; i++) {
      x[i] = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
    }
    return x;
  }
}
