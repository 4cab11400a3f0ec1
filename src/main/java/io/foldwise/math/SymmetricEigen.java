package io.foldwise.math;

import org.netlib.util.intW;

/**
 * Eigenvalues λ (ascending) and orthonormal eigenvectors V of a symmetric d × d matrix A = V
 * diag(λ) Vᵀ, by LAPACK's {@code dsyev}.
 */
public final class SymmetricEigen {
  private final int d;
  private final double[] values;
  private final double[] vectors;

  private SymmetricEigen(int d, double[] values, double[] vectors) {
    this.d = d;
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix d × d, symmetric, finite (NaN may come out as any number); left as it is
   * @throws ArithmeticException if the iteration does not converge
   */
  public static SymmetricEigen of(double[] matrix, int d) {
    double[] vectors = matrix.clone();
    double[] values = new double[d];
    decompose("V", vectors, values, d);
    return new SymmetricEigen(d, values, vectors);
  }

  /** The largest eigenvalue of a symmetric d × d matrix, which is left as it is. */
  public static double largest(double[] matrix, int d) {
    double[] values = new double[d];
    decompose("N", matrix.clone(), values, d);
    return values[d - 1];
  }

  /**
   * Whether no eigenvalue is above a bound, to working precision: whether bound·I − A has a
   * Cholesky factor, by LAPACK's {@code dpotrf}, at a fraction of what eigenvalues cost.
   *
   * @param matrix A, d × d, symmetric, finite; left as it is
   */
  public static boolean isBelow(double bound, double[] matrix, int d) {
    double[] rest = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      rest[i] = -matrix[i];
    }
    for (int i = 0; i < d; i++) {
      rest[i * d + i] += bound;
    }
    intW info = new intW(0);
    Netlib.dpotrf("L", d, rest, Math.max(1, d), info);
    return info.val == 0;
  }

  private static void decompose(String job, double[] matrix, double[] values, int d) {
    if (d == 0) {
      return;
    }
    intW info = new intW(0);
    double[] work = new double[Math.max(1, 34 * d)];
    Netlib.dsyev(job, "L", d, matrix, values, work, info);
    if (info.val != 0) {
      throw new ArithmeticException("no eigenvalues: dsyev returned " + info.val);
    }
  }

  /** Whether an eigenvalue is zero to working precision. */
  public boolean isSingular() {
    return d > 0 && values[0] <= cutoff(0);
  }

  /** Each column's largest absolute entry in the eigenvectors whose eigenvalue is zero. */
  public double[] nullSpace() {
    double[] largest = new double[d];
    for (int k = 0; k < d && values[k] <= cutoff(0); k++) {
      for (int i = 0; i < d; i++) {
        largest[i] = Math.max(largest[i], Math.abs(vectors[k * d + i]));
      }
    }
    return largest;
  }

  private double cutoff(double ridge) {
    return d * Math.ulp(1.0) * (Math.abs(values[d - 1]) + ridge);
  }

  /**
   * The solution x of (A + ridge·I) x = b, of minimum norm where that is singular to working
   * precision: V diag(f(λ)) Vᵀ b with f(λ) = 1/(λ + ridge), or 0. Refined twice with residuals in
   * twice the working precision.
   *
   * @param matrix A itself, d × d
   */
  public double[] solve(double[] matrix, double[] b, double ridge) {
    double[] x = new double[d];
    double[] residual = b.clone();
    for (int round = 0; round < 3; round++) {
      addSolution(residual, ridge, x);
      for (int i = 0; i < d; i++) {
        residual[i] = Compensated.residual(matrix, i * d, x, ridge, i, b[i]);
      }
    }
    return x;
  }

  private void addSolution(double[] b, double ridge, double[] x) {
    for (int k = 0; k < d; k++) {
      double denominator = values[k] + ridge;
      if (denominator > cutoff(ridge)) {
        double projection = 0;
        for (int i = 0; i < d; i++) {
          projection += vectors[k * d + i] * b[i];
        }
        for (int i = 0; i < d; i++) {
          x[i] += projection / denominator * vectors[k * d + i];
        }
      }
    }
  }
}
