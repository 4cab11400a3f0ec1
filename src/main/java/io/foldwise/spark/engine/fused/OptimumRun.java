package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.ProximalNewton;
import io.foldwise.learn.optim.QuasiNewton;
import io.foldwise.learn.optim.SampledNewton;
import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.search.LearningCurve;
import io.foldwise.spark.engine.plan.FusedPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trials that are solved for their optimum side by side over rows.
 *
 * @param starting one for each column
 * @param minibatches the number of minibatches that the rows are cut into, which an optimum does
 *     not depend on
 * @param rows the number of rows
 * @param sparse whether of each row the numbers other than 0 are stored alone
 */
record OptimumRun(
    TrialColumns columns, List<Start> starting, int minibatches, long rows, boolean sparse)
    implements RowRun {
  /** The most passes, which were more than twice enough for every search that was tried. */
  private static final int MOST_PASSES = 1000;

  /** The widest rows that Hessians are summed over, and those of which few numbers are stored. */
  private static final int WIDEST = FusedPlan.WIDEST_HESSIAN;

  private static final int WIDEST_SPARSE = 100;

  /** The most numbers of all Hessians that are summed at a time. */
  private static final long MOST_NUMBERS = 1L << 24;

  /**
   * Where a column's search begins, and what its losses are measured by.
   *
   * @param initial the column's first weights
   * @param trainingWeight the weight of the rows it is trained on
   * @param heldOutWeight the weight of the held-out rows it is scored on
   */
  record Start(WeightColumn column, double[] initial, double trainingWeight, double heldOutWeight)
      implements java.io.Serializable {}

  OptimumRun {
    starting = List.copyOf(starting);
  }

  @Override
  public OptimumRun slice(int from, int to) {
    return new OptimumRun(
        columns.slice(from, to), starting.subList(from, to), minibatches, rows, sparse);
  }

  /** The slices whose Hessians can be summed at a time, or whose steps can be held. */
  List<RowRun> fitting() {
    long p = weights();
    boolean few = isSmooth() && isWide();
    long most = few ? QuasiNewton.MOST_NUMBERS : MOST_NUMBERS;
    long each = few ? QuasiNewton.VECTORS * p : p * p;
    return slices((int) Math.min(size(), each * size() / most + 1));
  }

  private boolean isSmooth() {
    return columns.losses().stream().allMatch(Loss::isSmooth);
  }

  /** About the number of weights of a column, of all its functions. */
  private int weights() {
    return columns.width() * columns.functions();
  }

  /** Whether a Hessian costs more than the passes that it saves. */
  private boolean isWide() {
    int p = weights();
    return p > WIDEST || (sparse && p > WIDEST_SPARSE && SampledNewton.thinning(rows, p) == 1);
  }

  @Override
  public List<FusedOutcome> trained(Supplier<SummedObjective> over, long seed) {
    long start = System.nanoTime();
    int[] starts = columns.starts();
    double[] w = new double[starts[size()]];
    List<WeightColumn> placed = new ArrayList<>();
    for (int column = 0; column < size(); column++) {
      double[] initial = starting.get(column).initial;
      System.arraycopy(initial, 0, w, starts[column], initial.length);
      placed.add(starting.get(column).column.at(starts[column]));
    }
    List<ProximalNewton.Optimum> optima = optima(over.get(), placed, w);
    double seconds = (System.nanoTime() - start) / 1e9 / size();
    return IntStream.range(0, size())
        .mapToObj(
            column ->
                outcome(
                    optima.get(column),
                    Arrays.copyOfRange(w, starts[column], starts[column + 1]),
                    column,
                    seconds))
        .toList();
  }

  private List<ProximalNewton.Optimum> optima(
      SummedObjective objective, List<WeightColumn> placed, double[] w) {
    double[] weights = starting.stream().mapToDouble(Start::trainingWeight).toArray();
    if (isSmooth() && isWide()) {
      return new QuasiNewton(placed, columns.losses(), w).run(objective, weights, MOST_PASSES);
    }
    int every = SampledNewton.thinning(rows, weights());
    if (every > 1 && isSmooth()) {
      return new SampledNewton(placed, columns.losses(), w)
          .run(objective, weights, MOST_PASSES, every);
    }
    ProximalNewton newton = new ProximalNewton(placed, columns.losses(), w);
    newton.run(objective, weights, MOST_PASSES);
    return IntStream.range(0, size()).mapToObj(newton::optimum).toList();
  }

  private FusedOutcome outcome(
      ProximalNewton.Optimum optimum, double[] weights, int column, double seconds) {
    double heldOut = starting.get(column).heldOutWeight;
    LearningCurve point =
        new LearningCurve(
            new long[] {1},
            new double[] {optimum.training()},
            new double[] {heldOut == 0 ? Double.NaN : optimum.validation() / heldOut});
    boolean diverged = !Double.isFinite(optimum.objective());
    return new FusedOutcome(weights, point, diverged, seconds, optimum);
  }
}
