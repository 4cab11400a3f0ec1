package io.foldwise.report;

import io.foldwise.browser.LectureEntrances;
import java.util.Random;
import java.util.stream.IntStream;

/** Forty rows that a page and this JVM are given. */
final class RowsOfPage {
  private static final int ROWS = 40;
  private static final int FEATURES = 2;

  static final double[] X = new Random(3).doubles(ROWS * FEATURES).toArray();
  static final double[] FOLDS = IntStream.range(0, ROWS).mapToDouble(row -> row * 7 % 4).toArray();

  private RowsOfPage() {}

  static double[] labels(String loss) {
    boolean isBinary = loss.equals("logistic") || loss.equals("hinge");
    return IntStream.range(0, ROWS)
        .mapToDouble(row -> X[2 * row] - X[2 * row + 1] * X[2 * row + 1] + 0.1 * (row % 5))
        .map(y -> isBinary ? (y > 0.3 ? 1 : 0) : y)
        .toArray();
  }

  /** The mean over the folds, of the engine in this JVM. */
  static double mean(String loss, String grid) {
    return LectureEntrances.foldwiseRows(X, labels(loss), FOLDS, loss, 2, 7)
        .crossValidate(grid)
        .mean();
  }
}
