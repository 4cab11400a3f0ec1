package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What changes nothing of moments, but for a last place of the sums of magnitudes. */
final class MomentsLawsTest {
  private static final int Q = 4;
  private static final int LAST_PLACES = 4;

  @Property(seed = "1")
  void partsMergeToTheMomentsOfTheWhole(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 120) int n,
      @ForAll @IntRange(max = 3) int places) {
    double[] rows = rows(seed, n);
    Random random = new Random(seed);
    MomentsAccumulator[] parts = new MomentsAccumulator[places + 1];
    MomentsAccumulator all = new MomentsAccumulator(Q - 2);
    for (int at = 0, row = 0; at <= places; at++) {
      int end = at == places ? n : row + random.nextInt(n - row + 1);
      parts[at] = accumulated(rows, row, end);
      row = end;
    }
    for (int at = places; at >= 0; at--) {
      if (random.nextBoolean()) {
        all.merge(parts[at]);
      } else {
        all.add(parts[at].moments());
      }
    }
    assertSame(rows, accumulated(rows, 0, n).moments()::sum, all.moments()::sum);
    assertEquals(n, all.moments().rows());
  }

  @Property(seed = "2")
  void theOrderOfRowsChangesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int n) {
    double[] rows = rows(seed, n);
    double[] turned = new double[rows.length];
    for (int row = 0; row < n; row++) {
      System.arraycopy(rows, row * Q, turned, (n - 1 - row) * Q, Q);
    }
    assertSame(
        rows, accumulated(rows, 0, n).moments()::sum, accumulated(turned, 0, n).moments()::sum);
  }

  /** A row of weight w enters as √w·z; a weight of 4 needs no rounding. */
  @Property(seed = "3")
  void aRowOfWeightFourIsTheRowFourTimes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    double[] rows = rows(seed, n);
    double[] heavy = rows.clone();
    MomentsAccumulator repeated = new MomentsAccumulator(Q - 2);
    for (int at = 0; at < heavy.length; at++) {
      heavy[at] *= 2;
    }
    for (int time = 0; time < 4; time++) {
      repeated.merge(accumulated(rows, 0, n));
    }
    assertSame(heavy, repeated.moments()::sum, accumulated(heavy, 0, n).moments()::sum);
    assertEquals(4.0 * n, repeated.moments().count(), 0.0);
  }

  /** Powers of two are no rounding: the very bits. */
  @Property(seed = "4")
  void aColumnInOtherUnitsHasItsSumsInThose(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = -30, max = 30) int exponent) {
    double[] rows = rows(seed, n);
    double[] scaled = rows.clone();
    double unit = Math.scalb(1.0, exponent);
    for (int at = 1; at < scaled.length; at += Q) {
      scaled[at] *= unit;
    }
    Moments before = accumulated(rows, 0, n).moments();
    Moments after = accumulated(scaled, 0, n).moments();
    for (int i = 0; i < Q; i++) {
      for (int j = 0; j < Q; j++) {
        double units = (i == 1 ? unit : 1) * (j == 1 ? unit : 1);
        assertEquals(units * before.sum(i, j), after.sum(i, j), 0.0);
      }
    }
  }

  private static void assertSame(
      double[] rows,
      ToDoubleBiFunction<Integer, Integer> one,
      ToDoubleBiFunction<Integer, Integer> other) {
    ExactMoments exact = new ExactMoments(rows, Q);
    for (int i = 0; i < Q; i++) {
      for (int j = 0; j < Q; j++) {
        assertEquals(
            one.applyAsDouble(i, j),
            other.applyAsDouble(i, j),
            LAST_PLACES * exact.ulp(i, j),
            "sum " + i + ", " + j);
      }
    }
  }

  private static MomentsAccumulator accumulated(double[] rows, int from, int to) {
    MomentsAccumulator accumulator = new MomentsAccumulator(Q - 2);
    accumulator.addRows(
        rows, from * Q, to - from, new double[MomentsAccumulator.scratchLength(Q - 2)]);
    return accumulator;
  }

  private static double[] rows(long seed, int n) {
    Random random = new Random(seed);
    double[] rows = new double[n * Q];
    for (int from = 0; from < rows.length; from += Q) {
      rows[from] = 1;
      rows[from + 1] = 1e3 + random.nextGaussian();
      rows[from + 2] = 1e-3 * random.nextGaussian();
      rows[from + 3] = Math.scalb(random.nextGaussian(), random.nextInt(40) - 20);
    }
    return rows;
  }
}
