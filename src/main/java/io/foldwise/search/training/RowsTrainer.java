package io.foldwise.search.training;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Quadratic;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.Divergence;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.LossSums;
import io.foldwise.learn.optim.MinibatchRows;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.ProximalNewton;
import io.foldwise.learn.optim.RowsObjective;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.Convergence;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.util.List;

/** Trains one trial of any loss over rows at hand, as the fused engine does over many. */
public final class RowsTrainer implements TrialTrainer {
  /** The most passes of a search for an optimum. */
  private static final int MOST_PASSES = 1000;

  private final RowsInMemory rows;
  private final Trial trial;
  private final Loss loss;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final ColumnSums training;
  private final ColumnSums validation;
  private final Coordinates coordinates;
  private final double[] constants;

  RowsTrainer(RowsInMemory rows, Trial trial) {
    Split split = trial.split();
    this.rows = rows;
    this.trial = trial;
    this.loss = trial.candidate().loss();
    this.basis =
        rows.setting().basis().leading(trial.candidate().form().degree()).without(split.fold());
    this.shift = rows.shift().leading(basis.terms());
    this.training = rows.training(split).columns().leading(basis.terms());
    this.validation = rows.validation(split).columns().leading(basis.terms());
    this.coordinates =
        Coordinates.of(trial.candidate().form(), training, shift, basis)
            .ofFunctions(loss.functions());
    this.constants = rows.bestConstants(loss, split, training);
  }

  /** Trains the trial. */
  TrialResult train() {
    long start = System.nanoTime();
    boolean solved = trial.candidate().isExact();
    double[] w = solved ? coordinates.constant(constants) : initialWeights();
    return solved ? solve(w, start) : descend(w, start);
  }

  private TrialResult solve(double[] w, long start) {
    boolean diverged = !Double.isFinite(search(w).objective());
    return result(w, TrialResult.Rate.NONE, diverged, point(w), start);
  }

  private LearningCurve point(double[] w) {
    LossSums sums = objective(1).losses(w, new ActiveColumns(1));
    return new LearningCurve(
        new long[] {1}, new double[] {trainingMean(sums)}, new double[] {validationMean(sums)});
  }

  /** Moves weights to the optimum. */
  private ProximalNewton.Optimum search(double[] w) {
    ProximalNewton newton = new ProximalNewton(List.of(column()), List.of(loss), w);
    newton.run(objective(1), new double[] {training.weight()}, MOST_PASSES);
    return newton.optimum(0);
  }

  private TrialResult descend(double[] w, long start) {
    RowsObjective objective = objective(minibatches());
    CurveRecorder recorder = recorder(objective, w);
    descent(w).run(objective, rows.setting().seed(), recorder);
    boolean diverged = recorder.diverged(0);
    return result(w, stepping().rate(diverged), diverged, recorder.curve(0), start);
  }

  private CurveRecorder recorder(RowsObjective objective, double[] w) {
    double initial = trainingMean(objective.losses(w, new ActiveColumns(1)));
    double ofConstant = Divergence.ofConstant(loss, training, shift.label());
    return new CurveRecorder(
        (weights, active, trained, unseen) -> {
          LossSums sums = objective.losses(weights, active);
          trained[0] = trainingMean(sums);
          unseen[0] = validationMean(sums);
        },
        new long[] {trial.epochs()},
        new double[] {Divergence.bound(initial, ofConstant)},
        rows.setting().points());
  }

  private double trainingMean(LossSums sums) {
    return sums.training(0) / training.weight();
  }

  private double validationMean(LossSums sums) {
    return validation.rows() == 0 ? Double.NaN : sums.validation(0) / validation.weight();
  }

  private TrialResult result(
      double[] w, TrialResult.Rate rate, boolean diverged, LearningCurve curve, long start) {
    LossSums sums = objective(1).losses(w, new ActiveColumns(1));
    TrialResult.Scores scores =
        new TrialResult.Scores(
            MetricSums.ofLoss(training, shift.label(), loss, sums.training(0)),
            MetricSums.ofLoss(validation, shift.label(), loss, sums.validation(0)));
    return new TrialResult(
        trial,
        new LinearModel(basis, coordinates.functions(w, 0)),
        rate,
        diverged,
        scores,
        curve,
        (System.nanoTime() - start) / 1e9);
  }

  private double[] initialWeights() {
    RowsInMemory.Setting setting = rows.setting();
    return setting.initialWeights().start(coordinates, constants, basis, setting.seed());
  }

  private Descent descent(double[] w) {
    return new Descent(List.of(column()), List.of(stepping().stepper()), w);
  }

  private RowsObjective objective(int minibatches) {
    TrialColumns columns =
        new TrialColumns(
            List.of(coordinates),
            List.of(trial.split()),
            List.of(loss),
            rows.assignment().pieces());
    return new RowsObjective(columns, List.of(rows.cut(minibatches)), minibatches);
  }

  private WeightColumn column() {
    return new WeightColumn(0, coordinates.weights(), coordinates.leading(), penalty());
  }

  private Penalty penalty() {
    return trial.candidate().penalty().over(trial.split(), training);
  }

  private int minibatches() {
    return rows.assignment().minibatches(trial.candidate().descending().batchSize());
  }

  private Stepping stepping() {
    LearningRate.Training rates =
        new LearningRate.Training(
            loss,
            minibatches(),
            LearningRate.Spread.of(training, coordinates),
            () -> new Curvature(quadratics(), one().weights()).largest());
    return new Stepping(trial, penalty(), rates);
  }

  /** The coordinates of each function. */
  private Coordinates one() {
    return coordinates.ofFunctions(1);
  }

  private Quadratic[] quadratics() {
    MinibatchRows cut = rows.cut(minibatches());
    Quadratic[] quadratics = new Quadratic[minibatches()];
    for (int b = 0; b < quadratics.length; b++) {
      quadratics[b] =
          one()
              .quadratic(
                  rows.moments(cut.from(b), cut.to(b), fold -> !trial.split().leavesOut(fold))
                      .leading(basis.terms()));
    }
    return quadratics;
  }

  @Override
  public List<String> weightNames() {
    return coordinates.weightNames(basis);
  }

  @Override
  public List<Waypoint> path(int points) {
    return WeightPath.of(
            descent(initialWeights()),
            objective(minibatches()),
            trial.epochs(),
            rows.setting().seed(),
            points)
        .stream()
        .map(point -> point.with(coordinates.unshifted(point.weights())))
        .toList();
  }

  @Override
  public double rate() {
    return stepping().rate(false).used();
  }

  @Override
  public double objective(double[] weights) {
    return objectiveOf(coordinates.shifted(weights));
  }

  private double objectiveOf(double[] w) {
    LossSums sums = objective(1).losses(w, new ActiveColumns(1));
    return trainingMean(sums) + column().penaltyOf(w);
  }

  @Override
  public double[] optimum() {
    double[] w = coordinates.constant(constants);
    search(w);
    return coordinates.unshifted(w);
  }

  /** How near functions came to the optimum of the trial. */
  Convergence convergence(List<AffineFunction> functions) {
    double objective = objectiveOf(coordinates.weightsOf(functions.toArray(AffineFunction[]::new)));
    ProximalNewton.Optimum found = search(coordinates.constant(constants));
    if (!found.isNear()) {
      return Convergence.notReached(objective);
    }
    LossSums ofConstant =
        objective(1).losses(coordinates.constant(constants), new ActiveColumns(1));
    return Convergence.solved(
        objective,
        found.objective(),
        trainingMean(ofConstant),
        Divergence.rounding(loss, training, shift.label()));
  }
}
