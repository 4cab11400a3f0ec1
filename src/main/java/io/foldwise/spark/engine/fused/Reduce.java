package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.PowerIteration;
import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import java.util.List;

/** The rows stay; every step is one aggregate of gradients, and the driver descends. */
public record Reduce(Rows rows, long seed) implements FusedMovement {
  /** The rows that gradients are aggregated over. */
  public interface Rows {
    SummedObjective objective(TrialColumns columns, int minibatches);
  }

  @Override
  public List<List<FusedOutcome>> train(List<? extends RowRun> runs) {
    return runs.stream()
        .map(run -> run.trained(() -> rows.objective(run.columns(), run.minibatches()), seed))
        .toList();
  }

  @Override
  public double[] curvatures(TrialColumns columns, int minibatches) {
    SummedObjective objective = rows.objective(columns, minibatches);
    return PowerIteration.largest(columns, objective, 0, minibatches);
  }
}
