package io.foldwise.spark.engine;

import io.foldwise.learn.AffineFunction;
import io.foldwise.learn.Coordinates;
import io.foldwise.learn.Descent;
import io.foldwise.learn.ExactSolver;
import io.foldwise.learn.InitialWeights;
import io.foldwise.learn.LearningRate;
import io.foldwise.learn.LinearModel;
import io.foldwise.learn.MetricSums;
import io.foldwise.learn.Optimizer;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.learn.Quadratic;
import io.foldwise.learn.QuadraticObjective;
import io.foldwise.learn.Shift;
import io.foldwise.learn.WeightColumn;
import io.foldwise.math.Moments;
import io.foldwise.search.Candidate;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Trains a group of trials from the moments alone. Runs inside a task. */
final class MomentsTrainer {
  /** What all groups of a search share. */
  record Setting(PolynomialBasis basis, Shift shift, InitialWeights initialWeights, long seed)
      implements Serializable {}

  private final Setting setting;
  private final HeldOutSums sums;
  private final TrialGroup group;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final Moments training;
  private final Moments validation;
  private final Coordinates coordinates;

  MomentsTrainer(Setting setting, HeldOutSums sums, TrialGroup group) {
    this.setting = setting;
    this.sums = sums;
    this.group = group;
    int heldOut = group.shared().heldOut();
    this.basis = setting.basis().leading(group.shared().form().degree());
    this.shift = setting.shift().leading(basis.terms());
    this.training = sums.training(heldOut).leading(basis.terms());
    this.validation =
        heldOut == Trial.NONE
            ? Moments.empty(basis.terms())
            : sums.validation(heldOut).leading(basis.terms());
    this.coordinates = Coordinates.of(group.shared().form(), training, shift, basis);
  }

  List<TrialResult> train() {
    return group.isExact() ? solve() : descend();
  }

  private List<TrialResult> solve() {
    ExactSolver solver = new ExactSolver(coordinates, training);
    List<TrialResult> results = new ArrayList<>();
    for (Trial trial : group.trials()) {
      long start = System.nanoTime();
      double[] w = solver.solve(trial.candidate().penalty());
      TrialResult.Scores scores = scores(solver.coordinates().aboutShift(w, 0));
      results.add(
          new TrialResult(
              trial,
              new LinearModel(basis, solver.coordinates().function(w, 0)),
              new TrialResult.Rate(Double.NaN, Double.NaN),
              false,
              scores,
              point(scores),
              (System.nanoTime() - start) / 1e9));
    }
    return results;
  }

  private static LearningCurve point(TrialResult.Scores scores) {
    return new LearningCurve(
        new long[] {1},
        new double[] {scores.training().squaredError() / scores.training().count()},
        new double[] {scores.validation().squaredError() / scores.validation().count()});
  }

  private List<TrialResult> descend() {
    long start = System.nanoTime();
    int p = coordinates.weights();
    int m = group.trials().size();
    Quadratic[] minibatches = new Quadratic[group.shared().minibatches()];
    boolean[] empty = new boolean[minibatches.length];
    for (int b = 0; b < minibatches.length; b++) {
      Moments rows = sums.minibatch(b, minibatches.length, group.shared().heldOut());
      empty[b] = rows.count() == 0;
      minibatches[b] = coordinates.quadratic(rows.leading(basis.terms()));
    }
    Curvature curvature = new Curvature(minibatches, p);
    double[] initial = setting.initialWeights().start(coordinates, training, basis, setting.seed());
    double[] w = new double[p * m];
    List<WeightColumn> columns = new ArrayList<>();
    List<Descent.Stepper> steppers = new ArrayList<>();
    for (int column = 0; column < m; column++) {
      Candidate candidate = group.trials().get(column).candidate();
      System.arraycopy(initial, 0, w, column * p, p);
      columns.add(new WeightColumn(column * p, p, coordinates.leading(), candidate.penalty()));
      steppers.add(stepper(candidate, curvature));
    }
    CurveRecorder recorder =
        new CurveRecorder(coordinates, training, validation, group.shared().epochs(), m, w);
    new Descent(new QuadraticObjective(minibatches, empty, p, m), columns, steppers, w)
        .run(group.shared().epochs(), setting.seed(), recorder);
    double seconds = (System.nanoTime() - start) / 1e9 / m;
    List<TrialResult> results = new ArrayList<>();
    for (int column = 0; column < m; column++) {
      results.add(result(column, w, steppers.get(column), curvature, recorder, seconds));
    }
    return results;
  }

  private static Descent.Stepper stepper(Candidate candidate, Curvature curvature) {
    Optimizer.Stepping optimizer = (Optimizer.Stepping) candidate.optimizer();
    double rate =
        candidate.descending().learningRate() instanceof LearningRate.Fixed fixed
            ? fixed.value()
            : automatic(candidate, curvature);
    return new Descent.Stepper(
        optimizer, candidate.descending().schedule(), rate, candidate.descending().epochs());
  }

  private static double automatic(Candidate candidate, Curvature curvature) {
    double paper = ((Optimizer.Stepping) candidate.optimizer()).paperRate();
    return Double.isNaN(paper)
        ? LearningRate.Auto.fromCurvature(curvature.largest(), candidate.penalty().l2())
        : paper;
  }

  private TrialResult result(
      int column,
      double[] w,
      Descent.Stepper stepper,
      Curvature curvature,
      CurveRecorder recorder,
      double seconds) {
    Trial trial = group.trials().get(column);
    int from = column * coordinates.weights();
    boolean diverged = recorder.diverged(column);
    double auto = diverged ? automatic(trial.candidate(), curvature) : Double.NaN;
    return new TrialResult(
        trial,
        new LinearModel(basis, coordinates.function(w, from)),
        new TrialResult.Rate(stepper.rate(), auto),
        diverged,
        scores(coordinates.aboutShift(w, from)),
        recorder.curve(column),
        seconds);
  }

  private TrialResult.Scores scores(AffineFunction function) {
    return new TrialResult.Scores(sums(training, function), sums(validation, function));
  }

  private MetricSums sums(Moments rows, AffineFunction function) {
    if (rows.count() == 0) {
      return MetricSums.EMPTY;
    }
    double squared = rows.squaredError(function.intercept(), function.coefficients());
    return MetricSums.of(rows, squared, shift.label());
  }
}
