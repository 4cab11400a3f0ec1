package io.foldwise.spark.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Asked;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.EngineContract;
import io.foldwise.spark.engine.Frames;
import io.foldwise.spark.engine.LossContract;
import io.foldwise.spark.engine.Setting;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.spark.metrics.source.CodegenMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a step of SQL gradients costs on the CPU does not grow with their number. */
@Tag("compiled")
final class SqlStepsTest {
  private static final int STEPS = 50;

  /** A query as it is about to run. */
  private record Query(int operators, long compiled, long nanos) {
    static Query now(SparkPlan plan) {
      return new Query(
          plan.collectLeaves().size() + plan.treeString().split("\n").length,
          CodegenMetrics.METRIC_COMPILATION_TIME().getCount(),
          System.nanoTime());
    }
  }

  @Test
  void stepsNeitherGrowThePlanNorCompileClassesNorSlowDown() {
    List<Query> steps = steps();
    Query settled = steps.get(2);
    for (Query step : steps.subList(2, STEPS)) {
      assertEquals(settled.operators, step.operators);
      assertEquals(settled.compiled, step.compiled);
    }
    long early = medianStep(steps.subList(5, 20));
    long late = medianStep(steps.subList(STEPS - 16, STEPS - 1));
    assertTrue(late < 3 * early, "a step took %d ns, later %d ns".formatted(early, late));
  }

  /** The gradients of each step; the losses of each epoch come in between. */
  private static List<Query> steps() {
    TrainingRows rows = TrainingRows.random(60, 2, 3, 71, LossContract::plane).asClasses(1.2);
    SearchPlan plan =
        Setting.of(new Logistic())
            .plan(rows, "learning-rate=0.1; batch-size=30; epochs=" + STEPS / 2);
    EngineRows frame = Frames.engineRows(rows, 2);
    EngineRequest sql = Asked.of("sql", "reduce");
    EnginePlan choice = SparkEngines.explain(plan, frame, sql);
    List<Query> asked = new ArrayList<>();
    int gradients = 3 * 4;
    Consumer<Dataset<Row>> witness =
        query -> {
          if (query.columns().length == gradients) {
            asked.add(Query.now(query.queryExecution().sparkPlan()));
          }
        };
    try (TrialEngine engine = SparkEngines.open(plan, frame, choice, witness)) {
      engine.train(EngineContract.trials(plan));
    }
    assertEquals(STEPS, asked.size());
    return asked;
  }

  private static long medianStep(List<Query> steps) {
    long[] each =
        LongStream.range(1, steps.size())
            .map(i -> steps.get((int) i).nanos - steps.get((int) i - 1).nanos)
            .sorted()
            .toArray();
    return each[each.length / 2];
  }
}
