package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.math.ColumnSums;
import io.foldwise.oracle.RowSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How candidates are summarised, chosen and stopped. */
final class JudgingTest {
  private static final Loss SQUARED = new Squared();

  @Test
  void theFoldsOfACandidateMakeMeanDeviationAndError() {
    CandidateSummary summary = summary(3, "l2=1", 4, 1, 7);
    assertArrayEquals(new double[] {4, 1, 7}, summary.validation().folds(), 0.0);
    assertEquals(4.0, summary.validation().mean(), 0.0);
    assertEquals(3.0, summary.validation().sd(), 0.0);
    assertEquals(1.73205080757, summary.validation().standardError(), 1e-11);
    assertEquals(4.0, summary.validation().pooled(), 0.0);
    assertEquals(3, summary.index());
    assertEquals(2.0, summary.meanTrain(), 0.0);
    assertEquals(0.75, summary.seconds(), 1e-12);
  }

  @Test
  void scoresAreRoundedToTwelveDigitsBeforeAnythingRanksThem() {
    CandidateSummary summary = summary(0, "l2=1", 1 / 3.0, 1 / 3.0 + 1e-14);
    assertArrayEquals(
        new double[] {0.333333333333, 0.333333333333}, summary.validation().folds(), 0.0);
    assertEquals(0.333333333333, summary.validation().mean(), 0.0);
    assertEquals(0.0, summary.validation().sd(), 0.0);
  }

  @Test
  void oneFoldHasNoDeviation() {
    CandidateSummary.FoldScores scores = summary(0, "l2=1", 5).validation();
    assertEquals(5.0, scores.mean(), 0.0);
    assertTrue(Double.isNaN(scores.sd()));
    assertTrue(Double.isNaN(scores.standardError()));
  }

  /** r2 of one row is undefined; over all held-out rows it is not. */
  @Test
  void leaveOneOutRanksR2ByThePooledValue() {
    List<TrialResult> folds = new ArrayList<>();
    double[] labels = {1, 2, 3, 6};
    for (int fold = 0; fold < 4; fold++) {
      MetricSums one = RowSums.of(labels[fold] + 0.5, labels[fold]);
      folds.add(result("l2=1", fold, one, one, false));
    }
    CandidateSummary.FoldScores scores = summary(0, folds, Metric.R2).validation();
    assertTrue(Double.isNaN(scores.mean()));
    // Σ e² = 4·0.25, Σ (y − ȳ)² = 14
    assertEquals(1 - 1 / 14.0, scores.pooled(), 1e-12);
    assertEquals(scores.pooled(), scores.ranking(), 0.0);
  }

  @Test
  void oneDivergedFoldMarksTheCandidate() {
    MetricSums sums = RowSums.of(1, 2);
    List<TrialResult> folds =
        List.of(result("l2=1", 0, sums, sums, false), result("l2=1", 1, sums, sums, true));
    assertTrue(summary(0, folds, Metric.MSE).diverged());
  }

  @Test
  void bestIsTheLeastMeanAndOfTiesTheFirst() {
    List<CandidateSummary> all =
        List.of(
            summary(0, "l2=0", 9, 9),
            summary(1, "l2=1", 2 + 1e-9, 2 + 1e-9),
            summary(2, "l2=2", 2, 2),
            summary(3, "l2=3", 2, 2));
    assertEquals(1, chosen(SelectionRule.BEST, all, Metric.MSE));
    List<CandidateSummary> beyond =
        List.of(summary(0, "l2=1", 2 + 1e-8, 2 + 1e-8), summary(1, "l2=2", 2, 2));
    assertEquals(1, chosen(SelectionRule.BEST, beyond, Metric.MSE));
  }

  @Test
  void higherR2IsBetter() {
    List<CandidateSummary> all = List.of(r2(0, "l2=0", 10), r2(1, "l2=1", 2), r2(2, "l2=2", 30));
    assertEquals(1, chosen(SelectionRule.BEST, all, Metric.R2));
  }

  @Test
  void undefinedScoresAreNeverChosen() {
    List<CandidateSummary> all =
        List.of(summary(0, "l2=0", Double.NaN, 1), summary(1, "l2=1", 5, 5));
    assertEquals(1, chosen(SelectionRule.BEST, all, Metric.MSE));
    assertTrue(SelectionRule.BEST.choose(List.of(), Metric.MSE).isEmpty());
    assertTrue(
        SelectionRule.BEST.choose(List.of(all.get(0)), Metric.MSE).isEmpty(),
        "a candidate without a score was chosen");
  }

