package io.foldwise.spark.engine;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.spark.job.Jobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The packed rows of a search, and how they and trials come together: packed when first asked. */
final class FusedRows implements AutoCloseable {
  private final SearchPlan plan;
  private final EngineRows rows;
  private final EnginePlan.Moving how;
  private final Passes passesOver;
  private final JavaSparkContext context;
  private CarriedBasis carried;
  private HeldRows held;
  private FusedMovement movement;
  private Segmentation segmentation;
  private FusedSetup setup;
  private Curvatures curvatures;
  private int passes;

  FusedRows(SearchPlan plan, EngineRows rows, EnginePlan choice, Passes passesOver) {
    this.plan = plan;
    this.rows = rows;
    this.how = choice.movement();
    this.passesOver = passesOver;
    this.context = FusedEngine.context(rows);
  }

  /**
   * Places of trials that can be trained over the rows as they are packed for the first of them.
   */
  List<List<Integer>> together(List<Trial> trials) {
    if (!rotates()) {
      return trials.isEmpty()
          ? List.of()
          : List.of(IntStream.range(0, trials.size()).boxed().toList());
    }
    Map<Integer, List<Integer>> byMinibatches =
        IntStream.range(0, trials.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    place -> minibatches(trials.get(place)),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return List.copyOf(byMinibatches.values());
  }

  private Segmentation segmentation(BlockCuts cuts, int m) {
    return new Segmentation(cuts, m, Math.min(how.segments(), m));
  }

  /** The most minibatches per epoch of the grid. */
  private int most() {
    List<Integer> all = Planner.minibatches(plan);
    return all.get(all.size() - 1);
  }

  private boolean rotates() {
    return how.what() == Movement.ROTATE;
  }

  /** An optimum does not ask how the rows are cut. */
  private int minibatches(Trial trial) {
    if (trial.candidate().isExact()) {
      return segmentation == null ? most() : segmentation.minibatches();
    }
    return plan.assignment().minibatches(trial.candidate().descending().batchSize());
  }

  /** The setup for a trial and those that are trained together with it. */
  FusedSetup setup(Trial trial) {
    int m = minibatches(trial);
    boolean fits = held != null && (!rotates() || segmentation.minibatches() == m);
    if (!fits) {
      pack(m);
    }
    return setup;
  }

  private void pack(int m) {
    close();
    if (carried == null) {
      carried =
          Jobs.described(context.sc(), "ranges of the features", () -> passesOver.carried(plan));
      passes += carried.passes();
    }
    BlockCuts cuts = new BlockCuts(plan.assignment(), Planner.minibatches(plan));
    held = Jobs.described(context.sc(), "packing the rows", () -> hold(cuts, m));
    passes++;
    if (!held.sums().isFinite() || !held.labelsFit()) {
      throw rows.badCell().get();
    }
    requireTrainable();
    curvatures = new Curvatures(held, passesOver, movement, context);
    setup = new FusedSetup(plan, held, new Constants(held, plan.assignment().folds()), curvatures);
  }

  private HeldRows hold(BlockCuts cuts, int m) {
    long seed = plan.objective().seed();
    if (passesOver instanceof SqlPasses sql) {
      SqlRows columns =
          SqlRows.of(new CarriedBasis(carried.basis(), shift(), carried.passes()), cuts, sql);
      movement = new Reduce((trials, count) -> new SqlObjective(trials, count, columns), seed);
      return columns;
    }
    PackedRows packed = packed(cuts, m);
    movement =
        switch (how.what()) {
          case REPLICATE -> new Replicate(context, seed, packed);
          case REDUCE ->
              new Reduce((trials, count) -> new PartsObjective(trials, count, packed), seed);
          case ROTATE -> new Rotate(context, seed, packed, segmentation);
          case SUMS, ROWS -> throw new IllegalStateException(how + " is of moments");
        };
    return packed;
  }

  private PackedRows packed(BlockCuts cuts, int m) {
    Packing packing =
        new Packing(
            new RowReader(rows.layout()), carried.basis(), shift(), cuts, plan.objective().loss());
    segmentation = how.segments() == 0 ? null : segmentation(cuts, rotates() ? m : most());
    return segmentation == null
        ? PackedRows.inPlace(rows.training(), packing)
        : PackedRows.bySegment(rows.training(), packing, segmentation);
  }

  /** Labels of small data were seen when they were loaded. */
  private void requireTrainable() {
    int folds = plan.assignment().folds();
    for (int fold = Trial.NONE; fold < (folds > 1 ? folds : 0); fold++) {
      if (!(held.sums().without(fold, folds).weight() > 0)) {
        throw new InvalidInputException(
            "'weight' is 0 on every row to train on%s: weights must be > 0 on some"
                .formatted(fold == Trial.NONE ? "" : " where fold " + fold + " is held out"));
      }
    }
    ColumnSums all = held.sums().without(Trial.NONE, folds);
    boolean large = plan.assignment().places() == Assignment.HASHED_PLACES;
    if (large && plan.objective().loss().isBinary() && all.deviation(all.label()) == 0) {
      throw new InvalidInputException(
          "the label is %.0f on every row to train on, and 'loss' (%s) needs 0 and 1: see --positive"
              .formatted(all.mean(all.label()), plan.objective().loss().label()));
    }
  }

  /** Says which training sets have one class alone, where labels are binary. */
  List<String> notes() {
    int folds = plan.assignment().folds();
    if (held == null || folds < 2 || !plan.objective().loss().isBinary()) {
      return List.of();
    }
    List<String> single = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      ColumnSums training = held.sums().without(fold, folds);
      if (training.deviation(training.label()) == 0) {
        single.add(Integer.toString(fold));
      }
    }
    return single.isEmpty()
        ? List.of()
        : List.of(
            "the rows to train on have labels of one class alone where fold %s is held out: try --fold-strategy stratified"
                .formatted(String.join(", ", single)));
  }

  /** Binary labels stay 0 and 1. */
  private Shift shift() {
    return plan.objective().loss().isBinary() ? carried.shift().withLabel(0) : carried.shift();
  }

  HeldRows current() {
    return held;
  }

  FusedMovement movement() {
    return movement;
  }

  void countPasses(int more) {
    passes += more;
  }

  int passes() {
    return passes + (curvatures == null ? 0 : curvatures.passes());
  }

  @Override
  public void close() {
    if (held != null) {
      passes += curvatures.passes();
      held.close();
      curvatures.close();
      held = null;
      curvatures = null;
    }
  }
}
