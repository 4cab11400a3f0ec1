package io.foldwise.spark.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Asked;
import io.foldwise.TestSpark;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.EngineContract;
import io.foldwise.spark.engine.Frames;
import io.foldwise.spark.engine.LossCase;
import io.foldwise.spark.engine.LossContract;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What SQL scores is what the CPU's pass scores, which is held against rows elsewhere. */
@Tag("compiled")
final class SqlScoringTest {
  private static final TrainingRows ROWS = TrainingRows.random(57, 3, 4, 91, LossContract::plane);
  private static final TrainingRows TEST = TrainingRows.random(31, 3, 2, 92, LossContract::plane);

  @Test
  @Tag("sweep")
  void everyMetricOfEveryLossIsThatOfTheCpu() {
    check(ROWS, TEST);
  }

  @Test
  void weightsCount() {
    double[] weights = new Random(93).doubles(ROWS.n(), 0, 3).toArray();
    weights[3] = 0;
    double[] testWeights = new Random(94).doubles(TEST.n(), 0, 3).toArray();
    check(ROWS.withWeights(weights), TEST.withWeights(testWeights));
  }

  private static void check(TrainingRows rows, TrainingRows test) {
    List<LossCase> cases = new ArrayList<>(List.of(LossCase.squared(rows)));
    cases.addAll(LossCase.others(rows));
    for (LossCase each : cases) {
      check(each, Frames.withTest(each.rows(), each.with(test).rows()));
    }
  }

  private static void check(LossCase each, EngineRows rows) {
    Metric metric = each.loss().isBinary() ? Metric.F1 : Metric.MAX_ERROR;
    SearchPlan plan =
        each.setting().plan(each.rows(), each.grid("degree=1,2; epochs=1; learning-rate=0.05"));
    EngineRequest sql = Asked.of("sql", "auto", TestSpark.device());
    try (TrialEngine cpu = SparkEngines.open(plan, rows, EngineRequest.AUTO);
        TrialEngine other = SparkEngines.open(plan, rows, sql)) {
      List<TrialResult> trained = cpu.train(EngineContract.trials(plan));
      TrialEngine.Scored expected = cpu.score(trained, metric);
      TrialEngine.Scored actual = other.score(trained, metric);
      for (int i = 0; i < trained.size(); i++) {
        Loss loss = trained.get(i).trial().candidate().loss();
        TrialResult.Scores wanted = expected.trials().get(i);
        TrialResult.Scores found = actual.trials().get(i);
        assertSame(wanted.training(), found.training(), loss);
        assertSame(wanted.validation(), found.validation(), loss);
      }
      for (int i = 0; i < expected.pooled().size(); i++) {
        assertSame(expected.pooled().get(i), actual.pooled().get(i), each.loss());
      }
      assertSame(cpu.scoreTest(trained.get(0)), other.scoreTest(trained.get(0)), each.loss());
    }
  }

  private static void assertSame(MetricSums expected, MetricSums actual, Loss loss) {
    assertEquals(expected.rows(), actual.rows(), loss.toString());
    assertClose(expected.weight(), actual.weight(), loss + " weight");
    int told = 0;
    for (Metric metric : Metric.all()) {
      double value = expected.rows() == 0 ? Double.NaN : metric.of(expected);
      if (Double.isNaN(value)) {
        assertTrue(actual.rows() == 0 || Double.isNaN(metric.of(actual)), loss + metric.label());
      } else {
        assertClose(value, metric.of(actual), loss + " " + metric.label());
        told++;
      }
    }
    assertTrue(expected.rows() == 0 || told >= 4, loss + " tells only " + told);
  }

  private static void assertClose(double expected, double actual, String where) {
    assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)), where);
  }
}
