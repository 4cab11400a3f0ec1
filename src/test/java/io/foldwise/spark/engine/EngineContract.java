package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.InitialWeights;
import io.foldwise.learn.Loss;
import io.foldwise.learn.Metric;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the contracts share: the engine under test, plans and trials. */
interface EngineContract {

  /** The engine under test. */
  TrialEngine open(SearchPlan plan, EngineRows rows);

  /** A search of squared loss from the default initial weights. */
  static SearchPlan plan(TrainingRows rows, PolynomialBasis.Kind basis, String... grids) {
    return plan(rows, basis, new InitialWeights.Baseline(), grids);
  }

  /** The candidates of several grids. */
  static SearchPlan plan(
      TrainingRows rows, PolynomialBasis.Kind basis, InitialWeights initial, String... grids) {
    List<Candidate> candidates = new ArrayList<>();
    for (String grid : grids) {
      candidates.addAll(Grid.parse(grid).candidates(new Loss.Squared(), rows.n()));
    }
    return new SearchPlan(
        new SearchPlan.Objective(new Loss.Squared(), basis, initial, 42),
        rows.assignment(),
        candidates,
        new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty()));
  }

  /** Every candidate with each fold held out, and with none. */
  static List<Trial> trials(SearchPlan plan) {
    List<Trial> trials = new ArrayList<>();
    for (Candidate candidate : plan.candidates()) {
      for (int fold = Trial.NONE; fold < plan.assignment().folds(); fold++) {
        trials.add(Trial.of(candidate, fold));
      }
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
    assertAgreesWithRows(rows, plan, train(plan, Frames.engineRows(rows, 3)));
  }

  static void assertAgreesWithRows(TrainingRows rows, SearchPlan plan, List<TrialResult> results) {
    List<Trial> trials = trials(plan);
    assertEquals(trials, results.stream().map(TrialResult::trial).toList());
    RowOracle oracle = new RowOracle(rows, plan);
    Agreement agreement = new Agreement(rows.y());
    for (TrialResult result : results) {
      agreement.check(oracle.train(result.trial()), result);
    }
  }
}
