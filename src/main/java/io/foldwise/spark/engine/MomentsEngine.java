package io.foldwise.spark.engine;

import io.foldwise.learn.Metric;
import io.foldwise.learn.MetricSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.EngineReport;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Squared loss: one aggregate, then every trial from the moments alone, in parallel tasks. The
 * moments are kept and serve every later call.
 */
final class MomentsEngine implements TrialEngine {
  private static final int TASKS_PER_CORE = 2;

  private final SearchPlan plan;
  private final EngineRows rows;
  private final EnginePlan choice;
  private final Passes passesOver;
  private final JavaSparkContext context;
  private MomentsTrainer.Setting setting;
  private MomentsTable table;
  private Optional<Shared<MomentsTable>> shared = Optional.empty();
  private double aggregateSeconds;
  private int passes;

  MomentsEngine(SearchPlan plan, EngineRows rows, EnginePlan choice, Passes passesOver) {
    this.plan = plan;
    this.rows = rows;
    this.choice = choice;
    this.passesOver = passesOver;
    this.context = new JavaSparkContext(rows.training().sparkSession().sparkContext());
  }

  @Override
  public List<TrialResult> train(List<Trial> trials) {
    if (trials.isEmpty()) {
      return List.of();
    }
    aggregate();
    Assignment assignment = plan.assignment();
    int tasks = TASKS_PER_CORE * context.defaultParallelism();
    int width = Math.max(1, (trials.size() + tasks - 1) / tasks);
    List<List<TrialGroup>> slices =
        TrialGroup.slices(TrialGroup.of(trials, assignment, width), tasks);
    List<Tuple2<Integer, TrialResult>> trained =
        slices.size() == 1 ? train(table, setting, slices.get(0)) : inTasks(slices);
    TrialResult[] inOrder = new TrialResult[trials.size()];
    trained.forEach(result -> inOrder[result._1()] = result._2());
    return Arrays.asList(inOrder);
  }

  private List<Tuple2<Integer, TrialResult>> inTasks(List<List<TrialGroup>> slices) {
    Shared<MomentsTable> moments = shared.orElseGet(() -> Transport.share(context.sc(), table));
    shared = Optional.of(moments);
    MomentsTrainer.Setting common = setting;
    int trials = slices.stream().flatMap(List::stream).mapToInt(g -> g.trials().size()).sum();
    return Jobs.described(
        context.sc(),
        "%,d trials from moments".formatted(trials),
        () ->
            Transport.collect(
                Transport.parallelize(context.sc(), slices)
                    .flatMap(slice -> train(moments.value(), common, slice).iterator())));
  }

  private static List<Tuple2<Integer, TrialResult>> train(
      MomentsTable table, MomentsTrainer.Setting setting, List<TrialGroup> groups) {
    int first = Math.max(0, groups.get(0).shared().heldOut());
    int last = groups.get(groups.size() - 1).shared().heldOut();
    HeldOutSums sums = new HeldOutSums(table, first, last + 1);
    List<Tuple2<Integer, TrialResult>> trained = new ArrayList<>();
    for (TrialGroup group : groups) {
      List<TrialResult> results = new MomentsTrainer(setting, sums, group).train();
      for (int i = 0; i < results.size(); i++) {
        trained.add(new Tuple2<>(group.indices().get(i), results.get(i)));
      }
    }
    return trained;
  }

  private void aggregate() {
    if (table != null) {
      return;
    }
    long start = System.nanoTime();
    CarriedBasis carried =
        Jobs.described(context.sc(), "ranges of the features", () -> passesOver.carried(plan));
    BlockCuts cuts = new BlockCuts(plan.assignment(), Planner.minibatches(plan));
    MomentsTable moments =
        Jobs.described(
            context.sc(),
            "moments of %,d blocks".formatted((long) cuts.segments() * cuts.folds()),
            () -> passesOver.moments(carried.basis(), carried.shift(), cuts));
    passes += 1 + carried.passes();
    if (!moments.isFinite()) {
      throw rows.badCell().get();
    }
    setting =
        new MomentsTrainer.Setting(
            carried.basis(),
            carried.shift(),
            plan.objective().initialWeights(),
            plan.objective().seed(),
            plan.curvePoints());
    table = moments;
    aggregateSeconds = (System.nanoTime() - start) / 1e9;
  }

  @Override
  public long[] foldSizes() {
    aggregate();
    return table.foldSizes();
  }

  @Override
  public Scored score(List<TrialResult> trained, Metric metric) {
    passes += ScoringPass.passes(trained, metric);
    return Jobs.described(
        context.sc(), metric.label() + " of each trial", () -> passesOver.score(trained, metric));
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return Jobs.described(
        context.sc(), "score of the test rows", () -> passesOver.scoreTest(trained));
  }

  @Override
  public EngineReport report() {
    return new EngineReport(
        choice.engine(),
        choice.movement().toString(),
        choice.device(),
        choice.reason(),
        passes,
        aggregateSeconds);
  }

  @Override
  public void close() {
    shared.ifPresent(Shared::destroy);
  }
}
