package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.TrainingRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Successive halving, over the engine that descends on rows. */
final class HalvingTest {
  private static final int FOLDS = 3;
  private static final TrainingRows ROWS =
      TrainingRows.random(45, 2, FOLDS, 51, x -> 1 + 2 * x[0] - x[1]);
  private static final String NINE = "l2=0,0.01,0.03,0.1,0.3,1,3,10,30; epochs=27";

  @Test
  void eachRungHasFactorTimesTheEpochsAndOneFactorthOfTheCandidates() {
    RowEngine engine = engine(NINE, Optional.of(new Halving(3)));
    new Search(plan(NINE, Optional.of(new Halving(3))), engine).run();
    Map<Long, Long> trialsByEpochs =
        engine.trained().stream()
            .filter(trial -> !trial.split().isNone())
            .collect(Collectors.groupingBy(Trial::epochs, TreeMap::new, Collectors.counting()));
    assertEquals(Map.of(3L, 9L * FOLDS, 9L, 3L * FOLDS, 27L, 1L * FOLDS), trialsByEpochs);
  }

  @Test
  void theWinnerIsThatOfTheWholeSearchWhereRanksDoNotCross() {
    SearchResult whole = search(NINE, Optional.empty());
    SearchResult halved = search(NINE, Optional.of(new Halving(3)));
    CandidateSummary winner = halved.chosen().orElseThrow();
    assertEquals(whole.chosen().orElseThrow().candidate(), winner.candidate());
    assertArrayEquals(
        whole.chosen().orElseThrow().validation().folds(), winner.validation().folds(), 0.0);
    assertEquals(27, halved.refit().trial().epochs());
  }

  @Test
  void whatWasLeftBehindComesLaterAndIsNeverChosen() {
    SearchResult result = search(NINE, Optional.of(new Halving(3)));
    assertEquals(9, result.ranked().size());
    assertEquals(9 * FOLDS, result.trials().size());
    assertTrue(result.ranked().get(0).isEligible());
    long last = Long.MAX_VALUE;
    for (CandidateSummary summary : result.ranked()) {
      assertTrue(summary.epochs() <= last, "fewer epochs come later");
      last = summary.epochs();
    }
    for (CandidateSummary summary : result.ranked().subList(1, 9)) {
      assertEquals(CandidateSummary.Ending.DROPPED, summary.ending());
      assertFalse(summary.isEligible());
    }
  }

  @Test
  void aDivergedCandidateIsLeftBehindFirst() {
    String wild = "learning-rate=1000,0.01,0.02,2000; epochs=800";
    SearchResult result = search(wild, Optional.of(new Halving(2)));
    assertTrue(result.chosen().orElseThrow().index() == 1 || result.chosen().get().index() == 2);
    assertTrue(result.ranked().get(2).diverged());
    assertTrue(result.ranked().get(3).diverged());
  }

  @Test
  void rungsEndWithWhatOneMoreWouldNotLeaveACandidate() {
    Halving three = new Halving(3);
    assertEquals(
        List.of(1, 1, 2, 2, 3, 4), List.of(1, 2, 3, 8, 9, 27).stream().map(three::rungs).toList());
    assertEquals(
        List.of(4L, 12L, 34L, 100L),
        List.of(0, 1, 2, 3).stream().map(r -> three.epochs(100, r, 4)).toList());
    assertEquals(1, three.epochs(5, 0, 4));
    assertEquals(4, three.kept(10));
  }

  @Test
  void aFactorBelowTwoIsRefused() {
    InvalidInputException refused = assertThrows(InvalidInputException.class, () -> new Halving(1));
    assertTrue(refused.getMessage().contains("'halving' (1) must be >= 2"), refused.getMessage());
  }

  private static SearchResult search(String grid, Optional<Halving> halving) {
    return new Search(plan(grid, halving), engine(grid, halving)).run();
  }

  private static RowEngine engine(String grid, Optional<Halving> halving) {
    return new RowEngine(ROWS, ROWS, plan(grid, halving));
  }

  private static SearchPlan plan(String grid, Optional<Halving> halving) {
    Loss loss = new Squared();
    return new SearchPlan(
        new SearchPlan.Objective(loss, PolynomialBasis.Kind.POWER, new InitialWeights.Zeros(), 42),
        ROWS.assignment(),
        Grid.parse(grid).candidates(loss, ROWS.n()),
        new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty(), halving));
  }
}
