package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.loss.Tweedie;
import io.foldwise.oracle.RowSums;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of many trials at once, against sums by definition and numbers of scikit-learn. */
final class MetricAccumulatorTest {
  private static final double[] Z = {-2.5, -0.5, 0.25, 0.25, 1.5, -1, 3, 0.75, -0.25, 0};
  private static final double[] CLASSES = {0, 1, 0, 1, 1, 0, 1, 0, 0, 1};
  private static final double[] CLASS_WEIGHTS = {1, 2, 0.5, 1, 3, 1, 0.25, 2, 1.5, 1};
  private static final double[] PREDICTIONS = {2.5, 0, 2, 8, 3};
  private static final double[] LABELS = {3, -0.5, 2, 7, 4.25};
  private static final double[] WEIGHTS = {1, 2, 0.5, 1, 3};

  /**
   * scikit-learn 1.2.1: {@code log_loss(y, 1 / (1 + exp(-z)))}, {@code hinge_loss(y, z)}, {@code
   * accuracy_score(y, z > 0)}, {@code f1_score(y, z > 0)}, then with {@code sample_weight}.
   */
  @Test
  void decisionsAreScikitLearns() {
    for (Loss loss : List.of(new Logistic(), new Hinge())) {
      MetricSums plain = sums(loss, Z, CLASSES, ones(Z.length));
      assertEquals(0.542406548185875, Metric.of(new Logistic()).of(plain), 1e-15);
      assertEquals(0.7, Metric.of(new Hinge()).of(plain), 1e-15);
      assertEquals(0.6, Metric.ACCURACY.of(plain), 1e-15);
      assertEquals(0.6, Metric.F1.of(plain), 1e-15);
      MetricSums weighted = sums(loss, Z, CLASSES, CLASS_WEIGHTS);
      assertEquals(0.5868980765614306, Metric.of(new Logistic()).of(weighted), 1e-15);
      assertEquals(0.7547169811320755, Metric.of(new Hinge()).of(weighted), 1e-15);
      assertEquals(0.5849056603773585, Metric.ACCURACY.of(weighted), 1e-15);
      assertEquals(0.6071428571428571, Metric.F1.of(weighted), 1e-15);
    }
  }

  /**
   * scikit-learn 1.2.1: {@code mean_squared_error}, {@code mean_absolute_error}, {@code r2_score},
   * {@code mean_pinball_loss(alpha=0.9)}, {@code max_error}; scipy 1.10.1: the mean of {@code
   * scipy.special.huber(0.75, y - p)}; then with weights.
   */
  @Test
  void errorsAreScikitLearns() {
    MetricSums plain = sums(new Quantile(0.9), PREDICTIONS, LABELS, ones(5));
    assertEquals(0.6125, Metric.MSE.of(plain), 1e-15);
    assertEquals(0.65, Metric.MAE.of(plain), 1e-15);
    assertEquals(0.9002442996742671, Metric.R2.of(plain), 1e-15);
    assertEquals(0.345, Metric.of(new Quantile(0.5)).of(plain), 1e-15);
    assertEquals(1.25, Metric.MAX_ERROR.of(plain), 0.0);
    MetricSums weighted = sums(new Quantile(0.9), PREDICTIONS, LABELS, WEIGHTS);
    assertEquals(0.8583333333333333, Metric.MSE.of(weighted), 1e-15);
    assertEquals(0.8333333333333334, Metric.MAE.of(weighted), 1e-15);
    assertEquals(0.8590714220560065, Metric.R2.of(weighted), 1e-15);
    assertEquals(0.5366666666666667, Metric.of(new Quantile(0.5)).of(weighted), 1e-15);
    assertEquals(0.4166666666666667, Metric.of(new Huber(1)).of(weighted), 1e-15);
    MetricSums narrow = sums(new Huber(0.75), PREDICTIONS, LABELS, WEIGHTS);
    assertEquals(0.375, Metric.of(new Huber(1)).of(narrow), 1e-15);
    assertEquals(0.4166666666666667, Metric.of(new Quantile(0.5)).of(narrow), 1e-15);
  }

  static List<List<Loss>> trials() {
    return List.of(
        List.of(new Squared(), new Squared(), new Squared()),
        List.of(new Absolute(), new Absolute(), new Absolute()),
        List.of(new Huber(0.1), new Huber(1.5), new Huber(30)),
        List.of(new Quantile(0.1), new Quantile(0.5), new Quantile(0.95)),
        List.of(new Logistic(), new Logistic(), new Logistic()),
        List.of(new Hinge(), new Hinge(), new Hinge()),
        List.of(new SquaredHinge(), new SquaredHinge(), new SquaredHinge()),
        List.of(new EpsilonInsensitive(0), new EpsilonInsensitive(1), new EpsilonInsensitive(9)),
        List.of(new Poisson(), new Poisson(), new Poisson()),
        List.of(new Gamma(), new Gamma(), new Gamma()),
        List.of(new Tweedie(1.1), new Tweedie(1.5), new Tweedie(1.9)));
  }

  /** Of 4,000 rows, each trial passes over the rows whose number its own divides. */
  @ParameterizedTest
  @MethodSource("trials")
  void everyTrialHasTheSumsOfItsOwnRows(List<Loss> losses) {
    int n = 4000;
    Random random = new Random(5);
    double[][] z = new double[3][];
    Arrays.setAll(z, c -> random.doubles(n, -3, 3).toArray());
    double[] labels =
        random.doubles(n).map(u -> losses.get(0).isBinary() ? Math.rint(u) : 1e3 + u).toArray();
    double[] weights = random.doubles(n).map(u -> u < 0.1 ? 0 : u).toArray();
    MetricAccumulator accumulator = accumulated(losses, z, labels, weights);
    for (int c = 0; c < 3; c++) {
      int step = c + 2;
      int[] own = IntStream.range(0, n).filter(i -> i % step != 0).toArray();
      MetricSums expected =
          RowSums.of(losses.get(c), at(z[c], own), at(labels, own), at(weights, own));
      assertSame(expected, accumulator.sums(c));
    }
  }

