package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.oracle.VisitingOrder;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Descending;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What the contracts share: the engine under test, and plans and trials that it can do. */
public interface EngineContract {

  /** The engine under test. */
  TrialEngine open(SearchPlan plan, EngineRows rows);

  /** Whether it solves for the exact optimum; plans leave those candidates out where not. */
  default boolean solves() {
    return false;
  }

  /** Whether features may come as vectors; where not, they are refused. */
  default boolean takesVectors() {
    return true;
  }

  /** Plans are cut down to so many epochs, where each step of the engine costs a job. */
  default long mostEpochs() {
    return Long.MAX_VALUE;
  }

  /** Plans are thinned to so many candidates, drawn at random, likewise. */
  default int mostCandidates() {
    return Integer.MAX_VALUE;
  }

  /** Rows come in at most so many partitions, where each step takes a task of every one. */
  default int mostPartitions() {
    return Integer.MAX_VALUE;
  }

  /** Of losses and the like that only have to be there, at most so many are tried, likewise. */
  default int mostOfAKind() {
    return Integer.MAX_VALUE;
  }

  /** Losses other than the squared one, thinned to {@link #mostOfAKind}. */
  default List<LossCase> someOthers(TrainingRows rows) {
    return some(LossCase.others(rows));
  }

  /** Evenly thinned to {@link #mostOfAKind}. */
  default <T> List<T> some(List<T> all) {
    int count = Math.min(mostOfAKind(), all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((2 * i + 1) * all.size() / (2 * count)))
        .toList();
  }

  /** The order in which it takes the minibatches, the trials trained in one call. */
  default VisitingOrder visiting(SearchPlan plan, List<Trial> trials) {
    return VisitingOrder.common(plan.objective().seed());
  }

  /** The candidates of several grids that the engine can do; a plan of none is refused. */
  default SearchPlan plan(Setting setting, TrainingRows rows, String... grids) {
    List<Candidate> candidates =
        setting.plan(rows, grids).candidates().stream()
            .filter(candidate -> solves() || !(candidate.optimizer() instanceof Exact))
            .map(this::shortened)
            .distinct()
            .toList();
    return setting.plan(rows, thinned(candidates));
  }

  private List<Candidate> thinned(List<Candidate> candidates) {
    List<Candidate> drawn = new ArrayList<>(candidates);
    Collections.shuffle(drawn, new Random(candidates.size()));
    Set<Candidate> kept = Set.copyOf(drawn.subList(0, Math.min(mostCandidates(), drawn.size())));
    return candidates.stream().filter(kept::contains).toList();
  }

  private Candidate shortened(Candidate candidate) {
    Descending all = candidate.descending();
    return new Candidate(
        candidate.loss(),
        candidate.form(),
        candidate.penalty(),
        candidate.optimizer(),
        new Descending(
            all.learningRate(),
            all.schedule(),
            all.batchSize(),
            Math.min(mostEpochs(), all.epochs())));
  }

  /**
   * The same plan by forward chaining: a trial is trained on the folds before the one it scores.
   */
  static SearchPlan forward(SearchPlan plan) {
    Assignment dealt = plan.assignment();
    return new SearchPlan(
        plan.objective(),
        new Assignment(
            dealt.rows(), dealt.folds(), dealt.positions(), Assignment.TrainedOn.EARLIER),
        plan.candidates(),
        plan.judging());
  }

  /** The same plan by forward chaining, where two folds of the rows are pieces of one. */
  static SearchPlan purged(SearchPlan plan) {
    Assignment dealt = plan.assignment();
    return new SearchPlan(
        plan.objective(),
        new Assignment(
            dealt.rows(),
            (dealt.folds() + 1) / 2,
            dealt.positions(),
            Assignment.TrainedOn.EARLIER_PURGED),
        plan.candidates(),
        plan.judging());
  }

  /** Every candidate on each split, and on all rows. */
  static List<Trial> trials(SearchPlan plan) {
    List<Trial> trials = new ArrayList<>();
    for (Candidate candidate : plan.candidates()) {
      trials.add(Trial.of(candidate, Split.NONE));
      plan.assignment().splits().stream()
          .filter(split -> !split.isNone())
          .forEach(split -> trials.add(Trial.of(candidate, split)));
    }
    return trials;
  }

  default List<TrialResult> train(SearchPlan plan, EngineRows rows) {
    try (TrialEngine engine = open(plan, rows)) {
      return engine.train(trials(plan));
    }
  }

  /** Trains everything in one call and holds every trial against the oracle. */
  default void assertAgreesWithRows(TrainingRows rows, SearchPlan plan) {
    assertAgreesWithRows(rows, plan, 3);
  }

  /** Likewise over so many partitions. */
  default void assertAgreesWithRows(TrainingRows rows, SearchPlan plan, int partitions) {
    assertAgreesWithRows(
        rows,
        plan,
        trials(plan),
        train(plan, Frames.engineRows(rows, Math.min(partitions, mostPartitions()))));
  }

  /** Holds the results of one call against the oracle. */
  default void assertAgreesWithRows(
      TrainingRows rows, SearchPlan plan, List<Trial> trials, List<TrialResult> results) {
    assertEquals(trials, results.stream().map(TrialResult::trial).toList());
    RowOracle oracle = new RowOracle(rows, plan, visiting(plan, trials));
    Agreement agreement = new Agreement(rows);
    for (TrialResult result : results) {
      agreement.check(oracle.train(result.trial()), result);
    }
  }
}
