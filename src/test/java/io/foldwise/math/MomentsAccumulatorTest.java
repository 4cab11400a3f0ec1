package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against {@link ExactMoments}; errors in last places of Σ |zᵢ zⱼ|. */
final class MomentsAccumulatorTest {
  private static double labelDeviation(Moments moments) {
    return moments.columns().deviation(moments.features());
  }

  private static final int FEATURES = 3;
  private static final int Q = FEATURES + 2;

  /** A product is rounded once a row, all of them together less than one place; the sum once. */
  private static final double ROW_BY_ROW = 2;

  /** Blocks may be summed plainly over at most 64 rows. */
  private static final double IN_BLOCKS = 64;

  @Test
  void rowsOneByOneAddUpToTheExactSums() {
    double[] rows = rows(1000, 1);
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    double[] scratch = new double[MomentsAccumulator.scratchLength(FEATURES)];
    for (int from = 0; from < rows.length; from += Q) {
      accumulator.addRows(rows, from, 1, scratch);
    }
    assertSums(rows, accumulator.moments(), ROW_BY_ROW);
  }

  @Test
  void blocksOfEverySizeAddUpToTheExactSums() {
    double[] rows = rows(200, 2);
    for (int block = 1; block <= 200; block += block < 10 ? 1 : 27) {
      assertSums(rows, added(rows, block), IN_BLOCKS);
    }
  }

  @Test
  void aHundredThousandRowsLoseNoMoreThanOneBlockDoes() {
    double[] rows = rows(100_000, 3);
    assertSums(rows, added(rows, 4096), IN_BLOCKS);
  }

  @Test
  void cancellingRowsKeepWhatRemains() {
    double[] rows = new double[3 * Q];
    double[] labels = {1e16, 1, -1e16};
    for (int i = 0; i < 3; i++) {
      rows[i * Q] = 1;
      rows[i * Q + Q - 1] = labels[i];
    }
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    accumulator.addRows(rows, 0, 3, new double[MomentsAccumulator.scratchLength(FEATURES)]);
    assertEquals(1.0, accumulator.moments().sum(Q - 1, 0), 0.0);
  }

  @Test
  void mergingIsCommutativeAndAssociativeWithinTwoUlps() {
    double[][] parts = {rows(70, 4), rows(1, 5), rows(333, 6)};
    MomentsAccumulator leftFirst = accumulator(parts[0]);
    leftFirst.merge(accumulator(parts[1]));
    leftFirst.merge(accumulator(parts[2]));
    MomentsAccumulator rightFirst = accumulator(parts[1]);
    rightFirst.merge(accumulator(parts[2]));
    MomentsAccumulator grouped = accumulator(parts[0]);
    grouped.merge(rightFirst);
    MomentsAccumulator reversed = accumulator(parts[2]);
    reversed.merge(accumulator(parts[1]));
    reversed.merge(accumulator(parts[0]));
    ExactMoments exact = new ExactMoments(joined(parts), Q);
    for (int i = 0; i < Q; i++) {
      for (int j = 0; j <= i; j++) {
        double tolerance = 2 * exact.ulp(i, j);
        assertEquals(leftFirst.moments().sum(i, j), grouped.moments().sum(i, j), tolerance);
        assertEquals(leftFirst.moments().sum(i, j), reversed.moments().sum(i, j), tolerance);
      }
    }
    assertSums(joined(parts), grouped.moments(), IN_BLOCKS);
  }

  @Test
  void frozenMomentsAddUpAsTheirRowsDo() {
    double[] first = rows(50, 7);
    double[] second = rows(60, 8);
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    accumulator.add(added(first, 50));
    accumulator.add(added(second, 60));
    assertSums(joined(first, second), accumulator.moments(), IN_BLOCKS);
  }

  @Test
  void theEmptySetIsNeutral() {
    double[] rows = rows(9, 9);
    MomentsAccumulator accumulator = accumulator(rows);
    accumulator.merge(new MomentsAccumulator(FEATURES));
    accumulator.add(Moments.empty(FEATURES));
    assertSums(rows, accumulator.moments(), IN_BLOCKS);
    assertEquals(0.0, new MomentsAccumulator(FEATURES).moments().count(), 0.0);
    assertEquals(0.0, labelDeviation(new MomentsAccumulator(FEATURES).moments()), 0.0);
  }

  @Test
  void setsOverDifferentFeaturesAreRefused() {
    MomentsAccumulator three = new MomentsAccumulator(FEATURES);
    assertThrows(IllegalArgumentException.class, () -> three.merge(new MomentsAccumulator(2)));
    assertThrows(IllegalArgumentException.class, () -> three.add(Moments.empty(4)));
  }

  @Test
  void aMissingOrInfiniteCellShowsInTheSums() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
      for (int count : new int[] {1, 80}) {
        double[] rows = rows(count, 10);
        assertTrue(added(rows, count).isFinite());
        rows[(count / 2) * Q + 2] = bad;
        assertFalse(added(rows, count).isFinite(), "cell " + bad + " in " + count + " rows");
      }
    }
  }

  @Test
  void noFeaturesAtAllLeaveTheLabel() {
    MomentsAccumulator accumulator = new MomentsAccumulator(0);
    accumulator.addRows(
        new double[] {1, 2, 1, 4}, 0, 2, new double[MomentsAccumulator.scratchLength(0)]);
    assertEquals(2.0, labelDeviation(accumulator.moments()), 1e-15);
    assertEquals(20.0, accumulator.moments().sum(1, 1), 0.0);
  }

  private static void assertSums(double[] rows, Moments moments, double ulps) {
    ExactMoments exact = new ExactMoments(rows, Q);
    for (int i = 0; i < Q; i++) {
      for (int j = 0; j < Q; j++) {
        assertEquals(
            exact.sum(i, j), moments.sum(i, j), ulps * exact.ulp(i, j), "sum " + i + "," + j);
      }
    }
    assertEquals(rows.length / (double) Q, moments.count(), 0.0);
  }

  private static Moments added(double[] rows, int block) {
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    double[] scratch = new double[MomentsAccumulator.scratchLength(FEATURES)];
    int n = rows.length / Q;
    for (int row = 0; row < n; row += block) {
      accumulator.addRows(rows, row * Q, Math.min(block, n - row), scratch);
    }
    return accumulator.moments();
  }

  private static MomentsAccumulator accumulator(double[] rows) {
    MomentsAccumulator accumulator = new MomentsAccumulator(FEATURES);
    accumulator.addRows(
        rows, 0, rows.length / Q, new double[MomentsAccumulator.scratchLength(FEATURES)]);
    return accumulator;
  }

  private static double[] rows(int n, long seed) {
    Random random = new Random(seed);
    double[] rows = new double[n * Q];
    for (int i = 0; i < n; i++) {
      rows[i * Q] = 1;
      for (int j = 1; j < Q; j++) {
        rows[i * Q + j] = random.nextGaussian() * Math.pow(10, j) + j;
      }
    }
    return rows;
  }

  private static double[] joined(double[]... parts) {
    return java.util.Arrays.stream(parts).flatMapToDouble(java.util.Arrays::stream).toArray();
  }
}