  @Test
  void oneStandardErrorTakesTheSimplestWithinOneErrorOfTheBest() {
    // The best has mean 5, sd √2, error 1: all means up to 6 are within.
    CandidateSummary best = summary(0, "degree=3", 4, 6);
    assertEquals(1.0, best.validation().standardError(), 0.0);
    CandidateSummary quadratic = summary(1, "degree=2", 6, 6);
    CandidateSummary outside = summary(2, "degree=1; l1=100; l2=100", 6.1, 6.1);
    assertEquals(1, oneError(best, quadratic, outside));
    CandidateSummary sparser = summary(3, "degree=2; l1=0.1", 5.9, 5.9);
    assertEquals(3, oneError(best, quadratic, outside, sparser));
    CandidateSummary ridge = summary(4, "degree=2; l1=0.1; l2=5", 5.95, 5.95);
    assertEquals(4, oneError(best, quadratic, sparser, ridge));
    CandidateSummary better = summary(5, "degree=2; l1=0.1; l2=5; epochs=9", 5.5, 5.5);
    assertEquals(5, oneError(best, ridge, better, sparser));
    assertEquals(2, oneError(best, quadratic, summary(2, "degree=1; l2=9", 5, 7)));
  }

  @Test
  void aLargerLassoIsSimplerThanALargerRidge() {
    CandidateSummary best = summary(0, "degree=2", 4, 6);
    CandidateSummary ridge = summary(1, "degree=2; l2=9", 5.5, 5.5);
    CandidateSummary lasso = summary(2, "degree=2; l1=0.1", 5.9, 5.9);
    assertEquals(2, oneError(best, ridge, lasso));
  }

  @Test
  void aPerfectScoreIsChosen() {
    assertEquals(
        1,
        chosen(
            SelectionRule.BEST,
            List.of(summary(0, "l2=1", 1e-30), summary(1, "l2=0", 0)),
            Metric.MSE));
  }

  @Test
  void aRuleSaysItsNameAndWhyItDidNotTakeTheFirst() {
    CandidateSummary first = summary(0, "degree=3", 4, 6);
    assertEquals("best", SelectionRule.BEST.label());
    assertEquals(
        "best: as good as rank 1, and earlier in the grid", SelectionRule.BEST.reason(first));
    assertEquals("one-standard-error", SelectionRule.ONE_STANDARD_ERROR.label());
    assertEquals(
        "one-standard-error: the simplest within 5 +- 1, which rank 1 has",
        SelectionRule.ONE_STANDARD_ERROR.reason(first));
  }

  @Test
  void whatWasDroppedLaterRanksBeforeABetterScoreThatWasDroppedEarlier() {
    CandidateSummary trained = summary(0, "epochs=9", 9);
    CandidateSummary betterTrained = summary(1, "epochs=3", 8);
    CandidateSummary late = summary(2, "epochs=9", 7).dropped();
    CandidateSummary early = summary(3, "epochs=3", 1).dropped();
    CandidateSummary worseEarly = summary(4, "epochs=3", 2).dropped();
    List<CandidateSummary> ranked =
        new ArrayList<>(List.of(worseEarly, early, late, trained, betterTrained));
    ranked.sort(CandidateSummary.better(Metric.MSE));
    assertEquals(List.of(betterTrained, trained, late, early, worseEarly), ranked);
  }

  @Test
  void oneStandardErrorOfR2LooksBelowTheBest() {
    List<CandidateSummary> all = List.of(r2(0, "degree=2", 1), r2(1, "degree=1", 500));
    assertEquals(0, chosen(SelectionRule.ONE_STANDARD_ERROR, all, Metric.R2));
  }

  @Test
  void oneFoldLeavesOneStandardErrorTheBestItself() {
    assertEquals(0, oneError(summary(0, "degree=3", 4), summary(1, "degree=1", 4.1)));
  }

  @Test
  void patienceStopsAtTheBestMeanEpoch() {
    EarlyStopping three = new EarlyStopping(3, 0);
    assertEquals(3, three.epochs(curves(new double[] {9, 7, 5, 6, 6, 6, 6, 1})));
    assertEquals(8, three.epochs(curves(new double[] {9, 7, 5, 6, 6, 4.9, 6, 1})));
    // mean curve 5, 4, 3, 4, …: neither fold's own best epoch (2 and 5) counts
    assertEquals(
        3,
        new EarlyStopping(2, 0)
            .epochs(
                curves(new double[] {4, 1, 2, 5, 9, 9, 9}, new double[] {6, 7, 4, 3, 2, 9, 9})));
  }

