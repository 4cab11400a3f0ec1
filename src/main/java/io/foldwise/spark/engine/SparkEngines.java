package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.fused.FusedEngine;
import io.foldwise.spark.engine.fused.PackedCaching;
import io.foldwise.spark.engine.moments.MomentsEngine;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.plan.Planner;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.engine.score.ScoringPass;
import io.foldwise.spark.engine.sql.GpuSwitch;
import io.foldwise.spark.engine.sql.SqlAggregates;
import io.foldwise.spark.engine.sql.SqlCaching;
import io.foldwise.spark.engine.sql.SqlParameters;
import io.foldwise.spark.engine.sql.SqlPasses;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The engines that run on Spark, and the choice between them. */
public final class SparkEngines {
  private SparkEngines() {}

  /**
   * Opens the engine that the planner chooses.
   *
   * @throws io.foldwise.input.InvalidInputException if no engine can run the plan, as for want of
   *     memory
   */
  public static TrialEngine open(SearchPlan plan, EngineRows rows, EngineRequest wanted) {
    return open(plan, rows, explain(plan, rows, wanted), query -> {});
  }

  /** Opens the engine of a plan, whose SQL a witness sees. */
  public static TrialEngine open(
      SearchPlan plan, EngineRows rows, EnginePlan choice, Consumer<Dataset<Row>> witness) {
    if (choice.engine() == Engine.SQL) {
      SqlAggregates aggregates = new SqlAggregates(GpuSwitch.of(choice), witness);
      SqlPasses passes = new SqlPasses(rows, aggregates, SqlParameters.Kind.of(choice.device()));
      return choice.movement().what() == Movement.SUMS
          ? new MomentsEngine(plan, rows, choice, passes)
          : new FusedEngine(
              plan, rows, choice, new SqlCaching(passes, plan.objective().seed()), passes);
    }
    Passes passes = new PartitionPasses(rows, choice.gathering());
    return choice.engine() == Engine.MOMENTS
        ? new MomentsEngine(plan, rows, choice, passes)
        : new FusedEngine(
            plan, rows, choice, new PackedCaching(plan, rows, choice.movement()), passes);
  }

  /** What the planner chooses, without running it. */
  public static EnginePlan explain(SearchPlan plan, EngineRows rows, EngineRequest wanted) {
    GpuSwitch.OFF.turn(rows.training().sparkSession());
    return Planner.plan(plan, rows.layout(), Planner.ClusterResources.of(rows.training()), wanted);
  }

  /**
   * Scores a model on rows in one pass, with every sum of its loss's kind.
   *
   * @param rows the rows, with the columns of test rows of the layout, which has the features of
   *     the model's basis
   */
  public static MetricSums score(
      Dataset<Row> rows, EngineRows.Layout layout, LinearModel model, Loss loss) {
    return ScoringPass.score(rows, layout, model, loss);
  }
}
