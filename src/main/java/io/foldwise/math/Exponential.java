package io.foldwise.math;

/**
 * eˣ and what logistic loss makes of it, over arrays and in place: vectorised where {@code
 * jdk.incubator.vector} is present, without garbage, and the same bits either way.
 *
 * <p>NaN gives NaN, infinities give the limits, results below the least normal number underflow
 * gradually. No numbers (count 0) are no error; indices beyond the array are an {@link
 * IndexOutOfBoundsException}.
 */
public final class Exponential {
  /** A plain loop takes about as long for a number as for so many multiplications. */
  private static final long MULTIPLICATIONS = 16;

  private Exponential() {}

  /** x ← eˣ over x[from] … x[from + count − 1]; the error is below 1 ulp. */
  public static void exp(double[] x, int from, int count) {
    map(ExponentialFunction.EXP, x, from, count);
  }

  /** z ← σ(z) = 1/(1 + e⁻ᶻ) over z[from] … z[from + count − 1]; the error is below 2.5 ulp. */
  public static void sigmoid(double[] z, int from, int count) {
    map(ExponentialFunction.SIGMOID, z, from, count);
  }

  /**
   * z ← log(1 + eᶻ) over z[from] … z[from + count − 1]; the error is below 3 ulp, where the result
   * is tiny too.
   */
  public static void softplus(double[] z, int from, int count) {
    map(ExponentialFunction.SOFTPLUS, z, from, count);
  }

  private static void map(ExponentialFunction f, double[] x, int from, int count) {
    Lanes.exponential(MULTIPLICATIONS * count).map(f, x, from, count);
  }
}
