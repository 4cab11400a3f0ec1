package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Divergence;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.training.Grouped;
import io.foldwise.search.training.Stepping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes runs of trials: their coordinates, initial weights and rates, from the fold sums. */
final class FusedSetup {
  private final SearchPlan plan;
  private final CachedRows rows;
  private final BestConstant constants;
  private final Curvatures curvatures;
  private final Map<Training, Coordinates> coordinates = new HashMap<>();

  FusedSetup(SearchPlan plan, CachedRows rows, BestConstant constants, Curvatures curvatures) {
    this.plan = plan;
    this.rows = rows;
    this.constants = constants;
    this.curvatures = curvatures;
  }

  /** A training set in the coordinates of a form. */
  private record Training(Split split, ModelForm form) {}

  /**
   * What the trials of a run have in common.
   *
   * @param minibatches the number of minibatches in an epoch; 0 where optima are solved for
   */
  private record Shared(int minibatches, int degree) {
    boolean isSolved() {
      return minibatches == 0;
    }
  }

  /**
   * A run and the indices of its columns' trials among all. A trial that is searched for function
   * by function has a column for each, in their order.
   */
  record Placed(RowRun run, List<Integer> indices) {}

  /** A function of a trial that is searched for by itself, and its loss. */
  private record Part(int index, Trial trial, int function, Loss loss) {}

  List<Placed> runs(List<Trial> trials) {
    prepare(trials);
    List<Placed> placed = new ArrayList<>();
    for (Grouped<Shared> group : Grouped.by(trials, this::shared)) {
      List<Integer> indices = new ArrayList<>(group.indices());
      indices.sort(Comparator.comparing(index -> trials.get(index).split()));
      if (group.key().isSolved()) {
        placed.addAll(solved(indices.stream().flatMap(i -> parts(i, trials.get(i))).toList()));
      } else {
        List<Trial> ordered = indices.stream().map(trials::get).toList();
        placed.add(new Placed(run(ordered, group.key().minibatches), List.copyOf(indices)));
      }
    }
    return placed;
  }

  private static Stream<Part> parts(int index, Trial trial) {
    List<Loss> losses = trial.candidate().loss().separately();
    return IntStream.range(0, losses.size())
        .mapToObj(function -> new Part(index, trial, function, losses.get(function)));
  }

  private List<Placed> solved(List<Part> parts) {
    List<Placed> placed = new ArrayList<>();
    int from = 0;
    for (RowRun run : optimumRun(parts).fitting()) {
      List<Part> own = parts.subList(from, from + run.size());
      placed.add(new Placed(run, own.stream().map(Part::index).toList()));
      from += run.size();
    }
    return placed;
  }

  private Shared shared(Trial trial) {
    int count = trial.candidate().isExact() ? 0 : minibatches(trial);
    return new Shared(count, trial.candidate().form().degree());
  }

  /** Finds what all trials need at once, before each needs its own. */
  private void prepare(List<Trial> trials) {
    curvatures.find(
        trials.stream()
            .filter(trial -> trial.candidate().needsCurvature())
            .map(this::curvatureKey)
            .toList());
    constants.find(
        trials.stream()
            .map(trial -> new BestConstant.Key(trial.split(), trial.candidate().loss()))
            .toList());
  }

  private Curvatures.Key curvatureKey(Trial trial) {
    return new Curvatures.Key(trial.split(), trial.candidate().form(), minibatches(trial));
  }

  private int minibatches(Trial trial) {
    return plan.assignment().minibatches(trial.candidate().descending().batchSize());
  }

  /** Whether the rows that a split trains on lack a class of several. */
  boolean lacksClass(Split split) {
    return constants.lacksClass(split);
  }

  private FusedRun run(List<Trial> trials, int minibatches) {
    return new FusedRun(
        columns(trials),
        trials.stream().map(this::start).toList(),
        minibatches,
        fromBaseline(trials),
        plan.curvePoints());
  }

  private OptimumRun optimumRun(List<Part> parts) {
    return new OptimumRun(
        new TrialColumns(
            parts.stream().map(this::coordinates).toList(),
            parts.stream().map(part -> part.trial.split()).toList(),
            parts.stream().map(Part::loss).toList(),
            plan.assignment().pieces()),
        parts.stream().map(this::optimumStart).toList(),
        rows.borders().minibatches().get(0),
        plan.assignment().rows(),
        rows.isSparse());
  }

  private TrialColumns columns(List<Trial> trials) {
    return new TrialColumns(
        trials.stream().map(this::coordinates).toList(),
        trials.stream().map(Trial::split).toList(),
        trials.stream().map(trial -> trial.candidate().loss()).toList(),
        plan.assignment().pieces());
  }