  @Test
  void patienceSeesAnImprovementInItsLastEpoch() {
    assertEquals(4, new EarlyStopping(3, 0).epochs(curves(new double[] {5, 6, 6, 4, 9, 9, 9, 9})));
    assertEquals(1, new EarlyStopping(3, 0).epochs(curves(new double[] {5, 6, 6, 6, 4, 4, 4})));
  }

  @Test
  void improvementsBelowTheToleranceDoNotCount() {
    double[] slow = {5, 4.99, 4.98, 4.97, 4.96, 4.95};
    assertEquals(6, new EarlyStopping(2, 0).epochs(curves(slow)));
    assertEquals(1, new EarlyStopping(2, 0.1).epochs(curves(slow)));
    assertEquals(1, new EarlyStopping(1, 0).epochs(curves(new double[] {5, 5, 5})));
  }

  @Test
  void ofACurveWhosePointsLieFurtherApartThanPatienceTheFirstCounts() {
    double[] falling = {5, 4, 3};
    LearningCurve thin = new LearningCurve(new long[] {10, 20, 30}, falling, falling);
    assertEquals(10, new EarlyStopping(5, 0).epochs(List.of(thin)));
    assertEquals(30, new EarlyStopping(10, 0).epochs(List.of(thin)));
  }

  @Test
  void aFoldThatDivergesLaterDoesNotCount() {
    assertEquals(
        2,
        new EarlyStopping(5, 0)
            .epochs(curves(new double[] {5, 3, 4, 5}, new double[] {5, 3, Double.NaN})));
    assertEquals(0, new EarlyStopping(5, 0).epochs(curves(new double[] {Double.NaN, 1})));
  }

  @Test
  void patienceAndToleranceHaveBounds() {
    assertThrows(InvalidInputException.class, () -> new EarlyStopping(0, 0));
    assertThrows(InvalidInputException.class, () -> new EarlyStopping(1, -1));
    assertThrows(InvalidInputException.class, () -> new EarlyStopping(1, Double.NaN));
  }

  private static int oneError(CandidateSummary... summaries) {
    return chosen(SelectionRule.ONE_STANDARD_ERROR, List.of(summaries), Metric.MSE);
  }

  private static int chosen(SelectionRule rule, List<CandidateSummary> all, Metric metric) {
    Optional<CandidateSummary> chosen = rule.choose(all, metric);
    return chosen.orElseThrow().index();
  }

  private static List<LearningCurve> curves(double[]... validation) {
    return Arrays.stream(validation)
        .map(v -> new LearningCurve(LongStream.rangeClosed(1, v.length).toArray(), v, v))
        .toList();
  }

  /** Folds of one row each, whose squared errors are given; trained with an error of 2. */
  private static CandidateSummary summary(int index, String grid, double... folds) {
    List<TrialResult> results = new ArrayList<>();
    for (double fold : folds) {
      results.add(result(grid, results.size(), sums(3, 6, 1), sums(1, fold, 1), false));
    }
    return summary(index, results, Metric.MSE);
  }

  /** Two equal folds of ten rows with Σ (y − ȳ)² = 100 and the given Σ e². */
  private static CandidateSummary r2(int index, String grid, double squaredError) {
    MetricSums sums = sums(10, squaredError, 100);
    return summary(index, Collections.nCopies(2, result(grid, 0, sums, sums, false)), Metric.R2);
  }

  private static CandidateSummary summary(int index, List<TrialResult> folds, Metric metric) {
    MetricSums pooled =
        folds.stream()
            .map(fold -> fold.scores().validation())
            .reduce(MetricSums.EMPTY, MetricSums::merge);
    return CandidateSummary.of(index, folds, pooled, metric);
  }

  /** Rows with the given Σ e² and Σ (y − ȳ)² about ȳ = 0. */
  private static MetricSums sums(int rows, double squaredError, double deviation) {
    ColumnSums labels = new ColumnSums(rows, rows, new double[] {0}, new double[] {deviation});
    return MetricSums.ofLoss(labels, 0, SQUARED, squaredError);
  }

  private static TrialResult result(
      String grid, int fold, MetricSums training, MetricSums validation, boolean diverged) {
    return new TrialResult(
        Trial.of(Grid.parse(grid).candidates(SQUARED, 10).get(0), Split.without(fold)),
        new LinearModel(
            PolynomialBasis.power(List.of("x"), 1), new AffineFunction(0, new double[1])),
        new TrialResult.Rate(0.1, 0.1),
        diverged,
        new TrialResult.Scores(training, validation),
        new LearningCurve(new long[] {1}, new double[] {1}, new double[] {1}),
        0.25);
  }
}
