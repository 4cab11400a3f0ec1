package io.foldwise.report;

import io.foldwise.browser.Entrances;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.search.Assignment;
import io.foldwise.search.training.RowsInMemory;
import io.foldwise.search.training.RowsSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Forty rows that a page and this JVM are given. */
final class RowsOfPage {
  private static final int ROWS = 40;
  private static final int FEATURES = 2;
  private static final double[] X = new Random(3).doubles(ROWS * FEATURES).toArray();

  private RowsOfPage() {}

  /** The rows with labels of a loss, as bytes. */
  static byte[] bytes(String loss) throws IOException {
    boolean isBinary = loss.equals("logistic") || loss.equals("hinge");
    double[] labels =
        IntStream.range(0, ROWS)
            .mapToDouble(row -> X[2 * row] - X[2 * row + 1] * X[2 * row + 1] + 0.1 * (row % 5))
            .map(y -> isBinary ? (y > 0.3 ? 1 : 0) : y)
            .toArray();
    RowsSnapshot snapshot =
        new RowsSnapshot(
            X,
            labels,
            new RowsInMemory.Dealt(
                IntStream.range(0, ROWS).map(row -> row * 7 % 4).toArray(),
                IntStream.range(0, ROWS).map(row -> row * 11 % ROWS).toArray(),
                Assignment.TrainedOn.OTHERS),
            new RowsInMemory.Setting(
                PolynomialBasis.chebyshev(
                    List.of("a", "b"), 2, new double[FEATURES], new double[] {1, 1}),
                Loss.kind(loss).orElseThrow(),
                new InitialWeights.Normal(),
                7,
                100),
            Double.NaN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    snapshot.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** The name of the metric that a loss is. */
  static String metric(String loss) {
    return Loss.kind(loss).orElseThrow().metric();
  }

  /** The mean over the folds, of the engine in this JVM. */
  static double mean(String loss, String grid) throws IOException {
    return Entrances.foldwiseRowsEngine(bytes(loss), metric(loss), 0, 0).crossValidate(grid).mean();
  }
}
