package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weighted sums of columns, against those of whole numbers, which no order of adding rounds. */
final class ColumnSumsTest {
  private static final int D = 2;

  private static ColumnSums sums(int n, boolean cells) {
    Random random = new Random(1);
    ColumnSumsAccumulator accumulator = new ColumnSumsAccumulator(D);
    for (int i = 0; i < n; i++) {
      double[] row = {99, random.nextInt(100), random.nextInt(100)};
      double weight = random.nextInt(4);
      if (cells) {
        accumulator.add(1, row[2], weight);
        accumulator.add(0, row[1], weight);
      } else {
        accumulator.addFeatures(row, 1, weight);
      }
      accumulator.endRow(random.nextInt(100), weight);
    }
    return accumulator.sums();
  }

  @Test
  void sumsOfWholeNumbersAreExactHoweverTheyAreAdded() {
    for (int n : new int[] {0, 1, 255, 256, 257, 1000}) {
      Random random = new Random(1);
      double[] first = new double[D + 1];
      double[] second = new double[D + 1];
      double weights = 0;
      for (int i = 0; i < n; i++) {
        double[] row = {random.nextInt(100), random.nextInt(100), 0};
        double weight = random.nextInt(4);
        row[2] = random.nextInt(100);
        weights += weight;
        for (int j = 0; j <= D; j++) {
          first[j] += weight * row[j];
          second[j] += weight * row[j] * row[j];
        }
      }
      for (boolean cells : new boolean[] {true, false}) {
        ColumnSums sums = sums(n, cells);
        assertEquals(n, sums.rows());
        assertEquals(weights, sums.weight());
        assertArrayEquals(first, sums.sums());
        assertArrayEquals(second, sums.squares());
      }
    }
  }

  /** Plain sums would lose the ones beside 1e16, whose last place is 2. */
  @Test
  void beyondAFewRowsSumsHaveTwiceThePrecision() {
    ColumnSumsAccumulator accumulator = new ColumnSumsAccumulator(0);
    int n = 256 * 4;
    for (int i = 0; i < n; i++) {
      accumulator.endRow(i == 0 ? 1e16 : i == n - 1 ? -1e16 : i < 256 || i >= n - 256 ? 0 : 1, 1);
    }
    assertEquals(512, accumulator.sums().sums()[0]);
  }

  @Test
  void meansAndDeviationsAreThoseOfTheWeightedRows() {
    ColumnSumsAccumulator accumulator = new ColumnSumsAccumulator(1);
    accumulator.add(0, 1, 3);
    accumulator.endRow(4, 3);
    accumulator.add(0, 5, 1);
    accumulator.endRow(4, 1);
    ColumnSums sums = accumulator.sums();
    assertEquals(1, sums.label());
    assertEquals(2, sums.mean(0));
    // 3·(1 − 2)² + (5 − 2)²
    assertEquals(12, sums.deviation(0));
    assertEquals(0, sums.deviation(1));
    assertEquals(0, ColumnSums.empty(1).deviation(0));
  }

  @Test
  void sumsOfTwoSetsAddAndAPartKeepsTheLabel() {
    ColumnSums one = new ColumnSums(2, 3, new double[] {1, 2, 9}, new double[] {4, 5, 6});
    ColumnSums other = new ColumnSums(1, 5, new double[] {10, 20, 90}, new double[] {40, 50, 60});
    ColumnSums both = one.merge(other);
    assertEquals(3, both.rows());
    assertEquals(8, both.weight());
    assertArrayEquals(new double[] {11, 22, 99}, both.sums());
    assertArrayEquals(new double[] {44, 55, 66}, both.squares());
    assertThrows(IllegalArgumentException.class, () -> one.merge(ColumnSums.empty(1)));
    ColumnSums part = one.leading(1);
    assertEquals(2, part.rows());
    assertEquals(3, part.weight());
    assertArrayEquals(new double[] {1, 9}, part.sums());
    assertArrayEquals(new double[] {4, 6}, part.squares());
    assertSame(one, one.leading(2));
    assertArrayEquals(both.sums(), both.merge(ColumnSums.empty(2)).sums());
  }

  @Test
  void oneCellThatIsNoNumberIsSeen() {
    double[] good = {1, 2};
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFalse(new ColumnSums(1, bad, good, good).isFinite());
      assertFalse(new ColumnSums(1, 1, new double[] {1, bad}, good).isFinite());
      assertFalse(new ColumnSums(1, 1, good, new double[] {bad, 1}).isFinite());
    }
    assertTrue(new ColumnSums(1, 1, good, good).isFinite());
  }

  @Test
  void momentsThatWereSummedElsewhereNeedTheirNumberOfSums() {
    double[] sums = {2, 3, 5, 7, 11, 13};
    Moments moments = Moments.of(1, 2, sums.clone());
    assertEquals(2, moments.rows());
    assertEquals(11, moments.sum(1, 2));
    assertSame(moments, moments.leading(1));
    assertThrows(IllegalArgumentException.class, () -> Moments.of(2, 2, sums));
  }

  @Test
  void aDefiniteSystemIsSolvedAndAnotherRefused() {
    double[] b = {10, 9};
    assertTrue(Cholesky.solve(new double[] {4, 2, 2, 3}, 2, b));
    assertArrayEquals(new double[] {1.5, 2}, b, 1e-15);
    assertFalse(Cholesky.solve(new double[] {1, 2, 2, 1}, 2, b));
    assertArrayEquals(new double[] {1.5, 2}, b, 1e-15);
    assertTrue(Cholesky.solve(new double[0], 0, new double[0]));
  }
}
