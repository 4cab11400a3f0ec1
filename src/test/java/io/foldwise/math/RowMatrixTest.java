package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against plain triple loops. */
final class RowMatrixTest {
  /** Sums of at most 257 products of numbers about 1; a sum is rounded once a product. */
  private static final double ROUNDING = 1e-13;

  private static final int[] COLUMNS = {1, 2, 21, 130, 257};
  private static final int[] TRIALS = {1, 2, 3, 5, 7, 8, 9, 12, 15, 16, 17, 23, 30, 31, 33, 60, 72};
  private static final int[] COUNTS = {0, 1, 3, 31, 33, 128, 130};

  @Test
  void productsAreThoseOfTripleLoopsAtEveryShape() {
    Random random = new Random(1);
    for (int columns : COLUMNS) {
      DenseRows rows = new DenseRows(columns, Sample.rows(random, 140, columns, 1));
      for (int m : TRIALS) {
        for (int count : COUNTS) {
          check(rows, rows, new Shape(random.nextInt(10), count, columns, m), random);
        }
      }
    }
  }

  @Test
  void fewerLeadingColumnsEnterWhereTrialsHaveFewer() {
    Random random = new Random(2);
    DenseRows dense = new DenseRows(70, Sample.rows(random, 50, 70, 0.3));
    for (int p = 1; p <= 70; p += 3) {
      check(dense, dense, new Shape(7, 40, p, 11), random);
      check(dense, Sample.sparse(dense), new Shape(7, 40, p, 11), random);
    }
  }

  @Test
  void sparseRowsGiveWhatDenseRowsOfTheSameNumbersGive() {
    Random random = new Random(3);
    for (int columns : COLUMNS) {
      DenseRows dense = new DenseRows(columns, Sample.rows(random, 140, columns, 0.1));
      for (int m : TRIALS) {
        check(dense, Sample.sparse(dense), new Shape(2, 130, columns, m), random);
      }
    }
  }

  @Test
  void aPanelOfRowsGivesTheScoresThatAllRowsGive() {
    Random random = new Random(4);
    DenseRows rows = new DenseRows(150, Sample.rows(random, 100, 150, 1));
    double[] b = Sample.numbers(random, 150 * 13);
    double[] all = new double[100 * 13];
    rows.timesInto(0, 100, 150, b, 13, all);
    for (int from = 0; from + 7 <= 100; from += 7) {
      double[] panel = new double[7 * 13];
      rows.timesInto(from, 7, 150, b, 13, panel);
      assertArrayEquals(Arrays.copyOfRange(all, from * 13, (from + 7) * 13), panel);
    }
  }

  @Test
  void gradientsAreAddedToWhatIsThere() {
    DenseRows rows = new DenseRows(2, new double[] {1, 3});
    double[] g = {10, 20};
    rows.addTransposedTimes(0, 1, 2, new double[] {2}, 1, g);
    assertArrayEquals(new double[] {12, 26}, g);
  }

  @Test
  void aTrialThatHasDivergedLeavesItsNeighboursAlone() {
    Random random = new Random(5);
    DenseRows rows = new DenseRows(21, Sample.rows(random, 40, 21, 1));
    for (int m : new int[] {4, 13, 21}) {
      double[] b = Sample.numbers(random, 21 * m);
      double[] clean = new double[40 * m];
      rows.timesInto(0, 40, 21, b, m, clean);
      for (int k = 0; k < 21; k++) {
        b[k * m + 2] = Double.NaN;
      }
      double[] z = new double[40 * m];
      rows.timesInto(0, 40, 21, b, m, z);
      for (int at = 0; at < z.length; at++) {
        assertEquals(at % m == 2 ? Double.NaN : clean[at], z[at]);
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DenseRows(3, new double[7]));
    assertThrows(IllegalArgumentException.class, () -> new DenseRows(0, new double[0]));
    int[] starts = {0, 2};
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseRows(3, starts, new int[] {1}, new double[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseRows(3, new int[0], new int[0], new double[0]));
  }

  @Test
  void aPanelIsNeverEmpty() {
    assertEquals(512, RowMatrix.panelRows(21, 60));
    assertEquals(32, RowMatrix.panelRows(1_000_000, 1));
  }

  private record Shape(int from, int count, int p, int m) {}

  /** Both products of {@code tested} against loops over the numbers of {@code dense}. */
  private static void check(DenseRows dense, RowMatrix tested, Shape shape, Random random) {
    int m = shape.m();
    double[] b = Sample.numbers(random, shape.p() * m);
    double[] z = Sample.numbers(random, shape.count() * m);
    double[] g = Sample.numbers(random, shape.p() * m);
    double[] expectedG = g.clone();
    double[] expectedZ = new double[z.length];
    double[] r = Sample.numbers(random, z.length);
    tested.timesInto(shape.from(), shape.count(), shape.p(), b, m, z);
    tested.addTransposedTimes(shape.from(), shape.count(), shape.p(), r, m, g);
    for (int i = 0; i < shape.count(); i++) {
      for (int k = 0; k < shape.p(); k++) {
        double x = dense.value(shape.from() + i, k);
        for (int j = 0; j < m; j++) {
          expectedZ[i * m + j] += x * b[k * m + j];
          expectedG[k * m + j] += x * r[i * m + j];
        }
      }
    }
    double scale = Math.sqrt(shape.p() + shape.count());
    assertArrayEquals(expectedZ, z, scale * ROUNDING, shape.toString());
    assertArrayEquals(expectedG, g, scale * ROUNDING, shape.toString());
  }
}
