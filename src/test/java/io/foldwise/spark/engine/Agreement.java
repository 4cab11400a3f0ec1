package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.Rmsprop;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How closely two results of one trial have to agree: what the semantics promise. */
final class Agreement {
  /** Of the largest coefficient, on noisy data and over at most 100 epochs where adaptive. */
  static final double COEFFICIENTS = 1e-10;

  /** Relative; below a millionth of what a constant costs it counts as that. */
  static final double SCORES = 1e-9;

  /** rmsprop amplifies the last bit without limit: its first few epochs only. */
  private static final double RMSPROP = 1e-6;

  private final double labelMean;
  private final double labelVariance;

  Agreement(TrainingRows rows) {
    double mean = Arrays.stream(rows.y()).average().orElseThrow();
    labelMean = Math.abs(mean);
    labelVariance =
        Arrays.stream(rows.y()).map(y -> (y - mean) * (y - mean)).average().orElseThrow();
  }

  void check(RowOracle.Outcome expected, TrialResult actual) {
    String trial = actual.trial().toString();
    assertFalse(actual.diverged(), trial);
    assertRate(expected.rate(), actual, trial);
    double looser = looser(actual);
    assertCoefficients(expected.powers(), powers(actual), COEFFICIENTS * looser, trial);
    Metric metric = Metric.of(actual.trial().candidate().loss());
    assertScore(expected.lastTraining(), metric.of(actual.scores().training()), actual, trial);
    assertScore(expected.lastValidation(), metric.of(actual.scores().validation()), actual, trial);
    checkCurve(expected, actual);
  }

  private void checkCurve(RowOracle.Outcome expected, TrialResult actual) {
    long[] epochs = actual.curve().epochs();
    String trial = "curve of " + actual.trial();
    assertEquals(epochs.length, actual.curve().training().length, trial);
    assertEquals(epochs.length, actual.curve().validation().length, trial);
    if (actual.trial().candidate().optimizer() instanceof Exact) {
      return;
    }
    assertEquals(actual.trial().epochs(), epochs[epochs.length - 1], trial);
    for (int point = 0; point < epochs.length; point++) {
      int epoch = (int) epochs[point] - 1;
      assertTrue(point == 0 || epochs[point] > epochs[point - 1], trial);
      assertScore(expected.training()[epoch], actual.curve().training()[point], actual, trial);
      assertScore(expected.validation()[epoch], actual.curve().validation()[point], actual, trial);
    }
  }

  private static void assertRate(double expected, TrialResult actual, String trial) {
    if (Double.isNaN(expected)) {
      assertTrue(Double.isNaN(actual.rate().used()), trial);
    } else {
      assertEquals(expected, actual.rate().used(), 1e-12 * expected, trial);
    }
  }

  /** Two engines, partitionings or orders of rows. */
  void check(TrialResult expected, TrialResult actual) {
    String trial = actual.trial().toString();
    assertEquals(expected.trial(), actual.trial());
    assertEquals(expected.diverged(), actual.diverged(), trial);
    double looser = looser(actual);
    assertRate(expected.rate().used(), actual, trial);
    assertCoefficients(powers(expected), powers(actual), COEFFICIENTS * looser, trial);
    assertSums(expected.scores().training(), actual.scores().training(), actual);
    assertSums(expected.scores().validation(), actual.scores().validation(), actual);
    assertArrayEquals(expected.curve().epochs(), actual.curve().epochs());
  }

  private void assertSums(MetricSums expected, MetricSums actual, TrialResult result) {
    String trial = result.trial().toString();
    assertEquals(expected.rows(), actual.rows(), trial);
    // weights may be added up in another order
    assertEquals(expected.weight(), actual.weight(), 1e-13 * expected.weight(), trial);
    Loss loss = result.trial().candidate().loss();
    List<Metric> metrics = new ArrayList<>(List.of(Metric.of(loss)));
    if (loss instanceof Squared) {
      metrics.add(Metric.R2);
    }
    for (Metric metric : metrics) {
      assertScore(metric.of(expected), metric.of(actual), result, metric.label() + ", " + trial);
    }
  }

  private void assertScore(double expected, double actual, TrialResult result, String message) {
    if (Double.isNaN(expected)) {
      assertTrue(Double.isNaN(actual), message);
      return;
    }
    double scale = Math.max(Math.abs(expected), 1e-6 * ofConstant(result));
    assertEquals(expected, actual, SCORES * looser(result) * scale, message);
  }

  /** About what the best constant costs, in the loss's unit. */
  private double ofConstant(TrialResult result) {
    Loss loss = result.trial().candidate().loss();
    if (loss.isLogLink()) {
      // A deviance is a difference of terms as large as the labels.
      return Math.max(Math.sqrt(labelVariance), labelMean);
    }
    return loss.isBinary() ? 1 : loss instanceof Squared ? labelVariance : Math.sqrt(labelVariance);
  }

  static void assertCoefficients(
      double[] expected, double[] actual, double relative, String message) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertArrayEquals(expected, actual, relative * largest, message);
  }

  /** The constant, then the coefficients of the powers. */
  static double[] powers(TrialResult result) {
    AffineFunction powers = result.model().powers();
    double[] all = new double[powers.coefficients().length + 1];
    all[0] = powers.intercept();
    System.arraycopy(powers.coefficients(), 0, all, 1, all.length - 1);
    return all;
  }

  private static double looser(TrialResult result) {
    return result.trial().candidate().optimizer() instanceof Rmsprop ? RMSPROP / COEFFICIENTS : 1;
  }
}
