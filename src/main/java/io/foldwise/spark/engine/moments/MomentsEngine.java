package io.foldwise.spark.engine.moments;

import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Residuals;
import io.foldwise.search.Candidate;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Figures;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.FinerCut;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.search.training.TrainsFromMoments;
import io.foldwise.search.training.TrialGroup;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.Workload;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.engine.score.HeldOutPass;
import io.foldwise.spark.engine.score.ScoringPass;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Trains for squared loss: one aggregate, then every trial from the moments alone, in parallel
 * tasks. The moments are kept and serve every later call.
 */
public final class MomentsEngine implements TrainsFromMoments {
  private static final int TASKS_PER_CORE = 2;

  /** The operations below which a job would take longer to start than to run: some 20 ms. */
  private static final double LIGHT = 2e7;

  private final SearchPlan plan;
  private final EngineRows rows;
  private final EnginePlan choice;
  private final Passes passesOver;
  private final JavaSparkContext context;
  private MomentsSnapshot moments;
  private MomentsTable blocks;
  private Optional<Shared<MomentsSnapshot>> shared = Optional.empty();
  private double seconds;
  private int passes;
  private List<String> notes = List.of();

  public MomentsEngine(SearchPlan plan, EngineRows rows, EnginePlan choice, Passes passesOver) {
    this.plan = plan;
    this.rows = rows;
    this.choice = choice;
    this.passesOver = passesOver;
    this.context = new JavaSparkContext(rows.training().sparkSession().sparkContext());
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    List<TrialResult> trained = TrainsFromMoments.super.train(trials);
    trials.stream().filter(trial -> trial.split().isNone()).forEach(this::noteDependent);
    return trained;
  }

  /** Notes which terms, if any, leave open the coefficients of a model that is solved for. */
  private void noteDependent(Trial trial) {
    Candidate candidate = trial.candidate();
    List<TrialGroup> group = TrialGroup.of(List.of(trial), plan.assignment(), 1);
    if (!group.get(0).isExact() || !candidate.penalty().isNone()) {
      return;
    }
    List<String> dependent =
        moments
            .each(group, (trainer, one) -> List.of(trainer.dependent()), (i, terms) -> terms)
            .get(0);
    notes =
        dependent.isEmpty()
            ? List.of()
            : List.of(
                "of the terms %s some are combinations of others in the training rows, to rounding: other coefficients fit as well, these are the least in sum of squares%s; an l2 penalty would leave no choice"
                    .formatted(
                        Figures.listed(dependent),
                        candidate.form().standardize() ? " over standardised features" : ""));
  }

  /** Works on trials in groups, and on the groups in tasks unless there is little to do. */
  @Override
  public <T> List<T> inGroups(List<Trial> trials, MomentsSnapshot.OfGroup<T> work) {
    if (trials.isEmpty()) {
      return List.of();
    }
    aggregate();
    int tasks = isLight(trials) ? 1 : TASKS_PER_CORE * context.defaultParallelism();
    int width = Math.max(1, (trials.size() + tasks - 1) / tasks);
    List<List<TrialGroup>> slices =
        TrialGroup.slices(TrialGroup.of(trials, plan.assignment(), width), tasks);
    List<Tuple2<Integer, T>> made =
        slices.size() == 1 ? moments.each(slices.get(0), work, Tuple2::new) : inTasks(slices, work);
    List<T> inOrder = new ArrayList<>(Collections.nCopies(trials.size(), null));
    made.forEach(each -> inOrder.set(each._1(), each._2()));
    return inOrder;
  }

  private boolean isLight(List<Trial> trials) {
    int terms = moments.basis().terms();
    return TrialGroup.of(trials, plan.assignment(), trials.size()).stream()
            .mapToDouble(group -> group.operations(terms))
            .sum()
        < LIGHT;
  }

  private <T> List<Tuple2<Integer, T>> inTasks(
      List<List<TrialGroup>> slices, MomentsSnapshot.OfGroup<T> work) {
    Shared<MomentsSnapshot> broadcast =
        shared.orElseGet(() -> Transport.share(context.sc(), moments));
    shared = Optional.of(broadcast);
    int trials = slices.stream().flatMap(List::stream).mapToInt(g -> g.trials().size()).sum();
    return Jobs.computing(
        context.sc(),
        "%,d trials from moments".formatted(trials),
        () ->
            Transport.collect(
                Transport.parallelize(context.sc(), slices)
                    .flatMap(
                        slice -> broadcast.value().each(slice, work, Tuple2::new).iterator())));
  }

  private void aggregate() {
    if (moments != null) {
      return;
    }
    long start = System.nanoTime();
    FittedBasis fitted =
        Jobs.described(context.sc(), "ranges of the features", () -> passesOver.fitted(plan));
    List<Integer> minibatches = Workload.minibatches(plan);
    MinibatchBorders borders =
        new MinibatchBorders(
            plan.assignment(), FinerCut.withSegments(plan, minibatches, fitted.basis().terms()));
    blocks =
        Jobs.described(
            context.sc(),
            "moments of %,d blocks".formatted(borders.blocks()),
            () -> passesOver.moments(fitted.basis(), fitted.shift(), borders));
    passes += 1 + fitted.passes();
    if (!blocks.isFinite()) {
      throw rows.badCell().get();
    }
    moments =
        new MomentsSnapshot(
            fitted.basis(),
            fitted.shift(),
            plan.objective().initialWeights(),
            plan.objective().seed(),
            plan.curvePoints(),
            borders.minibatches().equals(minibatches) ? blocks : blocks.cutInto(minibatches));
    seconds = (System.nanoTime() - start) / 1e9;
  }

  @Override
  public MomentsSnapshot moments() {
    aggregate();
    return moments;
  }

  @Override
  public MomentsTable blocks() {
    aggregate();
    return blocks;
  }

  @Override
  public Prepared prepare() {
    aggregate();
    return new Prepared(moments.table().foldSizes(), seconds);
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    passes += ScoringPass.passes(trained, metric);
    return Jobs.described(
        context.sc(), metric.label() + " of each trial", () -> passesOver.score(trained, metric));
  }

  @Override
  public List<Residuals> residuals(List<TrialResult> trained, Residuals.Precision precision) {
    passes++;
    return Jobs.described(
        context.sc(),
        "errors of held-out rows",
        () -> HeldOutPass.residuals(rows, trained, precision));
  }

  @Override
  public List<ErrorSpread> losses(List<TrialResult> trained) {
    passes++;
    return Jobs.described(
        context.sc(), "losses of held-out rows", () -> HeldOutPass.losses(rows, trained));
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return Jobs.described(
        context.sc(), "score of the test rows", () -> passesOver.scoreTest(trained));
  }

  @Override
  public EngineReport report() {
    return new EngineReport(
        choice.engine().label(),
        choice.movement().toString(),
        choice.device().label(),
        choice.reason(),
        passes,
        seconds,
        notes);
  }

  @Override
  public void close() {
    shared.ifPresent(Shared::destroy);
  }
}
