package io.foldwise.spark.engine.fused;

import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.ProximalNewton.Optimum;
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
    double[] weights, LearningCurve curve, boolean diverged, double seconds, Optimum optimum)
    implements Serializable {

  /**
   * What became of a trial that was searched for function by function.
   *
   * @param each one for each function
   * @param coordinates those of the trial
   */
  static FusedOutcome together(List<FusedOutcome> each, Coordinates coordinates) {
    if (each.size() == 1) {
      return each.get(0);
    }
    Optimum all = Optimum.sum(each.stream().map(FusedOutcome::optimum).toList());
    return new FusedOutcome(
        coordinates.together(each.stream().map(FusedOutcome::weights).toList()),
        new LearningCurve(
            new long[] {1},
            new double[] {each.stream().mapToDouble(one -> one.curve.training()[0]).sum()},
            new double[] {each.stream().mapToDouble(one -> one.curve.validation()[0]).sum()}),
        each.stream().anyMatch(FusedOutcome::diverged),
        each.stream().mapToDouble(FusedOutcome::seconds).sum(),
        all);
  }

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
