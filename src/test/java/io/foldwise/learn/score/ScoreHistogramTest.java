package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.oracle.RowSums;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against counting every pair, and numbers of scikit-learn. */
final class ScoreHistogramTest {
  private static final int EXACT = ScoreHistogram.ANY_BINS;

  /** scikit-learn 1.2.1: {@code roc_auc_score(y, z)}, then with {@code sample_weight}. */
  @Test
  void areasAreScikitLearns() {
    double[] z = {-2.5, -0.5, 0.25, 0.25, 1.5, -1, 3, 0.75, -0.25, 0};
    double[] labels = {0, 1, 0, 1, 1, 0, 1, 0, 0, 1};
    double[] weights = {1, 2, 0.5, 1, 3, 1, 0.25, 2, 1.5, 1};
    assertEquals(0.7400000000000001, of(z, labels, ones(10), EXACT).area(), 1e-15);
    assertEquals(0.7068965517241379, of(z, labels, weights, EXACT).area(), 1e-15);
  }

  @Test
  void everyPairCountsByItsWeightAndTiesHalf() {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      int n = 2 + random.nextInt(200);
      double grain = random.nextBoolean() ? 4 : 1e6;
      double[] z = random.doubles(n, -2, 2).map(v -> Math.rint(v * grain) / grain).toArray();
      double[] labels = random.doubles(n).map(Math::rint).toArray();
      boolean weighted = trial % 3 > 0;
      double[] weights =
          random.doubles(n).map(u -> !weighted || u > 0.9 ? 1 : u < 0.2 ? 0 : u).toArray();
      ScoreHistogram histogram = of(z, labels, weights, EXACT);
      assertEquals(RowSums.area(z, labels, weights), histogram.area(), 1e-13);
      assertEquals(0.0, histogram.errorBound(), 0.0);
    }
  }

  @Test
  void oneClassAloneAndNoRowsHaveNoArea() {
    assertTrue(Double.isNaN(of(new double[] {1, 2}, new double[2], ones(2), EXACT).area()));
    assertTrue(Double.isNaN(new ScoreHistogram(EXACT).area()));
    double[] weightless = {1, 0};
    assertTrue(
        Double.isNaN(of(new double[] {1, 2}, new double[] {0, 1}, weightless, EXACT).area()));
  }

  @Test
  void aScoreThatIsNoNumberLeavesNoArea() {
    double[] z = {1, Double.NaN, 2};
    assertTrue(Double.isNaN(of(z, new double[] {0, 1, 1}, ones(3), EXACT).area()));
  }

  @Test
  void theLastBitsBreakNoTieAndTheTwelfthDigitDoes() {
    double[] labels = {1, 0};
    for (double sign : new double[] {1, -1}) {
      for (double scale : new double[] {1e-200, 1e-3, 1, 1e9, 1e300}) {
        double z = sign * scale * 1.2345678901234567;
        assertEquals(0.5, of(new double[] {z * (1 + 4e-16), z}, labels, ones(2), EXACT).area());
        double apart = of(new double[] {z * (1 + 2e-12), z}, labels, ones(2), EXACT).area();
        assertEquals(sign > 0 ? 1.0 : 0.0, apart);
      }
    }
    assertEquals(0.5, of(new double[] {-0.0, 0.0}, labels, ones(2), EXACT).area());
  }

  @Test
  void scoresOrderFromMinusInfinityOn() {
    double inf = Double.POSITIVE_INFINITY;
    double[] z = {-inf, -1e300, -2, -1, -1e-300, 0, 1e-300, 1, 2, 1e300, inf};
    for (int i = 1; i < z.length; i++) {
      double[] pair = {z[i], z[i - 1]};
      assertEquals(1.0, of(pair, new double[] {1, 0}, ones(2), EXACT).area(), "z = " + z[i]);
    }
  }

  @Test
  void aBoundedHistogramIsWithinItsBoundAndTheBoundIsSmall() {
    Random random = new Random(2);
    int n = 200_000;
    for (double[] spread : new double[][] {{0, 1}, {-9.2, 0.1}, {1e6, 3}, {0, 1e-9}}) {
      double[] labels = random.doubles(n).map(u -> u < 0.3 ? 1 : 0).toArray();
      double[] z = new double[n];
      Arrays.setAll(z, i -> spread[0] + spread[1] * (random.nextGaussian() + labels[i]));
      ScoreHistogram bounded = of(z, labels, ones(n), 1 << 14);
      double exact = of(z, labels, ones(n), EXACT).area();
      // normal classes one deviation apart: Φ(1/√2) = 0.7602
      assertEquals(0.7602, exact, 0.005);
      assertTrue(bounded.errorBound() < 1e-3, "bound " + bounded.errorBound());
      assertEquals(exact, bounded.area(), bounded.errorBound());
      assertEquals(exact, bounded.area(), 1e-6);
    }
  }

  @Test
  void binsDependOnTheRowsAloneNotOnHowTheyWereDivided() {
    Random random = new Random(3);
    int n = 30_000;
    double[] z = random.doubles(n, -5, 5).toArray();
    double[] labels = random.doubles(n).map(Math::rint).toArray();
    ScoreHistogram whole = of(z, labels, ones(n), 1 << 10);
    ScoreHistogram merged = new ScoreHistogram(1 << 10);
    for (int[] part : new int[][] {{0, 10}, {10, 29_000}, {29_000, 29_001}, {29_001, n}}) {
      merged.merge(
          of(
              Arrays.copyOfRange(z, part[0], part[1]),
              Arrays.copyOfRange(labels, part[0], part[1]),
              ones(part[1] - part[0]),
              1 << 10));
    }
    assertEquals(whole.area(), merged.area(), 0.0);
    assertEquals(whole.errorBound(), merged.errorBound(), 0.0);
    assertTrue(whole.errorBound() > 0);
  }

  private static ScoreHistogram of(double[] z, double[] labels, double[] weights, int mostBins) {
    ScoreHistogram histogram = new ScoreHistogram(mostBins);
    for (int i = 0; i < z.length; i++) {
      histogram.add(z[i], labels[i], weights[i]);
    }
    return histogram;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
