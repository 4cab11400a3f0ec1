package io.foldwise.search.training;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Quadratic;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.Divergence;
import io.foldwise.learn.optim.ExactSolver;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.QuadraticObjective;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.math.Moments;
import io.foldwise.search.Convergence;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Trains a group of trials from the moments alone. */
public final class MomentsTrainer implements TrialTrainer {
  /**
   * What convergence asks of a trained trial.
   *
   * @param function the function of the fitted columns
   * @param isSolved whether the function was solved for, not descended to
   */
  public record Trained(AffineFunction function, boolean isSolved) implements Serializable {
    public static Trained of(TrialResult result) {
      return new Trained(result.model().function(), result.trial().candidate().isExact());
    }
  }

  private static final Loss SQUARED = new Squared();

  /** The most terms for which optima are solved for to say how near a training came to them. */
  private static final int MOST_TERMS = 300;

  private final MomentsSnapshot setting;
  private final SplitMoments sums;
  private final TrialGroup group;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final Moments training;
  private final Moments validation;
  private final Coordinates coordinates;
  private Minibatches minibatches;

  MomentsTrainer(MomentsSnapshot setting, SplitMoments sums, TrialGroup group) {
    this.setting = setting;
    this.sums = sums;
    this.group = group;
    Split split = group.shared().split();
    this.basis = setting.basis().leading(group.shared().form().degree()).without(split.fold());
    this.shift = setting.shift().leading(basis.terms());
    this.training = sums.training(split).leading(basis.terms());
    this.validation =
        split.isNone()
            ? Moments.empty(basis.terms())
            : sums.validation(split).leading(basis.terms());
    this.coordinates = Coordinates.of(group.shared().form(), training.columns(), shift, basis);
  }

  /** Whether the optima of trials are solved for, to say how near they came. */
  public static boolean isOptimumSought(List<TrialResult> trained) {
    return trained.stream().noneMatch(result -> result.model().basis().terms() > MOST_TERMS);
  }

  /** Trains every trial. */
  public List<TrialResult> train() {
    return group.isExact() ? solve() : descend();
  }

  private List<TrialResult> solve() {
    ExactSolver solver = new ExactSolver(coordinates, training);
    List<TrialResult> results = new ArrayList<>();
    for (Trial trial : group.trials()) {
      long start = System.nanoTime();
      double[] w = solver.solve(penalty(trial));
      TrialResult.Scores scores = scores(solver.coordinates().aboutShift(w, 0));
      results.add(
          new TrialResult(
              trial,
              new LinearModel(basis, solver.coordinates().function(w, 0)),
              TrialResult.Rate.NONE,
              false,
              scores,
              point(scores),
              (System.nanoTime() - start) / 1e9));
    }
    return results;
  }

  /** The weights of the group's only trial on their way. */
  @Override
  public List<Waypoint> path(int points) {
    return WeightPath.of(
            descent(initialWeights()), objective(), group.shared().epochs(), setting.seed(), points)
        .stream()
        .map(point -> point.with(coordinates.unshifted(point.weights())))
        .toList();
  }

  @Override
  public double[] optimum() {
    ExactSolver solver = new ExactSolver(coordinates, training);
    double[] w = solver.solve(penalty(group.trials().get(0)));
    return coordinates.unshifted(coordinates.weightsOf(solver.coordinates().function(w, 0)));
  }

  @Override
  public double objective(double[] weights) {
    return objective(coordinates, coordinates.shifted(weights), penalty(group.trials().get(0)));
  }

  @Override
  public double rate() {
    return stepping(group.trials().get(0)).rate(false).used();
  }

  @Override
  public List<String> weightNames() {
    return coordinates.weightNames(basis);
  }

  /**
   * How near functions came to the optima of the group's trials.
   *
   * @param trained one for each trial
   * @param isSought whether optima are solved for; those of {@code exact} are there already
   */
  public List<Convergence> convergence(List<Trained> trained, boolean isSought) {
    ExactSolver solver = isSought ? new ExactSolver(coordinates, training) : null;
    double constant = objective(coordinates, coordinates.constant(labelMean()), Penalty.NONE);
    double rounding = Divergence.rounding(SQUARED, training.columns(), shift.label());
    List<Convergence> all = new ArrayList<>();
    for (int i = 0; i < trained.size(); i++) {
      Penalty penalty = penalty(group.trials().get(i));
      double[] w = coordinates.weightsOf(trained.get(i).function);
      double objective = objective(coordinates, w, penalty);
      if (isSought) {
        double optimum = objective(solver.coordinates(), solver.solve(penalty), penalty);
        all.add(
            solver.isReached()
                ? Convergence.solved(objective, optimum, constant, rounding)
                : Convergence.notReached(objective));
      } else if (trained.get(i).isSolved && penalty.l1() == 0) {
        all.add(Convergence.solved(objective, objective, constant, rounding));
      } else {
        all.add(Convergence.unknown(objective));
      }
    }
    return all;
  }

  /** The names of the terms that are combinations of each other: see {@link ExactSolver}. */
  public List<String> dependent() {
    List<String> names = basis.termNames();
    return Arrays.stream(new ExactSolver(coordinates, training).dependent())
        .mapToObj(names::get)
        .toList();
  }

