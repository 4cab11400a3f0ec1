package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole road, over the engine that descends on rows. */
final class SearchTest {
  private static final int FOLDS = 4;
  private static final TrainingRows ROWS =
      TrainingRows.random(60, 1, FOLDS, 31, x -> 1 + x[0] - 2 * x[0] * x[0]);
  private static final TrainingRows TEST =
      TrainingRows.random(25, 1, 1, 32, x -> 1 + x[0] - 2 * x[0] * x[0]);

  @Test
  void theBestDegreeIsChosenRefitAndScoredOnTheTestRows() {
    SearchPlan plan = plan("degree=1..3; optimizer=exact", Metric.MSE, Optional.empty());
    RowEngine engine = new RowEngine(ROWS, TEST, plan);
    SearchResult result = new Search(plan, engine).run();
    CandidateSummary chosen = result.chosen().orElseThrow();
    assertTrue(chosen.candidate().form().degree() >= 2);
    assertEquals(Trial.of(chosen.candidate(), Split.NONE), result.refit().trial());
    assertEquals(25, result.test().orElseThrow().rows());
    assertTrue(Metric.R2.of(result.test().orElseThrow()) > 0.9);
    assertEquals(3 * FOLDS, result.trials().size());
    assertEquals(3 * FOLDS + 1, engine.trained().size());
    assertEquals(result.refit().trial(), engine.trained().get(3 * FOLDS));
  }

  @Test
  void candidatesAreRankedBestFirst() {
    SearchResult result = search("degree=1..3; optimizer=exact; l2=0,5", Metric.R2);
    double last = Double.POSITIVE_INFINITY;
    for (CandidateSummary summary : result.ranked()) {
      assertTrue(summary.validation().ranking() <= last);
      last = summary.validation().ranking();
    }
    assertEquals(6, result.ranked().size());
    assertEquals(result.chosen().orElseThrow().index(), result.ranked().get(0).index());
  }

  @Test
  void everyTrialLeavesOutItsOwnFold() {
    SearchResult result = search("l2=0,1; optimizer=exact", Metric.MSE);
    for (int at = 0; at < 2 * FOLDS; at++) {
      assertEquals(at % FOLDS, result.trials().get(at).trial().heldOut());
      assertEquals(
          ROWS.heldOut(at % FOLDS).length, result.trials().get(at).scores().validation().rows());
    }
  }

  @Test
  void metricsOfEveryRowAskForOneScoringPass() {
    SearchResult result = search("degree=1,2; optimizer=exact", Metric.MAE);
    CandidateSummary chosen = result.chosen().orElseThrow();
    assertTrue(chosen.validation().mean() > 0);
    assertEquals(2, chosen.candidate().form().degree());
  }

  @Test
  void earlyStoppingRunsEveryFoldAndTheRefitToTheSameEpoch() {
    // From weights far off the optimum the held-out error falls, then rises again.
    SearchPlan plan =
        plan(
            "degree=3; epochs=400; learning-rate=0.05; schedule=cosine",
            Metric.MSE,
            Optional.of(new EarlyStopping(5, 0.01)));
    RowEngine engine = new RowEngine(ROWS, TEST, plan);
    SearchResult result = new Search(plan, engine).run();
    long epochs = result.chosen().orElseThrow().epochs();
    assertTrue(epochs >= 1 && epochs < 400, "epochs " + epochs);
    assertEquals(epochs, result.refit().trial().epochs());
    assertEquals(400, result.refit().trial().candidate().descending().epochs());
    for (TrialResult trial : result.trials()) {
      assertEquals(epochs, trial.trial().epochs());
      assertEquals(epochs, trial.curve().epochs()[trial.curve().epochs().length - 1]);
    }
  }