  private static MetricAccumulator accumulated(
      List<Loss> losses, double[][] z, double[] labels, double[] weights) {
    int panel = 100;
    ScoredBlock block = new ScoredBlock(losses, panel);
    MetricAccumulator accumulator = new MetricAccumulator(block);
    for (int from = 0; from < labels.length; from += panel) {
      int first = from;
      double[] side = new double[panel * 3];
      Arrays.setAll(side, at -> z[at % 3][first + at / 3]);
      block.fill(
          side,
          new ScoredBlock.Rows(
              Arrays.copyOfRange(labels, from, from + panel),
              Arrays.copyOfRange(weights, from, from + panel),
              panel));
      for (int row = 0; row < panel; row++) {
        for (int c = 0; c < 3; c++) {
          if ((from + row) % (c + 2) != 0) {
            accumulator.add(row, c, c + 1);
          }
        }
      }
      accumulator.settle();
    }
    return accumulator;
  }

  @Test
  void aLabelThatDoesNotVaryHasNoDeviation() {
    double[] labels = new double[257];
    Arrays.fill(labels, 0.1);
    MetricSums sums = sums(new Squared(), new double[257], labels, ones(257));
    assertEquals(0.0, sums.labels().deviation(), 0.0);
    assertTrue(Double.isNaN(Metric.R2.of(sums)));
  }

  @Test
  void noRowsAreTheEmptySums() {
    for (List<Loss> losses : trials()) {
      MetricAccumulator none = new MetricAccumulator(new ScoredBlock(losses, 4));
      none.settle();
      assertEquals(MetricSums.EMPTY, none.sums(0));
    }
  }

  @Test
  void theLastBitsOfAScoreDecideNothing() {
    double[] z = {4e-13, -4e-13, 6e-13, 1e-11};
    MetricSums sums = sums(new Logistic(), z, new double[] {1, 1, 1, 1}, ones(4));
    assertEquals(2.0, sums.sum(Sum.truePositive()), 0.0);
    assertEquals(2.0, sums.sum(Sum.falseNegative()), 0.0);
  }

  /** The row cannot be counted, and the search for the bad cell must start. */
  @Test
  void labelsThatAreNoClassAndNegativeWeightsShowInTheLoss() {
    for (Loss loss : List.of(new Logistic(), new Hinge())) {
      for (double label : new double[] {2, -1, 0.5, Double.NaN}) {
        MetricSums sums = sums(loss, new double[2], new double[] {1, label}, ones(2));
        assertTrue(Double.isNaN(Metric.of(loss).of(sums)), loss + " of " + label);
      }
      MetricSums sums = sums(loss, new double[2], new double[2], new double[] {1, -1});
      assertTrue(Double.isNaN(Metric.of(loss).of(sums)), loss.label());
    }
    MetricSums sums = sums(new Squared(), new double[2], new double[2], new double[] {1, -1});
    assertTrue(Double.isNaN(Metric.MSE.of(sums)));
  }

  private static MetricSums sums(Loss loss, double[] z, double[] labels, double[] weights) {
    ScoredBlock block = new ScoredBlock(List.of(loss), z.length);
    block.fill(z, new ScoredBlock.Rows(labels, weights, z.length));
    MetricAccumulator accumulator = new MetricAccumulator(block);
    for (int row = 0; row < z.length; row++) {
      accumulator.add(row, 0, 1);
    }
    accumulator.settle();
    return accumulator.sums(0);
  }

  /** To 1e-12 of themselves: the definitions add up 4,000 rows plainly. */
  private static void assertSame(MetricSums expected, MetricSums actual) {
    assertEquals(expected.rows(), actual.rows());
    double[] want = numbers(expected);
    double[] have = numbers(actual);
    for (int at = 0; at < want.length; at++) {
      double scale = Double.isNaN(want[at]) ? 1 : Math.max(1, Math.abs(want[at]));
      assertEquals(want[at], have[at], 1e-12 * scale, "sum " + at);
    }
  }

  private static double[] numbers(MetricSums sums) {
    return new double[] {
      sums.weight(),
      sums.labels().mean(),
      sums.labels().deviation(),
      sums.sum(Sum.of(new Squared())),
      sums.sum(Sum.of(new Absolute())),
      sums.sum(Sum.of(new Huber(1))),
      sums.sum(Sum.of(new Quantile(0.5))),
      sums.sum(Sum.largestError()),
      sums.sum(Sum.of(new EpsilonInsensitive(1))),
      sums.sum(Sum.of(new Poisson())),
      sums.sum(Sum.of(new Gamma())),
      sums.sum(Sum.of(new Tweedie(1.5))),
      sums.sum(Sum.of(new SquaredHinge())),
      sums.sum(Sum.of(new Logistic())),
      sums.sum(Sum.of(new Hinge())),
      sums.sum(Sum.truePositive()),
      sums.sum(Sum.trueNegative()),
      sums.sum(Sum.falsePositive()),
      sums.sum(Sum.falseNegative())
    };
  }

  private static double[] at(double[] values, int[] rows) {
    return IntStream.of(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
