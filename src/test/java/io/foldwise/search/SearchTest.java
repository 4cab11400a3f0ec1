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
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.TrainingRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
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
  void metricsThatTheLossDoesNotSumAskForOneScoringPass() {
    assertEquals(0, scorings("degree=1,2; optimizer=exact", Metric.RMSE));
    assertEquals(1, scorings("degree=1,2; optimizer=exact", Metric.MAE));
    CandidateSummary chosen =
        search("degree=1,2; optimizer=exact", Metric.MAE).chosen().orElseThrow();
    assertEquals(2, chosen.candidate().form().degree());
  }

  private static int scorings(String grid, Metric metric) {
    SearchPlan plan = plan(grid, metric, Optional.empty());
    RowEngine engine = new RowEngine(ROWS, TEST, plan);
    new Search(plan, engine).run();
    return engine.scorings();
  }

  @Test
  void nothingIsTrainedTwiceThatEarlyStoppingLeavesAsItIs() {
    for (String grid : List.of("optimizer=exact", "learning-rate=0.01; epochs=5")) {
      SearchPlan plan = plan(grid, Metric.MSE, Optional.of(new EarlyStopping(50, 0)));
      RowEngine engine = new RowEngine(ROWS, TEST, plan);
      new Search(plan, engine).run();
      assertEquals(FOLDS + 1, engine.trained().size(), grid);
    }
  }

  @Test
  void withoutTestRowsThereIsNoTestScore() {
    SearchPlan plan = plan("optimizer=exact", Metric.MSE, Optional.empty());
    SearchResult result = new Search(plan, new RowEngine(ROWS, ROWS.select(), plan)).run();
    assertEquals(Optional.empty(), result.test());
  }

  @Test
  void everyTrainingHasAnArrival() {
    SearchResult result = search("l2=0,1; optimizer=exact", Metric.MSE);
    assertEquals(2 * FOLDS, result.convergences().trials().size());
    assertEquals(Convergence.Known.NOT_MEASURED, result.convergences().refit().known());
  }

  @Test
  void aMetricThatIsUndefinedForEveryCandidateIsRefusedWithTheLosssOwn() {
    TrainingRows flat = TrainingRows.dealt(ROWS.x(), new double[ROWS.n()], FOLDS, new Random(33));
    SearchPlan plan = plan("optimizer=exact", Metric.R2, Optional.empty());
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> new Search(plan, new RowEngine(flat, flat, plan)).run());
    assertEquals(
        "'metric' (r2) is undefined for every candidate: the held-out labels do not vary; take mse",
        refusal.getMessage());
  }

  /** From weights of 1e60 the very first loss is beyond all bounds, however small the rate. */
  @Test
  void whereASmallRateDivergesTooAutoIsNoAdvice() {
    SearchPlan plan =
        new SearchPlan(
            new SearchPlan.Objective(
                new Squared(),
                PolynomialBasis.Kind.POWER,
                new InitialWeights.Given(1e60, Map.of()),
                42),
            ROWS.assignment(),
            Grid.parse("learning-rate=1e-6,2e-6; epochs=2").candidates(new Squared(), ROWS.n()),
            new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty()));
    SearchFailedException failure =
        assertThrows(
            SearchFailedException.class,
            () -> new Search(plan, new RowEngine(ROWS, TEST, plan)).run());
    assertEquals(
        "every candidate diverged at 'learning-rate' (1.000e-06, 2.000e-06): take a smaller number",
        failure.getMessage());
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

  /** Its time shows in {@code fit}, and is no part of what trials or the refit take. */
  @Test
  void secondsOfTheAggregateAreCountedApart() {
    SearchPlan plan = plan("l2=0,1; epochs=20", Metric.MSE, Optional.empty());
    long start = System.nanoTime();
    SearchResult.Seconds seconds =
        new Search(plan, new Preparing(new RowEngine(ROWS, TEST, plan))).run().seconds();
    double most = (System.nanoTime() - start) / 1e9 - Preparing.WAIT;
    assertBetween(0, seconds.trials(), most);
    assertBetween(0, seconds.refit(), most);
    assertBetween(0, seconds.test(), most);
    assertEquals(Preparing.SAID + seconds.refit(), seconds.fit(), 1e-9);
  }

  private static void assertBetween(double least, double value, double most) {
    assertTrue(value > least && value < most, value + " is not within " + most);
  }

  /** An engine that takes its time to prepare, once, and says that it took longer still. */
  private static final class Preparing implements TrialEngine {
    private static final double WAIT = 0.5;
    private static final double SAID = 1000;

    private final TrialEngine engine;
    private boolean prepared;

    private Preparing(TrialEngine engine) {
      this.engine = engine;
    }

    @Override
    public Prepared prepare() {
      if (!prepared) {
        prepared = true;
        LockSupport.parkNanos((long) (1.1e9 * WAIT));
      }
      return new Prepared(engine.prepare().foldSizes(), SAID);
    }

    @Override
    public List<TrialResult> train(List<Trial> trials) {
      return engine.train(trials);
    }

    @Override
    public EngineReport report() {
      return engine.report();
    }

    @Override
    public Scored score(List<TrialResult> trained, Metric metric) {
      return engine.score(trained, metric);
    }

    @Override
    public List<Convergence> convergence(List<TrialResult> trained) {
      return engine.convergence(trained);
    }

    @Override
    public MetricSums scoreTest(TrialResult trained) {
      return engine.scoreTest(trained);
    }

    @Override
    public void close() {}
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
