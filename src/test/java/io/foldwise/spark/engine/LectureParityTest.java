package io.foldwise.spark.engine;

import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lecture's loop over all rows, written out, and the same through an engine. */
final class LectureParityTest {

  @Test
  void aThousandEpochsOnALineAreTheLectures() {
    Random random = new Random(100);
    double[][] x = new double[100][1];
    double[] y = new double[100];
    for (int i = 0; i < y.length; i++) {
      x[i][0] = random.nextDouble();
      y[i] = 1 + 2 * x[i][0] + 0.1 * random.nextGaussian();
    }
    assertParity(x, y, 1, 0.1, 1000, 1e-10);
  }

  @Test
  void aThousandEpochsOnTheQuizsCubicAreTheLectures() throws IOException {
    double[][] table = Numbers.resource("/lecture/quiz_data.csv");
    assertParity(Numbers.without(table, 1), Numbers.column(table, 1), 3, 0.1, 1000, 1e-10);
  }

  /** Rounding may add up over a million steps: 1e-8. */
  @Test
  void aMillionEpochsOnTheQuizsCubicAreThePlainLoops() throws IOException {
    double[][] table = Numbers.resource("/lecture/quiz_data.csv");
    assertParity(Numbers.without(table, 1), Numbers.column(table, 1), 3, 0.01, 1_000_000, 1e-8);
  }

  private static void assertParity(
      double[][] x, double[] y, int degree, double rate, int epochs, double relative) {
    double[] start = {0.49671415, -0.1382643, 0.64768854, 1.52302986};
    double[] expected = lecture(x, y, degree, rate, epochs, start);
    TrainingRows rows = TrainingRows.contiguous(x, y, 1);
    InitialWeights given =
        new InitialWeights.Given(
            start[0],
            degree == 1
                ? Map.of("x0", start[1])
                : Map.of("x0", start[1], "x0^2", start[2], "x0^3", start[3]));
    SearchPlan plan =
        Setting.squared()
            .from(given)
            .plan(
                rows,
                "batch-size=full; standardize=false; learning-rate=%s; epochs=%d; degree=%d"
                    .formatted(rate, epochs, degree));
    try (TrialEngine engine =
        SparkEngines.open(plan, Frames.engineRows(rows, 3), EngineRequest.AUTO)) {
      Trial trial = Trial.of(plan.candidates().get(0), Split.NONE);
      double[] actual = Agreement.powers(engine.train(List.of(trial)).get(0));
      Agreement.assertCoefficients(expected, actual, relative, epochs + " epochs");
    }
  }

  /** e = ŷ − y; b −= lr·2·mean(e); w −= lr·2·mean(x·e), for each power of x. */
  private static double[] lecture(
      double[][] x, double[] y, int degree, double rate, int epochs, double[] start) {
    double[] w = java.util.Arrays.copyOf(start, degree + 1);
    double[][] powers = new double[y.length][degree + 1];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j <= degree; j++) {
        powers[i][j] = Math.pow(x[i][0], j);
      }
    }
    double[] sums = new double[degree + 1];
    for (int epoch = 0; epoch < epochs; epoch++) {
      java.util.Arrays.fill(sums, 0);
      for (int i = 0; i < y.length; i++) {
        double e = -y[i];
        for (int j = 0; j <= degree; j++) {
          e += w[j] * powers[i][j];
        }
        for (int j = 0; j <= degree; j++) {
          sums[j] += powers[i][j] * e;
        }
      }
      for (int j = 0; j <= degree; j++) {
        w[j] -= rate * 2 * sums[j] / y.length;
      }
    }
    return w;
  }
}
