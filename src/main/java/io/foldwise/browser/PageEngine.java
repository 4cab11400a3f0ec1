package io.foldwise.browser;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.optim.Split;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CrossValidation;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.RowsEngine;
import io.foldwise.search.training.RowsInMemory;
import io.foldwise.search.training.RowsSnapshot;
import io.foldwise.search.training.SnapshotEngine;
import io.foldwise.search.training.TrialTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.teavm.jso.JSExport;

/** A run that the page can train again, from the moments of its blocks or from rows. */
public final class PageEngine {
  private final SearchPlan.Objective objective;
  private final Assignment assignment;
  private final double labelSpread;
  private final SearchPlan.Judging judging;
  private final TrialEngine engine;
  private final Function<Trial, TrialTrainer> trainer;
  private final Supplier<IntStream> offered;
  private final IntPredicate isCut;

  /**
   * Makes an engine.
   *
   * @param offered the numbers of minibatches of an epoch to choose from
   * @param isCut whether an epoch can be cut into so many
   */
  private PageEngine(
      SearchPlan.Objective objective,
      Assignment assignment,
      double labelSpread,
      SearchPlan.Judging judging,
      TrialEngine engine,
      Function<Trial, TrialTrainer> trainer,
      Supplier<IntStream> offered,
      IntPredicate isCut) {
    this.objective = objective;
    this.assignment = assignment;
    this.labelSpread = labelSpread;
    this.judging = judging;
    this.engine = engine;
    this.trainer = trainer;
    this.offered = offered;
    this.isCut = isCut;
  }

  /** Opens a run of squared loss, whose moments are there for some batch sizes. */
  static PageEngine of(MomentsSnapshot snapshot, SearchPlan.Judging judging) {
    SnapshotEngine engine = new SnapshotEngine(snapshot);
    List<Integer> cuts = snapshot.table().borders().minibatches();
    return new PageEngine(
        new SearchPlan.Objective(
            new Squared(), snapshot.basis().kind(), snapshot.initialWeights(), snapshot.seed()),
        snapshot.assignment(),
        Double.NaN,
        judging,
        engine,
        engine::trainer,
        () ->
            cuts.stream()
                .flatMapToInt(cut -> IntStream.rangeClosed(1, cut).filter(m -> cut % m == 0)),
        minibatches -> cuts.stream().anyMatch(cut -> cut % minibatches == 0));
  }

  /** Opens a run of any loss over rows. */
  static PageEngine of(RowsSnapshot snapshot, SearchPlan.Judging judging) {
    RowsInMemory rows = snapshot.rows();
    RowsEngine engine = new RowsEngine(rows);
    RowsInMemory.Setting setting = snapshot.setting();
    return new PageEngine(
        new SearchPlan.Objective(
            setting.loss(), setting.basis().kind(), setting.initialWeights(), setting.seed()),
        rows.assignment(),
        snapshot.labelSpread(),
        judging,
        engine,
        engine::trainer,
        () -> IntStream.iterate(1, m -> m <= rows.assignment().rows(), m -> 2 * m),
        minibatches -> true);
  }

  /**
   * Cross-validates a candidate, and trains it on all rows unless a fold diverged.
   *
   * @param candidate its values, written as a grid of one
   * @throws io.foldwise.input.InvalidInputException if an axis or a value is not one
   */
  @JSExport
  public CrossValidated crossValidate(String candidate) {
    SearchPlan plan = plan(candidate);
    CrossValidation validation = new CrossValidation(plan, engine);
    CandidateSummary summary = validation.run().get(0);
    Trial refit = new Trial(summary.candidate(), Split.NONE, summary.epochs());
    Optional<TrialResult> trained =
        summary.isEligible() ? Optional.of(engine.train(List.of(refit)).get(0)) : Optional.empty();
    return new CrossValidated(summary, validation.trials(), trained, judging.metric(), engine);
  }

  /**
   * The road of a candidate's weights.
   *
   * @param candidate its values, written as a grid of one
   * @param heldOut the fold that is left out; −1 for none
   */
  @JSExport
  public Road road(String candidate, int heldOut) {
    Split split =
        assignment.splits().stream()
            .filter(one -> one.fold() == heldOut)
            .findFirst()
            .orElse(Split.NONE);
    return new Road(trainer.apply(Trial.of(plan(candidate).candidates().get(0), split)));
  }

  /** The batch sizes to choose from, ascending; the last is the full batch. */
  @JSExport
  public double[] batchSizes() {
    long rows = assignment.rows();
    return offered
        .get()
        .mapToLong(minibatches -> (rows + minibatches - 1) / minibatches)
        .distinct()
        .filter(this::isCut)
        .sorted()
        .asDoubleStream()
        .toArray();
  }

  /** Whether the borders of all minibatches are there. */
  private boolean isCut(long batchSize) {
    return isCut.test(assignment.minibatches(batchSize));
  }

  private SearchPlan plan(String grid) {
    List<Candidate> candidates =
        Grid.parse(grid).candidates(objective.loss(), assignment.rows(), labelSpread);
    candidates.stream()
        .filter(candidate -> !candidate.isExact())
        .mapToLong(candidate -> candidate.descending().batchSize())
        .filter(size -> !isCut(size))
        .findFirst()
        .ifPresent(
            size -> {
              throw new InvalidInputException(
                  "'batch-size' (%d) is none of those that this page has moments for: %s"
                      .formatted(size, Arrays.toString(batchSizes())));
            });
    return new SearchPlan(objective, assignment, candidates, judging);
  }
}
