package io.foldwise.math;

import java.util.Random;

/** Random rows for the tests of the products. */
final class Sample {
  private Sample() {}

  static double[] numbers(Random random, int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  /** n × columns, ones in column 0, elsewhere zeros but for the share {@code filled}. */
  static double[] rows(Random random, int n, int columns, double filled) {
    double[] values = new double[n * columns];
    for (int at = 0; at < values.length; at++) {
      double value = random.nextDouble() < filled ? 2 * random.nextDouble() - 1 : 0;
      values[at] = at % columns == 0 ? 1 : value;
    }
    return values;
  }

  /** The same numbers, zeros left out. */
  static SparseRows sparse(DenseRows rows) {
    int[] starts = new int[rows.rows() + 1];
    int[] indices = new int[rows.rows() * rows.columns()];
    double[] values = new double[indices.length];
    int stored = 0;
    for (int i = 0; i < rows.rows(); i++) {
      for (int k = 1; k < rows.columns(); k++) {
        if (rows.value(i, k) != 0) {
          indices[stored] = k;
          values[stored++] = rows.value(i, k);
        }
      }
      starts[i + 1] = stored;
    }
    return new SparseRows(rows.columns(), starts, indices, values);
  }
}