  private double objective(Coordinates in, double[] w, Penalty penalty) {
    WeightColumn column = new WeightColumn(0, w.length, in.leading(), penalty);
    return mean(training, in.aboutShift(w, 0)) + column.penaltyOf(w);
  }

  private Penalty penalty(Trial trial) {
    return trial.candidate().penalty().over(trial.split(), training.columns());
  }

  private double labelMean() {
    return training.columns().mean(basis.terms());
  }

  private static LearningCurve point(TrialResult.Scores scores) {
    return new LearningCurve(
        new long[] {1},
        new double[] {Metric.MSE.of(scores.training())},
        new double[] {Metric.MSE.of(scores.validation())});
  }

  private List<TrialResult> descend() {
    long start = System.nanoTime();
    int m = group.trials().size();
    double[] w = initialWeights();
    CurveRecorder recorder = recorder(w);
    descent(w).run(objective(), setting.seed(), recorder);
    double seconds = (System.nanoTime() - start) / 1e9 / m;
    return IntStream.range(0, m).mapToObj(column -> result(column, w, recorder, seconds)).toList();
  }

  private Descent descent(double[] w) {
    List<Descent.Stepper> steppers =
        group.trials().stream().map(trial -> stepping(trial).stepper()).toList();
    return new Descent(columns(), steppers, w);
  }

  private QuadraticObjective objective() {
    return new QuadraticObjective(
        minibatches().losses, minibatches().empty, coordinates.weights(), group.trials().size());
  }

  private Stepping stepping(Trial trial) {
    return new Stepping(trial, penalty(trial), minibatches().rates);
  }

  /**
   * The training rows' minibatches.
   *
   * @param losses each minibatch's mean loss
   * @param empty which minibatches are wholly held out
   * @param rates what automatic rates look at
   */
  private record Minibatches(Quadratic[] losses, boolean[] empty, LearningRate.Training rates) {}

  private Minibatches minibatches() {
    if (minibatches == null) {
      int count = group.shared().minibatches();
      Quadratic[] losses = new Quadratic[count];
      boolean[] empty = new boolean[count];
      for (int b = 0; b < count; b++) {
        Moments rows = sums.minibatch(b, count, group.shared().split());
        empty[b] = rows.count() == 0;
        losses[b] = coordinates.quadratic(rows.leading(basis.terms()));
      }
      LearningRate.Training rates =
          new LearningRate.Training(
              SQUARED,
              count,
              LearningRate.Spread.of(training.columns(), coordinates),
              new Curvature(losses, coordinates.weights())::largest);
      minibatches = new Minibatches(losses, empty, rates);
    }
    return minibatches;
  }

  /** The initial weights, the same for every column. */
  private double[] initialWeights() {
    int p = coordinates.weights();
    double[] initial =
        setting
            .initialWeights()
            .start(coordinates, new double[] {labelMean()}, basis, setting.seed());
    double[] w = new double[p * group.trials().size()];
    for (int from = 0; from < w.length; from += p) {
      System.arraycopy(initial, 0, w, from, p);
    }
    return w;
  }

  private List<WeightColumn> columns() {
    int p = coordinates.weights();
    return IntStream.range(0, group.trials().size())
        .mapToObj(
            column ->
                new WeightColumn(
                    column * p, p, coordinates.leading(), penalty(group.trials().get(column))))
        .toList();
  }

  private CurveRecorder recorder(double[] w) {
    double initial = mean(training, coordinates.aboutShift(w, 0));
    double[] bounds = new double[group.trials().size()];
    Arrays.fill(
        bounds,
        Divergence.bound(
            initial, Divergence.ofConstant(SQUARED, training.columns(), shift.label())));
    long[] lengths = new long[bounds.length];
    Arrays.fill(lengths, group.shared().epochs());
    return new CurveRecorder(this::losses, lengths, bounds, setting.points());
  }

  private void losses(double[] w, ActiveColumns active, double[] trained, double[] unseen) {
    for (int i = 0; i < active.count(); i++) {
      int column = active.column(i);
      AffineFunction function = coordinates.aboutShift(w, column * coordinates.weights());
      trained[column] = mean(training, function);
      unseen[column] = mean(validation, function);
    }
  }

  private static double mean(Moments rows, AffineFunction function) {
    return rows.squaredError(function.intercept(), function.coefficients()) / rows.count();
  }

  private TrialResult result(int column, double[] w, CurveRecorder recorder, double seconds) {
    Trial trial = group.trials().get(column);
    int from = column * coordinates.weights();
    boolean diverged = recorder.diverged(column);
    return new TrialResult(
        trial,
        new LinearModel(basis, coordinates.function(w, from)),
        stepping(trial).rate(diverged),
        diverged,
        scores(coordinates.aboutShift(w, from)),
        recorder.curve(column),
        seconds);
  }

  private TrialResult.Scores scores(AffineFunction function) {
    return new TrialResult.Scores(sums(training, function), sums(validation, function));
  }

  private MetricSums sums(Moments rows, AffineFunction function) {
    if (rows.rows() == 0) {
      return MetricSums.EMPTY;
    }
    double squared = rows.squaredError(function.intercept(), function.coefficients());
    return MetricSums.ofLoss(rows.columns(), shift.label(), SQUARED, squared);
  }
}
