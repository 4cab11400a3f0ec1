package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.Divergence;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes runs of trials: their coordinates, initial weights and rates, from the fold sums. */
final class FusedSetup {
  private final SearchPlan plan;
  private final HeldRows rows;
  private final Constants constants;
  private final Curvatures curvatures;
  private final Map<Training, Coordinates> coordinates = new HashMap<>();

  FusedSetup(SearchPlan plan, HeldRows rows, Constants constants, Curvatures curvatures) {
    this.plan = plan;
    this.rows = rows;
    this.constants = constants;
    this.curvatures = curvatures;
  }

  /** A training set in the coordinates of a form. */
  private record Training(int heldOut, ModelForm form) {}

  /**
   * What the trials of a run have in common.
   *
   * @param minibatches per epoch; 0 where optima are solved for
   */
  private record Shared(int minibatches, int degree) {
    boolean isSolved() {
      return minibatches == 0;
    }
  }

  /** A run and the places of its columns' trials among all. */
  record Placed(RowRun run, List<Integer> places) {}

  List<Placed> runs(List<Trial> trials) {
    prepare(trials);
    Map<Shared, List<Integer>> bySharing = new LinkedHashMap<>();
    for (int place = 0; place < trials.size(); place++) {
      Trial trial = trials.get(place);
      int count = trial.candidate().isExact() ? 0 : minibatches(trial);
      Shared shared = new Shared(count, trial.candidate().form().degree());
      bySharing.computeIfAbsent(shared, key -> new ArrayList<>()).add(place);
    }
    List<Placed> placed = new ArrayList<>();
    bySharing.forEach(
        (shared, places) -> {
          places.sort(Comparator.comparingInt(place -> trials.get(place).heldOut()));
          List<Trial> ordered = places.stream().map(trials::get).toList();
          if (shared.isSolved()) {
            int from = 0;
            for (RowRun run : optimumRun(ordered).fitting()) {
              placed.add(new Placed(run, List.copyOf(places.subList(from, from + run.size()))));
              from += run.size();
            }
          } else {
            placed.add(new Placed(run(ordered, shared.minibatches), List.copyOf(places)));
          }
        });
    return placed;
  }

  /** What all trials need at once, before each needs its own. */
  private void prepare(List<Trial> trials) {
    curvatures.find(
        trials.stream()
            .filter(trial -> trial.candidate().needsCurvature())
            .map(this::curvatureKey)
            .toList());
    constants.find(
        trials.stream()
            .map(trial -> new Constants.Key(trial.heldOut(), trial.candidate().loss()))
            .toList());
  }

  private Curvatures.Key curvatureKey(Trial trial) {
    return new Curvatures.Key(trial.heldOut(), trial.candidate().form(), minibatches(trial));
  }

  private int minibatches(Trial trial) {
    return plan.assignment().minibatches(trial.candidate().descending().batchSize());
  }

  private FusedRun run(List<Trial> trials, int minibatches) {
    return new FusedRun(
        columns(trials),
        trials.stream().map(this::start).toList(),
        minibatches,
        fromBaseline(trials),
        plan.curvePoints());
  }

  private OptimumRun optimumRun(List<Trial> trials) {
    return new OptimumRun(
        columns(trials),
        trials.stream().map(this::optimumStart).toList(),
        rows.cuts().minibatches().get(0));
  }

  private TrialColumns columns(List<Trial> trials) {
    return new TrialColumns(
        trials.stream().map(this::coordinates).toList(),
        trials.stream().mapToInt(Trial::heldOut).toArray(),
        trials.stream().map(trial -> trial.candidate().loss()).toList(),
        plan.assignment().folds());
  }

  /** From the best constant, whatever the initial weights of descents are. */
  private OptimumRun.Start optimumStart(Trial trial) {
    Constants.Key key = new Constants.Key(trial.heldOut(), trial.candidate().loss());
    return new OptimumRun.Start(
        weightColumn(trial),
        coordinates(trial).constant(constants.of(key)),
        training(trial).weight(),
        validation(trial).weight());
  }

  /** Where a trial's weights stand when it is alone. */
  WeightColumn weightColumn(Trial trial) {
    Coordinates own = coordinates(trial);
    return new WeightColumn(0, own.weights(), own.leading(), trial.candidate().penalty());
  }

  /** Without an intercept the baseline is zero, which may be far worse than any constant. */
  private boolean fromBaseline(List<Trial> trials) {
    return plan.objective().initialWeights() instanceof InitialWeights.Baseline
        && trials.stream().allMatch(trial -> trial.candidate().form().fitIntercept());
  }

  /** The coordinates of a trial, one object for all trials that share them. */
  Coordinates coordinates(Trial trial) {
    return coordinates.computeIfAbsent(
        new Training(trial.heldOut(), trial.candidate().form()),
        key -> Coordinates.of(key.form, training(trial), shift(trial), basis(trial)));
  }

  PolynomialBasis basis(Trial trial) {
    return rows.basis().leading(trial.candidate().form().degree());
  }

  private Shift shift(Trial trial) {
    return rows.shift().leading(basis(trial).terms());
  }

  /** The sums of the rows that a trial is trained on. */
  ColumnSums training(Trial trial) {
    return rows.sums()
        .without(trial.heldOut(), plan.assignment().folds())
        .leading(basis(trial).terms());
  }

  /** The sums of the rows that it holds out. */
  ColumnSums validation(Trial trial) {
    return rows.sums().of(trial.heldOut()).leading(basis(trial).terms());
  }

  private FusedRun.Start start(Trial trial) {
    Coordinates own = coordinates(trial);
    ColumnSums training = training(trial);
    Loss loss = trial.candidate().loss();
    double constant = constants.of(new Constants.Key(trial.heldOut(), loss));
    double[] initial =
        plan.objective()
            .initialWeights()
            .start(own, constant, basis(trial), plan.objective().seed());
    return new FusedRun.Start(
        weightColumn(trial),
        stepper(trial),
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

  Descent.Stepper stepper(Trial trial) {
    return TrialGroup.stepper(trial, rates(trial));
  }

  /** What the automatic rate looks at. */
  LearningRate.Training rates(Trial trial) {
    return new LearningRate.Training(
        trial.candidate().loss(),
        minibatches(trial),
        LearningRate.Spread.of(training(trial), coordinates(trial)),
        () -> curvatures.of(curvatureKey(trial)));
  }
}
