package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Trials that are trained side by side over rows: of one degree and one number of minibatches. */
interface RowRun extends Serializable {
  /** The trials, in the order of their held-out folds. */
  TrialColumns columns();

  /** The number of minibatches in an epoch that the rows are cut into. */
  int minibatches();

  /** The columns {@code from} to before {@code to}. */
  RowRun slice(int from, int to);

  /**
   * Trains all the way in one task.
   *
   * @param over the objective over the rows; making it counts as time of the training
   * @param seed the seed of the order of minibatches
   */
  List<FusedOutcome> trained(Supplier<SummedObjective> over, long seed);

  /** The number of trials. */
  default int size() {
    return columns().splits().size();
  }

  /** At most so many slices, of sizes as equal as can be. */
  default List<RowRun> slices(int most) {
    int count = Math.min(most, size());
    return IntStream.range(0, count)
        .mapToObj(
            i -> slice((int) ((long) i * size() / count), (int) ((long) (i + 1) * size() / count)))
        .toList();
  }
}
