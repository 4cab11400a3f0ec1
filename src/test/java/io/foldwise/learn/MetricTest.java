package io.foldwise.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.oracle.RowSums;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    for (Metric metric : Metric.values()) {
      if (metric != Metric.MAX_ERROR) {
        assertTrue(Double.isNaN(metric.of(MetricSums.EMPTY)), metric.label());
      }
    }
  }

  @Test
  void onlyR2IsBetterWhenHigher() {
    for (Metric metric : Metric.values()) {
      assertEquals(metric == Metric.R2, metric.higherIsBetter(), metric.label());
    }
    assertEquals(List.of("mse", "rmse", "mae", "r2", "max-error"), Metric.labels());
    assertTrue(Metric.MAE.needsRows());
    assertFalse(Metric.R2.needsRows());
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
    MetricSums fromMoments = new MetricSums(2, 5, Double.NaN, Double.NaN, 1, 4);
    assertFalse(fromMoments.hasAbsoluteErrors());
    MetricSums merged = fromMoments.merge(RowSums.of(1, 2));
    assertFalse(merged.hasAbsoluteErrors());
    assertTrue(Double.isNaN(Metric.MAX_ERROR.of(merged)));
    assertEquals(2.0, Metric.MSE.of(merged), 1e-15);
  }

  @Test
  void squaredLossHasNoHalf() {
    Loss squared = new Loss.Squared();
    assertEquals(9.0, squared.value(5, 2), 0.0);
    assertEquals(6.0, squared.derivative(5, 2), 0.0);
    double step = 1e-6;
    double difference = (squared.value(5 + step, 2) - squared.value(5 - step, 2)) / (2 * step);
    assertEquals(squared.derivative(5, 2), difference, 1e-8);
    assertEquals(Metric.MSE, squared.metric());
  }

  /** Each sum to 1e-13 of itself: 90 additions of numbers near 1 and 1000. */
  private static void assertSame(MetricSums expected, MetricSums actual) {
    assertEquals(expected.count(), actual.count(), 0.0);
    assertEquals(expected.squaredError(), actual.squaredError(), 1e-13 * expected.squaredError());
    assertEquals(
        expected.absoluteError(), actual.absoluteError(), 1e-13 * expected.absoluteError());
    assertEquals(expected.maxError(), actual.maxError(), 0.0);
    assertEquals(expected.labelMean(), actual.labelMean(), 1e-12);
    // the deviations are of order 1 about a mean of 1000: 1e-13·1000 each
    assertEquals(expected.labelDeviation(), actual.labelDeviation(), 1e-11);
  }
}
