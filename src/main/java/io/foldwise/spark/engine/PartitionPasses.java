package io.foldwise.spark.engine;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.spark.engine.moments.MomentsAggregate;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.engine.score.ScoringPass;
import java.util.List;

/** Passes that sum each partition's rows by our own kernels. */
public record PartitionPasses(EngineRows rows, Movement movement) implements Passes {
  @Override
  public FittedBasis fitted(SearchPlan plan) {
    return FittedBasis.of(plan, rows);
  }

  @Override
  public MomentsTable moments(PolynomialBasis basis, Shift shift, MinibatchBorders borders) {
    int reducers = rows.training().sparkSession().sparkContext().defaultParallelism();
    return new MomentsAggregate(basis, shift, borders, new RowReader(rows.layout()))
        .run(rows.training(), movement, reducers);
  }

  @Override
  public TrialEngine.Scored score(List<TrialResult> trained, Metric metric) {
    return ScoringPass.score(rows, trained, metric);
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return ScoringPass.scoreTest(rows, trained);
  }
}