  /** A start from the best constant, whatever the initial weights of descents are. */
  private OptimumRun.Start optimumStart(Part part) {
    Trial trial = part.trial;
    BestConstant.Key key = new BestConstant.Key(trial.split(), trial.candidate().loss());
    WeightColumn column = weightColumn(trial, coordinates(part));
    int functions = part.loss.functions();
    int first = part.function * functions;
    double[] initial =
        coordinates(part).constant(Arrays.copyOfRange(constants.of(key), first, first + functions));
    if (column.isScaled()) {
      int label = coordinates(trial).features() - 1;
      double square = coordinates(trial).meanSquare(training(trial), label);
      initial[initial.length - 1] = -1 / Math.sqrt(square > 0 ? square : 1);
    }
    return new OptimumRun.Start(
        column, initial, training(trial).weight(), validation(trial).weight());
  }

  /** The coordinates of a part: where a trial falls apart, of one function. */
  private Coordinates coordinates(Part part) {
    return coordinates(part.trial).ofFunctions(part.loss.functions());
  }

  private Penalty penalty(Trial trial) {
    return trial.candidate().penalty().over(trial.split(), training(trial));
  }

  /** Where a trial's weights stand when it is alone. */
  WeightColumn weightColumn(Trial trial) {
    return weightColumn(trial, coordinates(trial));
  }

  private WeightColumn weightColumn(Trial trial, Coordinates own) {
    boolean isScaled =
        trial.candidate().optimizer() instanceof Exact exact && exact.estimatesScale();
    return new WeightColumn(0, own.weights(), own.leading(), penalty(trial), isScaled);
  }

  /**
   * Whether all start from the best constant: without an intercept the baseline is zero, which may
   * be far worse.
   */
  private boolean fromBaseline(List<Trial> trials) {
    return plan.objective().initialWeights() instanceof InitialWeights.Baseline
        && trials.stream().allMatch(trial -> trial.candidate().form().fitIntercept());
  }

  /** The coordinates of a trial, one object for all trials that share them. */
  Coordinates coordinates(Trial trial) {
    return coordinates.computeIfAbsent(
        new Training(trial.split(), trial.candidate().form()),
        key ->
            Coordinates.of(key.form, training(trial), shift(trial), basis(trial))
                .ofFunctions(trial.candidate().loss().functions()));
  }

  PolynomialBasis basis(Trial trial) {
    return rows.basis().leading(trial.candidate().form().degree()).without(trial.split().fold());
  }

  private Shift shift(Trial trial) {
    return rows.shift().leading(basis(trial).terms());
  }

  /** The sums of rows of which the loss has a mean. */
  MetricSums sums(ColumnSums labels, Loss loss, double mean) {
    return MetricSums.ofLoss(labels, rows.shift().label(), loss, mean * labels.weight());
  }

  /** The sums of the rows that a trial is trained on. */
  ColumnSums training(Trial trial) {
    return rows.sums()
        .training(trial.split(), plan.assignment().pieces())
        .leading(basis(trial).terms());
  }

  /** The sums of the rows that a trial is scored on. */
  ColumnSums validation(Trial trial) {
    return rows.sums().scored(trial.split()).leading(basis(trial).terms());
  }

  private FusedRun.Start start(Trial trial) {
    Coordinates own = coordinates(trial);
    ColumnSums training = training(trial);
    Loss loss = trial.candidate().loss();
    double[] constant = constants.of(new BestConstant.Key(trial.split(), loss));
    double[] initial =
        plan.objective()
            .initialWeights()
            .start(own, constant, basis(trial), plan.objective().seed());
    return new FusedRun.Start(
        weightColumn(trial),
        stepping(trial).stepper(),
        initial,
        Divergence.ofConstant(loss, training, shift(trial).label()),
        training.weight(),
        validation(trial).weight());
  }

  /** What rounding may add to the mean loss over the rows that a trial is trained on. */
  double rounding(Trial trial) {
    Loss loss = trial.candidate().loss();
    return Divergence.rounding(loss, training(trial), shift(trial).label());
  }

  Stepping stepping(Trial trial) {
    return new Stepping(trial, penalty(trial), rates(trial));
  }

  /** What the automatic rate of a trial looks at. */
  private LearningRate.Training rates(Trial trial) {
    return new LearningRate.Training(
        trial.candidate().loss(),
        minibatches(trial),
        LearningRate.Spread.of(training(trial), coordinates(trial)),
        () -> curvatures.of(curvatureKey(trial)));
  }
}
