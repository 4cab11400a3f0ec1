package io.foldwise.browser;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CrossValidation;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.SnapshotEngine;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.teavm.jso.JSExport;

/** A run of squared loss that the page can train again, from the moments of its blocks. */
public final class PageEngine {
  private final MomentsSnapshot snapshot;
  private final SnapshotEngine engine;
  private final SearchPlan.Judging judging;

  private PageEngine(MomentsSnapshot snapshot, SearchPlan.Judging judging) {
    this.snapshot = snapshot;
    this.engine = new SnapshotEngine(snapshot);
    this.judging = judging;
  }

  /**
   * Opens a run; the page calls it by its name alone.
   *
   * @param snapshot the bytes of {@link MomentsSnapshot#writeTo}
   * @param metric the name of the metric that ranks: mse, rmse or r2
   * @param patience the epochs that early stopping waits; 0 for none
   * @param tolerance the least improvement that it waits for
   * @throws IOException if the bytes are no snapshot
   */
  @JSExport
  public static PageEngine foldwiseEngine(
      byte[] snapshot, String metric, double patience, double tolerance) throws IOException {
    SearchPlan.Judging judging =
        new SearchPlan.Judging(
            Metric.all().stream().filter(m -> m.label().equals(metric)).findFirst().orElseThrow(),
            SelectionRule.BEST,
            patience > 0
                ? Optional.of(new EarlyStopping((long) patience, tolerance))
                : Optional.empty());
    return new PageEngine(
        MomentsSnapshot.readFrom(new DataInputStream(new ByteArrayInputStream(snapshot))), judging);
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
    return new CrossValidated(summary, validation.trials(), trained, engine);
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
        snapshot.assignment().splits().stream()
            .filter(one -> one.fold() == heldOut)
            .findFirst()
            .orElse(Split.NONE);
    return new Road(engine.trainer(Trial.of(plan(candidate).candidates().get(0), split)));
  }

  /** The batch sizes that blocks add up to, ascending; the last is the full batch. */
  @JSExport
  public double[] batchSizes() {
    long rows = snapshot.assignment().rows();
    return snapshot.table().borders().minibatches().stream()
        .flatMapToInt(count -> IntStream.rangeClosed(1, count).filter(m -> count % m == 0))
        .distinct()
        .mapToLong(m -> (rows + m - 1) / m)
        .filter(this::isCut)
        .distinct()
        .sorted()
        .asDoubleStream()
        .toArray();
  }

  /** Whether the borders of all minibatches are borders of segments. */
  private boolean isCut(long batchSize) {
    int wanted = snapshot.assignment().minibatches(batchSize);
    return snapshot.table().borders().minibatches().stream().anyMatch(cut -> cut % wanted == 0);
  }

  private SearchPlan plan(String grid) {
    List<Candidate> candidates =
        Grid.parse(grid).candidates(new Squared(), snapshot.assignment().rows());
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
    return new SearchPlan(
        new SearchPlan.Objective(
            new Squared(), snapshot.basis().kind(), snapshot.initialWeights(), snapshot.seed()),
        snapshot.assignment(),
        candidates,
        judging);
  }
}
