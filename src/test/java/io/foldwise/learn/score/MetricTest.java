package io.foldwise.learn.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.math.ColumnSums;
import io.foldwise.oracle.RowSums;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricTest {

  @Test
  void metricsAreTheirFormulas() {
    MetricSums sums = RowSums.of(new double[] {1, 2, 4}, new double[] {1, 4, 1});
    assertEquals(13 / 3.0, Metric.MSE.of(sums), 1e-15);
    assertEquals(Math.sqrt(13 / 3.0), Metric.RMSE.of(sums), 1e-15);
    assertEquals(5 / 3.0, Metric.MAE.of(sums), 1e-15);
    assertEquals(3.0, Metric.MAX_ERROR.of(sums), 0.0);
    // labels 1, 4, 1: Σ(y − ȳ)² = 6
    assertEquals(1 - 13 / 6.0, Metric.R2.of(sums), 1e-14);
  }

  @Test
  void r2OfOneRowIsUndefined() {
    assertTrue(Double.isNaN(Metric.R2.of(RowSums.of(1, 2))));
    assertTrue(Double.isNaN(Metric.R2.of(RowSums.of(new double[] {1, 2}, new double[] {3, 3}))));
  }

  @Test
  void metricsOfNoRowsAreUndefined() {
    for (Metric metric : Metric.all()) {
      assertTrue(Double.isNaN(metric.of(MetricSums.EMPTY)), metric.label());
    }
  }

  @Test
  void sharesAreBetterWhenHigherAndLossesWhenLower() {
    Set<Metric> higher = Set.of(Metric.R2, Metric.ACCURACY, Metric.F1, Metric.MACRO_F1, Metric.AUC);
    for (Metric metric : Metric.all()) {
      assertEquals(higher.contains(metric), metric.higherIsBetter(), metric.label());
    }
    assertEquals(
        List.of(
            "mse",
            "mae",
            "huber",
            "pinball",
            "epsilon-insensitive",
            "poisson-deviance",
            "gamma-deviance",
            "tweedie-deviance",
            "rmse",
            "r2",
            "max-error",
            "log-loss",
            "hinge",
            "squared-hinge",
            "ovr-hinge",
            "ovr-squared-hinge",
            "accuracy",
            "f1",
            "macro-f1",
            "auc"),
        Metric.all().stream().map(Metric::label).toList());
  }

  @Test
  void trainingLeavesItsOwnLossAndSquaredLossTheMetricsOfSquaresToo() {
    Loss squared = new Squared();
    Set<Metric> ofSquares = Set.of(Metric.MSE, Metric.RMSE, Metric.R2);
    for (Metric metric : Metric.all()) {
      assertEquals(!ofSquares.contains(metric), metric.needsRows(squared), metric.label());
      assertEquals(metric != Metric.of(new Logistic()), metric.needsRows(new Logistic()));
      assertEquals(metric != Metric.MAE, metric.needsRows(new Absolute()));
    }
  }

  @Test
  void mergingIsCommutativeAssociativeAndAsGoodAsOneByOne() {
    Random random = new Random(3);
    double[] predictions = random.doubles(90).toArray();
    double[] labels = random.doubles(90).map(u -> 1000 + u).toArray();
    MetricSums whole = RowSums.of(predictions, labels);
    MetricSums[] parts = new MetricSums[3];
    int[] cuts = {0, 7, 60, 90};
    for (int part = 0; part < 3; part++) {
      parts[part] =
          RowSums.of(
              Arrays.copyOfRange(predictions, cuts[part], cuts[part + 1]),
              Arrays.copyOfRange(labels, cuts[part], cuts[part + 1]));
    }
    assertSame(whole, parts[0].merge(parts[1]).merge(parts[2]));
    assertSame(whole, parts[2].merge(parts[1].merge(parts[0])));
    assertSame(whole, MetricSums.EMPTY.merge(whole));
    assertSame(whole, whole.merge(MetricSums.EMPTY));
  }

  @Test
  void sumsThatWereNotTakenStayUndefined() {
    ColumnSums labels = new ColumnSums(2, 2, new double[] {2}, new double[] {6});
    MetricSums fromMoments = MetricSums.ofLoss(labels, 0, new Squared(), 5);
    assertTrue(Double.isNaN(Metric.MAE.of(fromMoments)));
    MetricSums merged = fromMoments.merge(RowSums.of(1, 2));
    assertTrue(Double.isNaN(Metric.MAE.of(merged)));
    assertTrue(Double.isNaN(Metric.MAX_ERROR.of(merged)));
    assertEquals(2.0, Metric.MSE.of(merged), 1e-15);
  }

  @Test
  void squaredLossHasNoHalf() {
    Loss squared = new Squared();
    assertEquals(9.0, squared.value(5, 2), 0.0);
    assertEquals(6.0, squared.derivative(5, 2), 0.0);
    double step = 1e-6;
    double difference = (squared.value(5 + step, 2) - squared.value(5 - step, 2)) / (2 * step);
    assertEquals(squared.derivative(5, 2), difference, 1e-8);
    assertEquals(Metric.MSE, Metric.of(squared));
  }

  /** Each sum to 1e-13 of itself: 90 additions of numbers near 1 and 1000. */
  private static void assertSame(MetricSums expected, MetricSums actual) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weight(), actual.weight(), 0.0);
    double squared = expected.sum(Sum.of(new Squared()));
    assertEquals(squared, actual.sum(Sum.of(new Squared())), 1e-13 * squared);
    double absolute = expected.sum(Sum.of(new Absolute()));
    assertEquals(absolute, actual.sum(Sum.of(new Absolute())), 1e-13 * absolute);
    assertEquals(expected.sum(Sum.largestError()), actual.sum(Sum.largestError()), 0.0);
    assertEquals(expected.labels().mean(), actual.labels().mean(), 1e-12);
    // the deviations are of order 1 about a mean of 1000: 1e-13·1000 each
    assertEquals(expected.labels().deviation(), actual.labels().deviation(), 1e-11);
  }

  @Test
  void everyLossHasTheMetricsThatAPersonIsToldAndOneMore() {
    assertEquals("[mse, rmse, mae, r2]", Metric.told(Loss.squared()).toString());
    assertEquals("[huber, mse, rmse, mae, r2]", Metric.told(Loss.huber()).toString());
    assertEquals("[log-loss, accuracy, f1, auc]", Metric.told(Loss.logistic()).toString());
    assertEquals("[mse, rmse, mae, r2, max-error]", Metric.all(Loss.squared()).toString());
    assertEquals("[mae, mse, rmse, r2, max-error]", Metric.all(Loss.absolute()).toString());
    assertEquals("[log-loss, accuracy, f1, auc, hinge]", Metric.all(Loss.logistic()).toString());
    assertEquals("[hinge, accuracy, f1, auc]", Metric.all(Loss.hinge()).toString());
  }
}