  @Test
  void divergedCandidatesComeLastAndAreNotChosen() {
    SearchResult result = search("learning-rate=1000,0.01,100; epochs=200", Metric.MSE);
    assertEquals(1, result.chosen().orElseThrow().index());
    assertEquals(1, result.ranked().get(0).index());
    assertFalse(result.ranked().get(0).diverged());
    assertTrue(result.ranked().get(1).diverged());
    assertTrue(result.ranked().get(2).diverged());
  }

  @Test
  void whereAllDivergeTheRateThatAutoWouldTakeIsNamed() {
    SearchFailedException failure =
        assertThrows(
            SearchFailedException.class,
            () -> search("learning-rate=1000,2000; epochs=200", Metric.MSE));
    assertTrue(failure.getMessage().contains("1000"), failure.getMessage());
    assertTrue(failure.getMessage().contains("auto"), failure.getMessage());
    // Standardised and with an intercept λmax is a little above 1, half the bound about 0.4.
    assertTrue(failure.getMessage().matches(".*\\b0\\.[345]\\d*.*"), failure.getMessage());
  }

  @Test
  void fitTrainsOneCandidateWithoutFolds() {
    SearchPlan plan = plan("degree=2; optimizer=exact", Metric.MSE, Optional.empty());
    RowEngine engine = new RowEngine(ROWS, TEST, plan);
    SearchResult result = new Search(plan, engine).fit();
    assertTrue(result.chosen().isEmpty());
    assertTrue(result.ranked().isEmpty());
    assertEquals(1, engine.trained().size());
    assertEquals(Split.NONE, result.refit().trial().split());
    assertTrue(result.test().isPresent());
  }

  @Test
  void fitRefusesSeveralCandidatesAndDivergence() {
    SearchPlan two = plan("degree=1,2", Metric.MSE, Optional.empty());
    assertThrows(
        InvalidInputException.class, () -> new Search(two, new RowEngine(ROWS, TEST, two)).fit());
    SearchPlan wild = plan("learning-rate=1000; epochs=200", Metric.MSE, Optional.empty());
    assertThrows(
        SearchFailedException.class, () -> new Search(wild, new RowEngine(ROWS, TEST, wild)).fit());
  }

  @Test
  void chebyshevWithoutInterceptIsRefusedAboveDegreeOne() {
    SearchPlan.Objective objective =
        new SearchPlan.Objective(
            new Squared(), PolynomialBasis.Kind.CHEBYSHEV, new InitialWeights.Baseline(), 1);
    SearchPlan.Judging judging =
        new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty());
    List<Candidate> bad =
        Grid.parse("degree=1,2; fit-intercept=false").candidates(new Squared(), 60);
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> new SearchPlan(objective, ROWS.assignment(), bad, judging));
    assertTrue(refusal.getMessage().contains("--basis power"), refusal.getMessage());
    List<Candidate> mixed = new ArrayList<>(Grid.parse("degree=3").candidates(new Squared(), 60));
    mixed.addAll(Grid.parse("fit-intercept=false").candidates(new Squared(), 60));
    assertThrows(
        InvalidInputException.class,
        () -> new SearchPlan(objective, ROWS.assignment(), mixed, judging));
    List<Candidate> good =
        Grid.parse("degree=1; fit-intercept=false").candidates(new Squared(), 60);
    assertEquals(1, new SearchPlan(objective, ROWS.assignment(), good, judging).degree());
    assertThrows(
        InvalidInputException.class,
        () -> new SearchPlan(objective, ROWS.assignment(), List.of(), judging));
  }

  private static SearchResult search(String grid, Metric metric) {
    SearchPlan plan = plan(grid, metric, Optional.empty());
    return new Search(plan, new RowEngine(ROWS, TEST, plan)).run();
  }

  private static SearchPlan plan(String grid, Metric metric, Optional<EarlyStopping> stopping) {
    return new SearchPlan(
        new SearchPlan.Objective(
            new Squared(), PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
        ROWS.assignment(),
        Grid.parse(grid).candidates(new Squared(), ROWS.n()),
        new SearchPlan.Judging(metric, SelectionRule.BEST, stopping));
  }
}
