package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are collected come back in any order, sparse or dense, however many there are. */
final class RowStoreTest {
  private static final int P = 5;
  private static final int ROWS = 300;

  private static DenseRows rows(int seed, int n) {
    return new DenseRows(P, Sample.rows(new Random(seed), n, P, 0.6));
  }

  private static DenseStore dense(DenseRows rows) {
    DenseStore store = new DenseStore(P);
    for (int i = 0; i < rows.rows(); i++) {
      int from = store.begin();
      for (int k = 1; k < P; k++) {
        store.values()[from + k - 1] = rows.value(i, k);
      }
    }
    return store;
  }

  private static SparseStore sparse(DenseRows rows) {
    SparseStore store = new SparseStore(P);
    for (int i = 0; i < rows.rows(); i++) {
      for (int k = 1; k < P; k++) {
        if (rows.value(i, k) != 0) {
          store.add(k, rows.value(i, k));
        }
      }
      store.endRow();
    }
    return store;
  }

  /** Every number of a matrix, through its product with the unit matrix. */
  private static double[] numbers(RowMatrix matrix) {
    double[] unit = new double[P * P];
    for (int k = 0; k < P; k++) {
      unit[k * P + k] = 1;
    }
    double[] z = new double[matrix.rows() * P];
    matrix.timesInto(0, matrix.rows(), P, unit, P, z);
    return z;
  }

  private static double[] gathered(DenseRows rows, int[] order, int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMapToDouble(at -> IntStream.range(0, P).mapToDouble(k -> rows.value(order[at], k)))
        .toArray();
  }

  @Test
  void rowsComeBackInTheOrderThatIsAskedFor() {
    DenseRows rows = rows(1, ROWS);
    int[] order = IntStream.range(0, ROWS).map(i -> (i * 7 + 3) % ROWS).toArray();
    for (RowStore store : new RowStore[] {dense(rows), sparse(rows)}) {
      assertEquals(ROWS, store.rows());
      for (int[] range : new int[][] {{0, ROWS}, {0, 0}, {10, 17}, {ROWS - 1, ROWS}}) {
        RowMatrix part = store.gather(order, range[0], range[1]);
        assertEquals(range[1] - range[0], part.rows());
        assertArrayEquals(gathered(rows, order, range[0], range[1]), numbers(part));
      }
    }
  }

  @Test
  void rowsOfAMatrixAreAppendedToThoseThatAreThere() {
    DenseRows first = rows(2, 3);
    DenseRows second = rows(3, ROWS);
    DenseStore dense = dense(first);
    SparseStore sparse = sparse(first);
    for (int time = 0; time < 2; time++) {
      dense.append(second);
      sparse.append(Sample.sparse(second));
    }
    int all = 3 + 2 * ROWS;
    int[] order = IntStream.range(0, all).toArray();
    for (RowStore store : new RowStore[] {dense, sparse}) {
      assertEquals(all, store.rows());
      double[] found = numbers(store.gather(order, 0, all));
      for (int row = 0; row < all; row++) {
        for (int k = 0; k < P; k++) {
          double expected = row < 3 ? first.value(row, k) : second.value((row - 3) % ROWS, k);
          assertEquals(expected, found[row * P + k], "row " + row);
        }
      }
    }
  }

  /** Eight bytes a number; of sparse rows twelve a number and four a row. */
  @Test
  void aStoreSaysWhatItsRowsTake() {
    DenseRows rows = rows(4, 10);
    long stored = 0;
    for (int i = 0; i < 10; i++) {
      for (int k = 1; k < P; k++) {
        stored += rows.value(i, k) != 0 ? 1 : 0;
      }
    }
    assertEquals(8 * 10 * P, dense(rows).bytes());
    assertEquals(12 * stored + 4 * 10, sparse(rows).bytes());
  }

  @Test
  void scaledRowsAreTheRowsTimesTheirFactors() {
    DenseRows rows = rows(5, 9);
    double[] factors = new Random(6).doubles(3 * 9).toArray();
    for (RowMatrix matrix : new RowMatrix[] {rows, Sample.sparse(rows)}) {
      for (int p = 1; p <= P; p++) {
        double[] scaled = new double[4 * p];
        Arrays.fill(scaled, 9);
        matrix.scaledInto(2, 4, p, factors, 3, 1, scaled);
        for (int i = 0; i < 4; i++) {
          for (int k = 0; k < p; k++) {
            assertEquals(factors[3 * i + 1] * rows.value(2 + i, k), scaled[i * p + k]);
          }
        }
      }
    }
  }
}
