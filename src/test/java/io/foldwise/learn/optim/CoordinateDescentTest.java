package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CoordinateDescentTest {
  private static final int D = 5;

  /** Powers of one number, as nearly collinear as a course's first lasso is. */
  private static double[][] powers() {
    Random random = new Random(3);
    double[][] x = new double[40][D];
    for (double[] row : x) {
      double at = random.nextDouble();
      for (int j = 0; j < D; j++) {
        row[j] = Math.pow(at, j + 1);
      }
    }
    return x;
  }

  private static double[] gram(double[][] x) {
    double[] gram = new double[D * D];
    for (double[] row : x) {
      for (int i = 0; i < D; i++) {
        for (int j = 0; j < D; j++) {
          gram[i * D + j] += row[i] * row[j] / x.length;
        }
      }
    }
    return gram;
  }

  private static double[] linear(double[][] x) {
    Random random = new Random(4);
    double[] linear = new double[D];
    for (double[] row : x) {
      double y = Math.sin(6 * row[0]) + 0.1 * random.nextGaussian();
      for (int j = 0; j < D; j++) {
        linear[j] += row[j] * y / x.length;
      }
    }
    return linear;
  }

  private static double objective(double[] w, double[] gram, double[] linear, double l1) {
    double sum = 0;
    for (int i = 0; i < D; i++) {
      sum += l1 * Math.abs(w[i]) - 2 * linear[i] * w[i];
      for (int j = 0; j < D; j++) {
        sum += w[i] * gram[i * D + j] * w[j];
      }
    }
    return sum;
  }

  /**
   * The least over all choices of signs, negative, zero and positive: a convex problem's optimum is
   * the stationary point of one of them, found by Gaussian elimination.
   */
  private static double[] byEnumeration(double[] gram, double[] linear, double l1) {
    double[] best = new double[D];
    for (int code = 0; code < Math.pow(3, D); code++) {
      int[] signs = new int[D];
      for (int i = 0, rest = code; i < D; i++, rest /= 3) {
        signs[i] = rest % 3 - 1;
      }
      double[] w = stationary(gram, linear, l1, signs);
      if (objective(w, gram, linear, l1) < objective(best, gram, linear, l1)) {
        best = w;
      }
    }
    return best;
  }

  private static double[] stationary(double[] gram, double[] linear, double l1, int[] signs) {
    double[][] a = new double[D][D + 1];
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        a[i][j] = signs[i] == 0 || signs[j] == 0 ? (i == j ? 1 : 0) : gram[i * D + j];
      }
      a[i][D] = signs[i] == 0 ? 0 : linear[i] - l1 / 2 * signs[i];
    }
    for (int k = 0; k < D; k++) {
      for (int i = 0; i < D; i++) {
        double factor = i == k ? 0 : a[i][k] / a[k][k];
        for (int j = k; j <= D; j++) {
          a[i][j] -= factor * a[k][j];
        }
      }
    }
    double[] w = new double[D];
    for (int i = 0; i < D; i++) {
      w[i] = a[i][D] / a[i][i];
    }
    return w;
  }

  @Test
  void nearlyCollinearColumnsEndAtTheOptimumOverAllSigns() {
    double[] gram = gram(powers());
    double[] linear = linear(powers());
    for (double l1 : new double[] {0.1, 1e-2, 1e-3, 1e-4, 1e-5}) {
      double[] w = new double[D];
      double[] residual = linear.clone();
      assertTrue(new CoordinateDescent(gram, D, 0).run(w, residual, new Penalty(l1, 0)));
      double[] best = byEnumeration(gram, linear, l1);
      double least = objective(best, gram, linear, l1);
      assertEquals(least, objective(w, gram, linear, l1), 1e-12 * Math.abs(least));
      for (int j = 0; j < D; j++) {
        assertEquals(best[j], w[j], 1e-5 * Math.max(1, Math.abs(best[j])), "l1 " + l1);
      }
    }
  }

  @Test
  void theResidualIsKept() {
    double[] gram = gram(powers());
    double[] linear = linear(powers());
    double[] w = new double[D];
    double[] residual = linear.clone();
    new CoordinateDescent(gram, D, 1).run(w, residual, new Penalty(1e-4, 1e-3));
    double[] expected = linear.clone();
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        expected[i] -= gram[i * D + j] * w[j];
      }
    }
    assertArrayEquals(expected, residual, 1e-12);
  }
}
