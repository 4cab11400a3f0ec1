package io.foldwise.lecture;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows with labels.
 *
 * @param x features, row-major n × d
 * @param y labels, n long
 */
public record Points(double[] x, double[] y) {
  public Points {
    if (y.length == 0 || x.length % y.length != 0) {
      throw new IllegalArgumentException(
          "%d numbers of features for %d labels".formatted(x.length, y.length));
    }
  }

  /** The number of rows, n. */
  int rows() {
    return y.length;
  }

  /** The number of features, d. */
  int features() {
    return x.length / y.length;
  }

  /** A row's features. */
  double[] row(int row) {
    return Arrays.copyOfRange(x, row * features(), (row + 1) * features());
  }

  /** The rows of some indices. */
  Points at(int... indices) {
    double[] kept = new double[indices.length * features()];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(x, indices[i] * features(), kept, i * features(), features());
    }
    return new Points(kept, Arrays.stream(indices).mapToDouble(i -> y[i]).toArray());
  }

  /** The rows {@code from} to before {@code to}. */
  Points slice(int from, int to) {
    return at(IntStream.range(from, to).toArray());
  }

  /** The least of feature j. */
  double low(int j) {
    return IntStream.range(0, rows()).mapToDouble(i -> x[i * features() + j]).min().orElse(0);
  }

  /** The greatest of feature j. */
  double high(int j) {
    return IntStream.range(0, rows()).mapToDouble(i -> x[i * features() + j]).max().orElse(0);
  }
}
