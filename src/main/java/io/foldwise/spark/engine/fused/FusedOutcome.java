package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.ProximalNewton;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.training.CurveRecorder;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of one column.
 *
 * @param weights the weights at the end
 * @param seconds the seconds of training, shared evenly among the columns that were trained side by
 *     side
 * @param optimum what a search for the optimum ended with; null for a descent
 */
record FusedOutcome(
    double[] weights,
    LearningCurve curve,
    boolean diverged,
    double seconds,
    ProximalNewton.Optimum optimum)
    implements Serializable {

  /** The outcome of every column of a run that ended. */
  static List<FusedOutcome> of(
      FusedRun run, Descent descent, CurveRecorder recorder, double seconds) {
    int[] starts = run.columns().starts();
    return IntStream.range(0, run.size())
        .mapToObj(
            column ->
                new FusedOutcome(
                    java.util.Arrays.copyOfRange(
                        descent.weights(), starts[column], starts[column + 1]),
                    recorder.curve(column),
                    recorder.diverged(column),
                    seconds / run.size(),
                    null))
        .toList();
  }
}
