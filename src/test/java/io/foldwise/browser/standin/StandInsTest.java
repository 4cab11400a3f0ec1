package io.foldwise.browser.standin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.math.SymmetricEigen;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.netlib.util.intW;

/** What stands in the page in place of something else does what that does. */
final class StandInsTest {
  private static final Random RANDOM = new Random(11);

  @Test
  void drawsAreThoseOfJavasSplittableRandom() {
    for (int bound : new int[] {1, 2, 3, 7, 8, 1000, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE}) {
      for (long seed : new long[] {0, 1, 42, -7, Long.MIN_VALUE, RANDOM.nextLong()}) {
        SplittableRandom ours = new SplittableRandom(seed);
        java.util.SplittableRandom javas = new java.util.SplittableRandom(seed);
        for (int draw = 0; draw < 200; draw++) {
          assertEquals(javas.nextInt(bound), ours.nextInt(bound), bound + " from " + seed);
        }
      }
    }
  }

  /** Math.fma rounds once, so that the error of a product is exact by it. */
  @Test
  void theErrorOfAProductIsThatOfFusedMultiplyAdd() {
    for (int draw = 0; draw < 100_000; draw++) {
      double a = RANDOM.nextGaussian() * Math.scalb(1.0, RANDOM.nextInt(200) - 100);
      double b = RANDOM.nextGaussian() * Math.scalb(1.0, RANDOM.nextInt(200) - 100);
      assertEquals(Math.fma(a, b, -(a * b)), ProductError.of(a, b, a * b), a + " times " + b);
    }
  }

  @Test
  void eigenvaluesAreThoseOfTheJvm() {
    for (int d = 1; d <= 40; d++) {
      double[] matrix = positive(d);
      double[] values = new double[d];
      intW info = new intW(-1);
      Netlib.dsyev("N", "L", d, matrix.clone(), values, new double[34 * d], info);
      assertEquals(0, info.val);
      assertEquals(SymmetricEigen.largest(matrix, d), values[d - 1], 1e-12 * values[d - 1]);
    }
  }

  @Test
  void aSystemSolvedByItsFactorsFits() {
    for (int d = 1; d <= 40; d++) {
      double[] matrix = positive(d);
      double[] x = RANDOM.doubles(d).toArray();
      double[] b = new double[d];
      Netlib.dgemm("N", "N", d, 1, d, 1, matrix, 0, d, x, 0, d, 0, b, 0, d);
      for (int i = 0; i < d; i++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += matrix[i * d + j] * x[j];
        }
        assertEquals(sum, b[i], 1e-12 * Math.abs(sum));
      }
      intW info = new intW(-1);
      Netlib.dpotrf("L", d, matrix, d, info);
      assertEquals(0, info.val);
      Netlib.dpotrs("L", d, 1, matrix, d, b, info);
      assertArrayEquals(x, b, 1e-9);
    }
  }

  /** A matrix I + Aᵀ A. */
  private static double[] positive(int d) {
    double[] a = RANDOM.doubles((long) d * d, -1, 1).toArray();
    double[] matrix = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double[] row = Arrays.copyOfRange(a, i * d, (i + 1) * d);
        for (int k = 0; k < d; k++) {
          matrix[i * d + j] += row[k] * a[j * d + k];
        }
      }
      matrix[i * d + i] += 1;
    }
    return matrix;
  }
}
