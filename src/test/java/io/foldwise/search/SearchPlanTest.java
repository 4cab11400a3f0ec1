package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SearchPlanTest {
  private static final PolynomialBasis.Kind POWER = PolynomialBasis.Kind.POWER;
  private static final PolynomialBasis.Kind CHEBYSHEV = PolynomialBasis.Kind.CHEBYSHEV;

  @Test
  void aMetricOfOtherLabelsThanTheLosssIsRefusedWithThoseThatFit() {
    assertEquals(
        "'metric' (mse) is for labels that are any numbers, and 'loss' is logistic:"
            + " take log-loss, accuracy, f1, auc",
        refusal(new Logistic(), Metric.MSE));
    assertEquals(
        "'metric' (auc) is for labels that are 0 or 1, and 'loss' is squared:"
            + " take mse, rmse, mae, r2",
        refusal(new Squared(), Metric.AUC));
  }

  @Test
  void chebyshevPolynomialsNeedAnInterceptOnlyAboveDegreeOne() {
    assertEquals(3, plan(CHEBYSHEV, "degree=3").degree());
    assertEquals(1, plan(CHEBYSHEV, "degree=1; fit-intercept=false").degree());
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> plan(CHEBYSHEV, "degree=1,2; fit-intercept=false"));
    assertTrue(refusal.getMessage().contains("--basis power"), refusal.getMessage());
    List<Candidate> mixed = new ArrayList<>(candidates("degree=3"));
    mixed.addAll(candidates("fit-intercept=false"));
    assertThrows(
        InvalidInputException.class, () -> plan(new Squared(), CHEBYSHEV, mixed, Metric.MSE));
  }

  @Test
  void aGridWithoutCandidatesIsRefused() {
    assertThrows(
        InvalidInputException.class, () -> plan(new Squared(), POWER, List.of(), Metric.MSE));
  }

  @Test
  void rangesAreNeededByChebyshevPolynomialsAboveDegreeOne() {
    assertTrue(plan(CHEBYSHEV, "degree=1,2").needsRanges());
    assertFalse(plan(CHEBYSHEV, "degree=1").needsRanges());
    assertFalse(plan(POWER, "degree=1,2").needsRanges());
  }

  @Test
  void aPlanDescendsUnlessEveryCandidateIsSolvedFor() {
    assertTrue(plan(POWER, "optimizer=sgd,exact").descends());
    assertFalse(plan(POWER, "optimizer=exact; l2=0,1").descends());
  }

  /** Four million points for all curves together. */
  @Test
  void everyCandidateIsTriedOnceAFoldWhichSetsThePointsOfACurve() {
    SearchPlan plan = plan(POWER, "epochs=1..1000");
    assertEquals(5_000, plan.trials());
    assertEquals(800, plan.curvePoints());
  }

  private static String refusal(Loss loss, Metric metric) {
    return assertThrows(
            InvalidInputException.class, () -> plan(loss, POWER, candidates(""), metric))
        .getMessage();
  }

  private static SearchPlan plan(PolynomialBasis.Kind basis, String grid) {
    return plan(new Squared(), basis, candidates(grid), Metric.MSE);
  }

  private static List<Candidate> candidates(String grid) {
    return Grid.parse(grid).candidates(new Squared(), 100);
  }

  private static SearchPlan plan(
      Loss loss, PolynomialBasis.Kind basis, List<Candidate> candidates, Metric metric) {
    return new SearchPlan(
        new SearchPlan.Objective(loss, basis, new InitialWeights.Baseline(), 42),
        new Assignment(100, 5, 100),
        candidates,
        new SearchPlan.Judging(metric, SelectionRule.BEST, Optional.empty()));
  }
}
