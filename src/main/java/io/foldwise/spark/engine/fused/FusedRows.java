package io.foldwise.spark.engine.fused;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.training.Grouped;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.plan.Workload;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.FoldSums;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The rows of a search, cached for the trials that come next, and read when they are first asked
 * for.
 */
final class FusedRows implements AutoCloseable {
  private final SearchPlan plan;
  private final EngineRows rows;
  private final Caching caching;
  private final Passes passesOver;
  private final JavaSparkContext context;
  private Optional<FittedBasis> fitted = Optional.empty();
  private Optional<Session> session = Optional.empty();
  private int passes;

  FusedRows(SearchPlan plan, EngineRows rows, Caching caching, Passes passesOver) {
    this.plan = plan;
    this.rows = rows;
    this.caching = caching;
    this.passesOver = passesOver;
    this.context = new JavaSparkContext(rows.training().sparkSession().sparkContext());
  }

  /**
   * Rows that are cached, and what was found out about them.
   *
   * @param minibatches the minibatches in an epoch of the trials that the rows are cached for
   * @param curvatures the curvatures of the trials' training sets
   * @param setup the setup of trials over the rows
   */
  record Session(int minibatches, Caching.Cached cached, Curvatures curvatures, FusedSetup setup) {
    FoldSums sums() {
      return cached.rows().sums();
    }

    private void close() {
      cached.rows().close();
      curvatures.close();
    }
  }

  /**
   * Groups of indices of trials that can be trained over the rows as the first of them has them
   * cached.
   */
  List<List<Integer>> together(List<Trial> trials) {
    return Grouped.by(trials, trial -> caching.servesAll() ? 0 : minibatches(trial)).stream()
        .map(Grouped::indices)
        .toList();
  }

  /** The minibatches in an epoch of a trial; an optimum does not ask how the rows are cut. */
  private int minibatches(Trial trial) {
    return trial.candidate().isExact()
        ? session.map(Session::minibatches).orElse(Workload.mostMinibatches(plan))
        : plan.assignment().minibatches(trial.candidate().descending().batchSize());
  }

  /** The rows as a trial, and those that are trained together with it, take them. */
  Session over(Trial trial) {
    int m = minibatches(trial);
    if (session.filter(s -> caching.servesAll() || s.minibatches == m).isEmpty()) {
      close();
      session = Optional.of(opened(m));
    }
    return session.get();
  }

  private Session opened(int m) {
    if (fitted.isEmpty()) {
      fitted =
          Optional.of(
              Jobs.described(
                  context.sc(), "ranges of the features", () -> passesOver.fitted(plan)));
      passes += fitted.get().passes();
    }
    MinibatchBorders borders = new MinibatchBorders(plan.assignment(), Workload.minibatches(plan));
    FittedBasis about = fitted.get().takingLabels(plan.objective().loss());
    Caching.Cached cached =
        Jobs.described(context.sc(), "packing the rows", () -> caching.cache(about, borders, m));
    passes++;
    try {
      if (!cached.rows().sums().isFinite() || !cached.rows().labelsFit()) {
        throw rows.badCell().get();
      }
      requireTrainable(cached.rows().sums());
    } catch (InvalidInputException refused) {
      cached.rows().close();
      throw refused;
    }
    Curvatures curvatures = new Curvatures(cached.rows(), passesOver, cached.movement(), context);
    BestConstant constants = new BestConstant(cached.rows(), plan.assignment().pieces());
    return new Session(
        m, cached, curvatures, new FusedSetup(plan, cached.rows(), constants, curvatures));
  }

  /** Refuses rows without weights or with one class; those of small data were seen when loaded. */
  private void requireTrainable(FoldSums sums) {
    int pieces = plan.assignment().pieces();
    for (Split split : splits()) {
      if (!(sums.training(split, pieces).weight() > 0)) {
        throw new InvalidInputException(
            "'weight' is 0 on every row to train on%s: weights must be > 0 on some"
                .formatted(split.isNone() ? "" : " where fold " + split.fold() + " is held out"));
      }
    }
    ColumnSums all = sums.training(Split.NONE, pieces);
    boolean large = plan.assignment().positions() == Assignment.HASHED_POSITIONS;
    if (large && plan.objective().loss().isBinary() && all.deviation(all.label()) == 0) {
      throw new InvalidInputException(
          "the label is %.0f on every row to train on, and 'loss' (%s) needs 0 and 1: see --positive"
              .formatted(all.mean(all.label()), plan.objective().loss().label()));
    }
  }

  /** The splits of the final model and of the trials. */
  private List<Split> splits() {
    return Stream.concat(Stream.of(Split.NONE), plan.assignment().splits().stream())
        .distinct()
        .toList();
  }

  /** Says which training sets have one class alone, or lack one, where labels are classes. */
  List<String> notes() {
    Assignment dealt = plan.assignment();
    if (session.isEmpty() || dealt.folds() < 2 || !plan.objective().loss().isOfClasses()) {
      return List.of();
    }
    List<String> single = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (Split split : dealt.splits()) {
      ColumnSums training = session.get().sums().training(split, dealt.pieces());
      if (training.deviation(training.label()) == 0) {
        single.add(Integer.toString(split.fold()));
      } else if (session.get().setup.lacksClass(split)) {
        lacking.add(Integer.toString(split.fold()));
      }
    }
    return Stream.concat(
            note("the rows to train on have labels of one class alone", single),
            note("the rows to train on lack a class", lacking))
        .toList();
  }

  private static Stream<String> note(String what, List<String> folds) {
    return folds.isEmpty()
        ? Stream.of()
        : Stream.of(
            "%s where fold %s is held out: try --fold-strategy stratified"
                .formatted(what, String.join(", ", folds)));
  }

  /** The terms of the highest degree, without the constant. */
  int terms() {
    return PolynomialBasis.terms(rows.features().size(), plan.degree());
  }

  void countPasses(int more) {
    passes += more;
  }

  int passes() {
    return passes + session.map(s -> s.curvatures.passes()).orElse(0);
  }

  @Override
  public void close() {
    passes = passes();
    session.ifPresent(Session::close);
    session = Optional.empty();
  }
}
