package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Residuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals against their definition, over all rows one by one. */
class PredictionIntervalsTest {
  private static final PolynomialBasis BASIS = PolynomialBasis.power(List.of("x"), 1);

  /** A fold of a function a + bx and the errors of its rows. */
  private record Given(double intercept, double slope, double[] errors) {
    PredictionIntervals.Fold fold(double[] weights) {
      Residuals.Collector collector = new Residuals.Collector(Residuals.Precision.EXACT);
      for (int i = 0; i < errors.length; i++) {
        collector.add(errors[i], 0, weights.length == 0 ? 1 : weights[i]);
      }
      AffineFunction function = new AffineFunction(intercept, new double[] {slope});
      return new PredictionIntervals.Fold(new LinearModel(BASIS, function), collector.residuals());
    }
  }

  private static List<Given> random(Random random, int folds) {
    List<Given> all = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      double[] errors =
          random
              .doubles(random.nextInt(7) + (folds == 1 ? 20 : 1))
              .map(e -> Math.rint(8 * e))
              .toArray();
      all.add(new Given(random.nextInt(9), random.nextGaussian(), errors));
    }
    return all;
  }

  private static PredictionIntervals of(List<Given> given) {
    return new PredictionIntervals(given.stream().map(g -> g.fold(new double[0])).toList());
  }

  /** The ⌈level·(n + 1)⌉-th smallest of centre + error, sorted one by one. */
  private static double upper(List<Given> given, double x, double sign, double level) {
    double[] all =
        given.stream()
            .flatMapToDouble(
                g ->
                    Arrays.stream(g.errors)
                        .map(error -> sign * (g.intercept + g.slope * x) + error))
            .sorted()
            .toArray();
    return all[(int) Math.ceil(level * (all.length + 1) - 1e-9) - 1];
  }

  @ParameterizedTest
  @CsvSource({"1,0.5", "1,0.9", "3,0.5", "3,0.8", "5,0.9", "9,0.3", "200,0.99"})
  void endsAreTheOrderStatisticsOfAllRows(int folds, double level) {
    Random random = new Random(folds);
    for (int draw = 0; draw < 30; draw++) {
      List<Given> given = random(random, folds);
      PredictionIntervals intervals = of(given);
      if (!intervals.tellsOf(level)) {
        assertTrue(level * (intervals.rows() + 1) > intervals.rows());
        continue;
      }
      double x = 10 * random.nextGaussian();
      ScoreInterval.Range range = intervals.at(level).range(new double[] {x}, Loss.squared());
      assertEquals(upper(given, x, 1, level), range.high(), 1e-12);
      assertEquals(-upper(given, x, -1, level), range.low(), 1e-12);
    }
  }

  @Test
  void aLogLinkHasIntervalsOfItsMeans() {
    Given given = new Given(1, 0, new double[] {1, 2, 3, 4});
    ScoreInterval.Range range = of(List.of(given)).at(0.5).range(new double[1], Loss.poisson());
    assertEquals(Math.exp(1) + 3, range.high(), 1e-12);
    assertEquals(Math.max(0, Math.exp(1) - 3), range.low(), 1e-12);
    ScoreInterval.Range near =
        of(List.of(new Given(0, 0, new double[] {0.1, 0.2, 0.3})))
            .at(0.5)
            .range(new double[1], Loss.gamma());
    assertEquals(0.8, near.low(), 1e-12);
  }

  @Test
  void onlyTheirSharesOfWeightMatter() {
    double[] weights = {1, 2, 0.5, 3, 1.5, 1, 0};
    Given given = new Given(0, 0, new double[] {5, 1, 9, 2, 4, 8, 100});
    for (double scale : new double[] {1, 0.01, 70}) {
      double[] scaled = Arrays.stream(weights).map(weight -> scale * weight).toArray();
      PredictionIntervals intervals = new PredictionIntervals(List.of(given.fold(scaled)));
      assertEquals(6, intervals.rows());
      // The rank 4 of 6 rows is the weight 6 of 9: 1 and 2 weigh 5, 4 another 1.5.
      assertEquals(4, intervals.at(0.5).halfWidth());
    }
  }

  @Test
  void aMissingFeatureHasNoInterval() {
    Given given = new Given(1, 1, new double[] {1, 2, 3});
    ScoreInterval.Range range =
        of(List.of(given, given)).at(0.5).range(new double[] {Double.NaN}, Loss.squared());
    assertTrue(Double.isNaN(range.low()) && Double.isNaN(range.high()));
  }

  @Test
  void tooFewRowsForAConfidenceAreRefusedWithTheMost() {
    PredictionIntervals nineteen = of(List.of(new Given(0, 0, new double[19])));
    assertEquals(0, nineteen.at(0.95).halfWidth());
    assertEquals(
        "'interval' (0.96) needs the errors of more than the 19 rows that were held out: take at most 0.9500",
        assertThrows(InvalidInputException.class, () -> nineteen.at(0.96)).getMessage());
    assertEquals(
        "'interval' (90.0) must be > 0 and < 1: it is the share of labels that intervals should hold, such as 0.9",
        assertThrows(InvalidInputException.class, () -> nineteen.at(90)).getMessage());
  }
}
