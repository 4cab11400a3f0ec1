package io.foldwise.spark.engine;

import io.foldwise.learn.Descent;
import io.foldwise.learn.PowerIteration;
import io.foldwise.learn.TrialColumns;
import java.util.List;

/** Every step is one aggregate of gradients in SQL, and the driver descends. */
record SqlReduce(SqlRows rows, long seed) implements FusedMovement {
  @Override
  public List<List<FusedOutcome>> train(List<FusedRun> runs) {
    return runs.stream().map(this::train).toList();
  }

  private List<FusedOutcome> train(FusedRun run) {
    long start = System.nanoTime();
    SqlObjective objective = new SqlObjective(run.columns(), run.minibatches(), rows);
    Descent descent = run.descent();
    CurveRecorder recorder = run.recorder(descent, objective::losses);
    descent.run(objective, seed, recorder);
    return FusedOutcome.of(run, descent, recorder, (System.nanoTime() - start) / 1e9);
  }

  @Override
  public double[] curvatures(TrialColumns columns, int minibatches) {
    SqlObjective objective = new SqlObjective(columns, minibatches, rows);
    PowerIteration power = new PowerIteration(columns);
    for (int b = 0; b < minibatches; b++) {
      power.look(objective, b);
    }
    return power.largest();
  }
}
