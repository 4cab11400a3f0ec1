package io.foldwise.spark.engine.fused;

import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.Divergence;
import io.foldwise.learn.optim.LossSums;
import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.search.training.CurveRecorder;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trials that descend side by side over rows: of one degree and one number of minibatches.
 *
 * @param columns the columns in the order of their held-out folds
 * @param starting one for each column
 * @param minibatches the number of minibatches in an epoch
 * @param fromBaseline whether all start from the best constant
 * @param points the most points of a curve
 */
record FusedRun(
    TrialColumns columns, List<Start> starting, int minibatches, boolean fromBaseline, int points)
    implements RowRun {

  /**
   * How a column starts, and what its losses are measured by.
   *
   * @param initial the column's first weights
   * @param ofConstant roughly the mean loss of the best constant
   * @param trainingWeight the weight of the rows it is trained on
   * @param heldOutWeight the weight of the held-out rows it is scored on
   */
  record Start(
      WeightColumn column,
      Descent.Stepper stepper,
      double[] initial,
      double ofConstant,
      double trainingWeight,
      double heldOutWeight)
      implements Serializable {}

  FusedRun {
    starting = List.copyOf(starting);
  }

  @Override
  public FusedRun slice(int from, int to) {
    return new FusedRun(
        columns.slice(from, to), starting.subList(from, to), minibatches, fromBaseline, points);
  }

  Descent descent() {
    int[] starts = columns.starts();
    double[] w = new double[starts[size()]];
    for (int column = 0; column < size(); column++) {
      double[] initial = starting.get(column).initial;
      System.arraycopy(initial, 0, w, starts[column], initial.length);
    }
    List<WeightColumn> placed =
        IntStream.range(0, size())
            .mapToObj(column -> starting.get(column).column.at(starts[column]))
            .toList();
    return new Descent(placed, starting.stream().map(Start::stepper).toList(), w);
  }

  @Override
  public List<FusedOutcome> trained(Supplier<SummedObjective> over, long seed) {
    long start = System.nanoTime();
    SummedObjective objective = over.get();
    Descent descent = descent();
    CurveRecorder recorder = recorder(descent, objective::losses);
    descent.run(objective, seed, recorder);
    return FusedOutcome.of(this, descent, recorder, (System.nanoTime() - start) / 1e9);
  }

  /** Sums the losses over all rows. */
  interface Summed {
    LossSums of(double[] w, ActiveColumns active);
  }

  /** The recorder of a descent that has not begun. */
  CurveRecorder recorder(Descent descent, Summed summed) {
    CurveRecorder.Losses losses =
        (w, active, training, validation) ->
            means(summed.of(w, active), active, training, validation);
    double[] initial = new double[size()];
    if (!fromBaseline) {
      losses.into(descent.weights(), descent.active(), initial, new double[size()]);
    }
    return new CurveRecorder(
        losses,
        starting.stream().mapToLong(start -> start.stepper.epochs()).toArray(),
        IntStream.range(0, size())
            .mapToDouble(i -> Divergence.bound(initial[i], starting.get(i).ofConstant))
            .toArray(),
        points);
  }

  private void means(LossSums sums, ActiveColumns active, double[] training, double[] validation) {
    for (int i = 0; i < active.count(); i++) {
      Start start = starting.get(active.column(i));
      training[active.column(i)] = sums.training(i) / start.trainingWeight;
      validation[active.column(i)] =
          start.heldOutWeight == 0 ? Double.NaN : sums.validation(i) / start.heldOutWeight;
    }
  }
}
