package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.ProximalNewton;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Residuals;
import io.foldwise.search.Candidate;
import io.foldwise.search.Convergence;
import io.foldwise.search.EngineReport;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.FusedPlan;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FoldSums;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.engine.score.HeldOutPass;
import io.foldwise.spark.engine.score.ScoringPass;
import io.foldwise.spark.job.Jobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/**
 * Trains for any loss: the rows are read once and kept in the executors, and all trials descend
 * side by side over them. Rows and trials come together in one of three ways.
 */
public final class FusedEngine implements TrialEngine {
  /** Seconds of a core that convergence may always take, and beyond them its share of training. */
  private static final double ALWAYS_SPENT = 1;

  private static final double SHARE_SPENT = 0.25;

  private final SearchPlan plan;
  private final EngineRows rows;
  private final EnginePlan choice;
  private final Passes passes;
  private final boolean solvesOptima;
  private final FusedRows cached;
  private final Map<Goal, ProximalNewton.Optimum> optima = new HashMap<>();
  private final SparkContext context;
  private Optional<Prepared> prepared = Optional.empty();

  /**
   * @param caching how the rows are cached
   * @param passes the passes over the rows, beside those that train
   */
  public FusedEngine(
      SearchPlan plan, EngineRows rows, EnginePlan choice, Caching caching, Passes passes) {
    this.plan = plan;
    this.rows = rows;
    this.choice = choice;
    this.passes = passes;
    this.solvesOptima = caching.solvesOptima();
    this.cached = new FusedRows(plan, rows, caching, passes);
    this.context = rows.training().sparkSession().sparkContext();
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    TrialResult[] results = new TrialResult[trials.size()];
    for (List<Integer> indices : cached.together(trials)) {
      List<TrialResult> trained = trainTogether(indices.stream().map(trials::get).toList());
      for (int i = 0; i < indices.size(); i++) {
        results[indices.get(i)] = trained.get(i);
      }
    }
    return Arrays.asList(results);
  }

  private List<TrialResult> trainTogether(List<Trial> trials) {
    FusedRows.Session session = cached.over(trials.get(0));
    FusedSetup setup = session.setup();
    List<FusedSetup.Placed> placed = setup.runs(trials);
    List<List<FusedOutcome>> outcomes =
        session
            .cached()
            .movement()
            .train(placed.stream().map(FusedSetup.Placed::run).collect(Collectors.toList()));
    Map<Integer, List<FusedOutcome>> each = new HashMap<>();
    for (int run = 0; run < placed.size(); run++) {
      for (int column = 0; column < outcomes.get(run).size(); column++) {
        each.computeIfAbsent(placed.get(run).indices().get(column), index -> new ArrayList<>())
            .add(outcomes.get(run).get(column));
      }
    }
    return IntStream.range(0, trials.size())
        .mapToObj(
            index -> {
              Trial trial = trials.get(index);
              return result(
                  setup, trial, FusedOutcome.together(each.get(index), setup.coordinates(trial)));
            })
        .toList();
  }

  private TrialResult result(FusedSetup setup, Trial trial, FusedOutcome outcome) {
    if (trial.candidate().isExact()) {
      optima.put(Goal.of(trial), outcome.optimum());
      return result(setup, trial, outcome, TrialResult.Rate.NONE);
    }
    return result(setup, trial, outcome, setup.stepping(trial).rate(outcome.diverged()));
  }

  private TrialResult result(
      FusedSetup setup, Trial trial, FusedOutcome outcome, TrialResult.Rate rate) {
    return new TrialResult(
        trial,
        model(setup, trial, outcome.weights()),
        rate,
        outcome.diverged(),
        scores(setup, trial, outcome.curve()),
        outcome.curve(),
        outcome.seconds());
  }

  /** The model of trained weights; what neither the loss nor a penalty decides is centred. */
  private static LinearModel model(FusedSetup setup, Trial trial, double[] w) {
    LinearModel model =
        new LinearModel(setup.basis(trial), setup.coordinates(trial).functions(w, 0));
    return trial.candidate().loss().isOfDifferences()
        ? model.centred(trial.candidate().penalty().isNone())
        : model;
  }

  private TrialResult.Scores scores(FusedSetup setup, Trial trial, LearningCurve curve) {
    int last = curve.epochs().length - 1;
    Loss loss = trial.candidate().loss();
    return new TrialResult.Scores(
        setup.sums(setup.training(trial), loss, last < 0 ? Double.NaN : curve.training()[last]),
        setup.sums(
            setup.validation(trial), loss, last < 0 ? Double.NaN : curve.validation()[last]));
  }

