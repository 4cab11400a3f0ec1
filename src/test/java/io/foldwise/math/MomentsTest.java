package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The mean squared error is good to 1e-9·max(mse, 1e-6·var(y)), whatever the fit and the units. The
 * variance of so few rows as make a fold of one is meant about the shift: by itself it is 0.
 */
final class MomentsTest {
  private static double labelDeviation(Moments moments) {
    return moments.columns().deviation(moments.features());
  }

  private static final int FEATURES = 2;
  private static final int Q = FEATURES + 2;
  private static final double[] TRUTH = {2, -0.5};

  @Test
  void theErrorOfAnyModelIsThatOfTheRows() {
    for (int n : new int[] {1, 2, 3, 17, 1000, 100_000}) {
      for (double noise : new double[] {0, 1e-12, 1e-6, 1e-3, 1, 1e3}) {
        assertError(rows(n, noise, 0), 0.3, TRUTH);
        assertError(rows(n, noise, 0), 0.25, new double[] {2.5, 1});
      }
    }
  }

  @Test
  void anOffsetOfAMillionIsTakenUpByTheShift() {
    for (double noise : new double[] {0, 1e-6, 1}) {
      double[] rows = rows(500, noise, 1e6);
      double[] shift = {rows[1], rows[2], rows[3]};
      double intercept = 0.3 + TRUTH[0] * shift[0] + TRUTH[1] * shift[1] - shift[2];
      assertError(about(rows, shift), intercept, TRUTH);
    }
  }

  @Test
  void aPerfectFitIsNeverNegative() {
    Random random = new Random(7);
    for (int trial = 0; trial < 2000; trial++) {
      int n = 1 + random.nextInt(40);
      double[] rows = new double[n * Q];
      double[] w = {random.nextGaussian(), random.nextGaussian()};
      double b = random.nextGaussian();
      for (int from = 0; from < rows.length; from += Q) {
        rows[from] = 1;
        rows[from + 1] = random.nextGaussian() * 1e3;
        rows[from + 2] = random.nextGaussian() * 1e-3;
        rows[from + 3] = b + w[0] * rows[from + 1] + w[1] * rows[from + 2];
      }
      double error = moments(rows).squaredError(b, w);
      assertTrue(error >= 0, "squared error " + error);
      assertError(rows, b, w);
    }
  }

  @Test
  void labelDeviationIsTheSumOfSquaresAboutTheMean() {
    double[] rows = {1, 0, 0, 3, 1, 0, 0, 5, 1, 0, 0, 10};
    assertEquals(26.0, labelDeviation(moments(rows)), 1e-14);
    assertEquals(0.0, labelDeviation(moments(new double[] {1, 4, 4, 4})), 0.0);
    assertEquals(0.0, labelDeviation(Moments.empty(FEATURES)), 0.0);
  }

  @Test
  void aLabelThatDoesNotVaryHasNoDeviationWhateverTheShift() {
    Random random = new Random(11);
    for (int trial = 0; trial < 1000; trial++) {
      int n = 2 + random.nextInt(20);
      double label = random.nextGaussian();
      double[] rows = new double[n * Q];
      for (int from = 0; from < rows.length; from += Q) {
        rows[from] = 1;
        rows[from + 3] = label;
      }
      assertEquals(0.0, labelDeviation(moments(rows)), 0.0, n + " labels of " + label);
    }
  }

  @Test
  void leadingFeaturesKeepTheLabel() {
    Moments all = moments(new double[] {1, 2, 3, 5, 1, 7, 11, 13});
    Moments one = all.leading(1);
    assertEquals(1, one.features());
    assertEquals(9.0, one.sum(1, 0), 0.0);
    assertEquals(18.0, one.sum(0, 2), 0.0);
    assertEquals(2.0 * 5 + 7.0 * 13, one.sum(2, 1), 0.0);
    assertEquals(25.0 + 169.0, one.sum(2, 2), 0.0);
    assertEquals(all.sum(3, 3), all.leading(0).sum(1, 1), 0.0);
  }

  private static void assertError(double[] rows, double intercept, double[] w) {
    double n = rows.length / (double) Q;
    double expected = ExactMoments.squaredError(rows, Q, intercept, w) / n;
    double variance = moments(rows).sum(Q - 1, Q - 1) / n;
    double tolerance = 1e-9 * Math.max(expected, 1e-6 * variance);
    double actual = moments(rows).squaredError(intercept, w) / n;
    assertTrue(actual >= 0, "negative: " + actual);
    assertEquals(expected, actual, tolerance + 1e-24, "n = " + n);
  }

  private static Moments moments(double[] rows) {
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    accumulator.addRows(
        rows, 0, rows.length / Q, new double[MomentsAccumulator.scratchLength(FEATURES)]);
    return accumulator.moments();
  }

  private static double[] rows(int n, double noise, double offset) {
    Random random = new Random(n);
    double[] rows = new double[n * Q];
    for (int from = 0; from < rows.length; from += Q) {
      rows[from] = 1;
      rows[from + 1] = offset + random.nextGaussian();
      rows[from + 2] = -offset + 3 * random.nextDouble();
      rows[from + 3] =
          0.3
              + TRUTH[0] * rows[from + 1]
              + TRUTH[1] * rows[from + 2]
              + noise * random.nextGaussian();
    }
    return rows;
  }

  private static double[] about(double[] rows, double[] shift) {
    double[] moved = rows.clone();
    for (int at = 0; at < moved.length; at++) {
      moved[at] -= at % Q == 0 ? 0 : shift[at % Q - 1];
    }
    return moved;
  }
}
