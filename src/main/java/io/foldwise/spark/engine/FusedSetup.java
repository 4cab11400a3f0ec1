package io.foldwise.spark.engine;

import io.foldwise.learn.Coordinates;
import io.foldwise.learn.Descent;
import io.foldwise.learn.Divergence;
import io.foldwise.learn.InitialWeights;
import io.foldwise.learn.LearningRate;
import io.foldwise.learn.Loss;
import io.foldwise.learn.ModelForm;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.learn.Shift;
import io.foldwise.learn.TrialColumns;
import io.foldwise.learn.WeightColumn;
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

  /** What the trials of a run have in common. */
  private record Shared(int minibatches, int degree) {}

  /** A run and the places of its columns' trials among all. */
  record Placed(FusedRun run, List<Integer> places) {}

  List<Placed> runs(List<Trial> trials) {
    prepare(trials);
    Map<Shared, List<Integer>> bySharing = new LinkedHashMap<>();
    for (int place = 0; place < trials.size(); place++) {
      Trial trial = trials.get(place);
      Shared shared = new Shared(minibatches(trial), trial.candidate().form().degree());
      bySharing.computeIfAbsent(shared, key -> new ArrayList<>()).add(place);
    }
    List<Placed> placed = new ArrayList<>();
    bySharing.forEach(
        (shared, places) -> {
          places.sort(Comparator.comparingInt(place -> trials.get(place).heldOut()));
          List<Trial> ordered = places.stream().map(trials::get).toList();
          placed.add(new Placed(run(ordered, shared.minibatches), List.copyOf(places)));
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
    TrialColumns columns =
        new TrialColumns(
            trials.stream().map(this::coordinates).toList(),
            trials.stream().mapToInt(Trial::heldOut).toArray(),
            trials.stream().map(trial -> trial.candidate().loss()).toList(),
            plan.assignment().folds());
    return new FusedRun(
        columns,
        trials.stream().map(this::start).toList(),
        minibatches,
        fromBaseline(trials),
        plan.curvePoints());
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
        new WeightColumn(0, initial.length, own.leading(), trial.candidate().penalty()),
        stepper(trial),
        initial,
        Divergence.ofConstant(loss, training),
        training.weight(),
        validation(trial).weight());
  }

  Descent.Stepper stepper(Trial trial) {
    return TrialGroup.stepper(trial, rates(trial));
  }

  /** What the automatic rate looks at. */
  LearningRate.Training rates(Trial trial) {
    ColumnSums training = training(trial);
    Loss loss = trial.candidate().loss();
    double variance = training.deviation(training.label()) / training.weight();
    return new LearningRate.Training(
        loss,
        minibatches(trial),
        loss.isBinary() ? 1 : Math.sqrt(variance),
        () -> curvatures.of(curvatureKey(trial)));
  }
}