  /**
   * What an optimum depends on.
   *
   * @param split the split that leaves its training set
   */
  private record Goal(Split split, Loss loss, ModelForm form, Penalty penalty) {
    static Goal of(Trial trial) {
      Candidate candidate = trial.candidate();
      return new Goal(trial.split(), candidate.loss(), candidate.form(), candidate.penalty());
    }
  }

  @Override
  public List<Convergence> convergence(List<TrialResult> trained) {
    Map<Goal, Trial> missing = new LinkedHashMap<>();
    for (TrialResult result : affordable(trained)) {
      Trial trial = result.trial();
      missing.put(Goal.of(trial), Trial.of(trial.candidate().optimum(), trial.split()));
    }
    missing.keySet().removeAll(optima.keySet());
    train(List.copyOf(missing.values()));
    return trained.stream().map(this::convergence).toList();
  }

  /**
   * The trainings whose optima are solved for: all where that is cheap, else the final model's,
   * else none.
   */
  private List<TrialResult> affordable(List<TrialResult> trained) {
    if (!solvesOptima || trained.isEmpty()) {
      return List.of();
    }
    double spent = trained.stream().mapToDouble(TrialResult::seconds).sum();
    double allowed = Math.max(ALWAYS_SPENT, SHARE_SPENT * spent);
    List<TrialResult> refit =
        trained.stream().filter(result -> result.trial().split().isNone()).toList();
    return Stream.of(trained, refit)
        .filter(some -> optimumSeconds(some.size()) <= allowed)
        .findFirst()
        .orElse(List.of());
  }

  private double optimumSeconds(int trials) {
    return FusedPlan.optimumSeconds(
        (double) plan.assignment().rows(), cached.terms(), trials, plan.objective().loss());
  }

  private Convergence convergence(TrialResult result) {
    Trial trial = result.trial();
    FusedSetup setup = cached.over(trial).setup();
    double[] w =
        setup
            .coordinates(trial)
            .weightsOf(result.model().functions().toArray(AffineFunction[]::new));
    double[] curve = result.curve().training();
    double mean = curve.length == 0 ? Double.NaN : curve[curve.length - 1];
    WeightColumn column = setup.weightColumn(trial);
    ProximalNewton.Optimum optimum = optima.get(Goal.of(trial));
    if (column.isScaled()) {
      // Its scale, which the objective is a multiple of, is in the label's coordinate.
      double[] slopes = result.model().powers().coefficients();
      double unit = w[w.length - 1] / slopes[slopes.length - 1];
      return converged(optimum, optimum.objective() * unit, unit, setup.rounding(trial));
    }
    double objective = mean + column.penaltyOf(w);
    if (optimum == null) {
      return Convergence.unknown(objective);
    }
    return converged(optimum, objective, 1, setup.rounding(trial));
  }

  private static Convergence converged(
      ProximalNewton.Optimum optimum, double objective, double unit, double rounding) {
    return optimum.isNear()
        ? Convergence.solved(
            objective, optimum.objective() * unit, optimum.start() * unit, rounding)
        : Convergence.notReached(objective);
  }

  @Override
  public Prepared prepare() {
    if (prepared.isEmpty()) {
      long start = System.nanoTime();
      FoldSums sums = cached.over(Trial.of(plan.candidates().get(0), Split.NONE)).sums();
      double seconds = (System.nanoTime() - start) / 1e9;
      prepared = Optional.of(new Prepared(sums.sizes(plan.assignment().pieces()), seconds));
    }
    return prepared.get();
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    cached.countPasses(ScoringPass.passes(trained, metric));
    return Jobs.described(
        context, metric.label() + " of each trial", () -> passes.score(trained, metric));
  }

  @Override
  public List<Residuals> residuals(List<TrialResult> trained, Residuals.Precision precision) {
    cached.countPasses(1);
    return Jobs.described(
        context, "errors of held-out rows", () -> HeldOutPass.residuals(rows, trained, precision));
  }

  @Override
  public List<ErrorSpread> losses(List<TrialResult> trained) {
    cached.countPasses(1);
    return Jobs.described(
        context, "losses of held-out rows", () -> HeldOutPass.losses(rows, trained));
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return Jobs.described(context, "score of the test rows", () -> passes.scoreTest(trained));
  }

  @Override
  public EngineReport report() {
    return new EngineReport(
        choice.engine().label(),
        choice.movement().toString(),
        choice.device().label(),
        choice.reason(),
        cached.passes(),
        prepared.map(Prepared::seconds).orElse(0.0),
        cached.notes());
  }

  @Override
  public void close() {
    cached.close();
  }
}
