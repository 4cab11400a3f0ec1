package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.TrainingRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SearchResultTest {
  private static final int FOLDS = 3;
  private static final TrainingRows ROWS = TrainingRows.random(30, 1, FOLDS, 61, x -> 1 + 2 * x[0]);

  @Test
  void theMeanRateOfACandidateIsThatOfItsOwnFolds() {
    SearchResult result = result("learning-rate=0.01,0.02,0.03; epochs=2");
    for (CandidateSummary summary : result.ranked()) {
      assertEquals(0.01 * (summary.index() + 1), result.meanRate(summary), 1e-15);
    }
    SearchResult exact = result("optimizer=exact");
    assertTrue(Double.isNaN(exact.meanRate(exact.ranked().get(0))));
  }

  @Test
  void theArrivalOfACandidateIsThatOfItsOwnFolds() {
    List<Convergence> all =
        IntStream.range(0, 3 * FOLDS).mapToObj(i -> Convergence.unknown(i)).toList();
    SearchResult.Convergences convergences =
        new SearchResult.Convergences(all, Convergence.unknown(-1));
    for (CandidateSummary summary : result("l2=0,1,2; epochs=2").ranked()) {
      List<Double> objectives =
          convergences.of(summary).stream().map(Convergence::objective).toList();
      double first = summary.index() * FOLDS;
      assertEquals(List.of(first, first + 1, first + 2), objectives);
    }
  }

  @Test
  void anotherReportReplacesTheEnginesAndNothingElse() {
    SearchResult result = result("epochs=2");
    EngineReport noted = result.engine().with(List.of("x1 is constant"));
    assertEquals(List.of("x1 is constant"), noted.notes());
    assertEquals(result.engine(), noted.with(result.engine().notes()));
    SearchResult other = result.with(noted);
    assertEquals(noted, other.engine());
    assertEquals(result, other.with(result.engine()));
  }

  private static SearchResult result(String grid) {
    SearchPlan plan =
        new SearchPlan(
            new SearchPlan.Objective(
                new Squared(), PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
            ROWS.assignment(),
            Grid.parse(grid).candidates(new Squared(), ROWS.n()),
            new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty()));
    return new Search(plan, new RowEngine(ROWS, ROWS, plan)).run();
  }
}
