package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The engines that run on Spark, and the choice between them. */
public final class SparkEngines {
  /** The plugin of Spark that runs SQL on a GPU. */
  public static final String RAPIDS = "com.nvidia.spark.SQLPlugin";

  private SparkEngines() {}

  /**
   * Opens the engine that the planner chooses.
   *
   * @throws io.foldwise.input.InvalidInputException if no engine can run the plan, as for want of
   *     memory
   */
  public static TrialEngine open(SearchPlan plan, EngineRows rows, Wanted wanted) {
    return open(plan, rows, explain(plan, rows, wanted), query -> {});
  }

  /** The engine of a plan, with who sees its SQL. */
  static TrialEngine open(
      SearchPlan plan, EngineRows rows, EnginePlan choice, Consumer<Dataset<Row>> witness) {
    SqlAggregates aggregates = new SqlAggregates(GpuSwitch.of(choice), witness);
    boolean sql = choice.engine() == Engine.SQL;
    Passes passes =
        sql
            ? new SqlPasses(rows, aggregates, SqlParameters.Kind.of(choice.device()))
            : new PartitionPasses(rows, MomentsPlan.of(plan, rows).movement());
    boolean moments =
        choice.engine() == Engine.MOMENTS || choice.movement().what() == Movement.SUMS;
    return moments
        ? new MomentsEngine(plan, rows, choice, passes)
        : new FusedEngine(plan, rows, choice, passes);
  }

  /** What the planner chooses, without running it. */
  public static EnginePlan explain(SearchPlan plan, EngineRows rows, Wanted wanted) {
    GpuSwitch.OFF.turn(rows.training().sparkSession());
    return Planner.plan(plan, rows.layout(), Planner.Workplace.of(rows.training()), wanted);
  }

  /**
   * What overrules the planner.
   *
   * @param engine empty: any
   * @param movement empty: any; else a way of trials over rows
   * @param device what training may run on
   */
  public record Wanted(Optional<Engine> engine, Optional<Movement> movement, Device device) {
    /** Nothing does, and training is on the CPU. */
    public static final Wanted AUTO =
        new Wanted(Optional.empty(), Optional.empty(), new Device(Device.Use.CPU, ""));

    boolean isFor(Engine one) {
      return engine.equals(Optional.of(one));
    }
  }

  /**
   * What training may run on: known before Spark starts.
   *
   * @param why what is missing for a GPU, in a few words; empty where nothing is, or where the CPU
   *     was asked for
   */
  public record Device(Use use, String why) {
    /** CPU and GPU: that alone. EITHER: a GPU is there, and the planner decides. */
    public enum Use {
      CPU,
      GPU,
      EITHER
    }
  }

  /**
   * Scores a model on rows in one pass, with every sum of its loss's kind.
   *
   * @param rows columns: as test rows of the layout, which has the features of the model's basis
   */
  public static MetricSums score(
      Dataset<Row> rows, EngineRows.Layout layout, LinearModel model, Loss loss) {
    return ScoringPass.score(rows, layout, model, loss);
  }
}
