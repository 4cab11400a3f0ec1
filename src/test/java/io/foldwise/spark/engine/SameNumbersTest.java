package io.foldwise.spark.engine;

import static io.foldwise.learn.model.PolynomialBasis.Kind.CHEBYSHEV;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Engines and movements against each other: the same numbers, whatever computes them. */
final class SameNumbersTest {
  private static final TrainingRows ROWS =
      TrainingRows.random(59, 3, 4, 81, SameNumbersTest::surface);
  private static final EngineContract MOMENTS = new MomentsUnderTest() {};
  private static final EngineContract REPLICATE = new FusedUnderTest.InPlace() {};
  private static final EngineContract SEGMENTS = new FusedUnderTest.BySegment() {};
  private static final EngineContract REDUCE = new FusedUnderTest.Reducing() {};
  private static final String SCHEDULES =
      "; schedule=constant,inverse-scaling(0.5),exponential(0.9),cosine; epochs=40; l1=0,0.1";

  @Test
  void squaredLossOverRowsIsThatOfMoments() {
    SearchPlan plan =
        Setting.squared()
            .plan(
                ROWS,
                "optimizer=sgd,momentum,nesterov; batch-size=30,full; degree=1,2; l2=0,0.1"
                    + SCHEDULES,
                "optimizer=sgd; standardize=false; fit-intercept=true,false; batch-size=20; epochs=9");
    assertSame(ROWS, MOMENTS.train(plan, frame(3)), REPLICATE.train(plan, frame(5)));
    SearchPlan adaptive =
        Setting.squared()
            .fromZeros()
            .plan(
                ROWS,
                "optimizer=adagrad,adam; learning-rate=0.1; batch-size=15,full; epochs=100",
                "optimizer=rmsprop; learning-rate=0.01; batch-size=15,full; epochs=5");
    assertSame(ROWS, MOMENTS.train(adaptive, frame(3)), SEGMENTS.train(adaptive, frame(1)));
  }

  @Test
  void highDegreesFarFromTheOriginAgreeInTheirBasis() {
    TrainingRows far = ROWS;
    for (int i = 0; i < ROWS.n(); i++) {
      far = far.withFeature(i, 0, 1e4 + ROWS.x()[i][0]).withLabel(i, 1e5 + ROWS.y()[i]);
    }
    SearchPlan plan =
        Setting.squared()
            .in(CHEBYSHEV)
            .plan(
                far,
                "optimizer=sgd,nesterov; degree=1..4; batch-size=15,full; epochs=30; l2=0,0.1");
    List<TrialResult> moments = MOMENTS.train(plan, Frames.engineRows(far, 3));
    List<TrialResult> rows = REPLICATE.train(plan, Frames.engineRows(far, 3));
    for (int i = 0; i < rows.size(); i++) {
      double[] expected = moments.get(i).model().function().coefficients();
      double[] actual = rows.get(i).model().function().coefficients();
      Agreement.assertCoefficients(expected, actual, 1e-10, rows.get(i).trial().toString());
    }
  }

  @Test
  void replicateIsReduce() {
    for (LossCase each : LossCase.others(ROWS)) {
      SearchPlan plan =
          REDUCE.plan(
              each.setting(),
              each.rows(),
              each.grid("optimizer=sgd,nesterov; batch-size=9,full; degree=1,2"));
      assertSame(
          each.rows(),
          REPLICATE.train(plan, Frames.engineRows(each.rows(), 3)),
          REDUCE.train(plan, Frames.engineRows(each.rows(), 7)));
    }
  }

  @Test
  @Tag("compiled")
  void sqlGradientsAreReduce() {
    EngineContract sql = new SqlUnderTest.Reducing() {};
    List<LossCase> cases = new ArrayList<>(LossCase.others(ROWS));
    cases.add(LossCase.squared(ROWS));
    for (LossCase each : cases) {
      SearchPlan plan =
          each.setting().plan(each.rows(), each.grid("batch-size=20,full; epochs=2; degree=2"));
      assertSame(
          each.rows(),
          REDUCE.train(plan, Frames.engineRows(each.rows(), 3)),
          sql.train(plan, Frames.engineRows(each.rows(), 7)));
    }
  }

  @Test
  void sqlMomentsAreThoseOfBlocks() {
    EngineContract sql = new SqlUnderTest.Moments() {};
    SearchPlan plan =
        Setting.squared()
            .in(CHEBYSHEV)
            .plan(ROWS, "optimizer=sgd,nesterov,exact; batch-size=15,full; degree=1..3; l2=0,0.1");
    assertSame(ROWS, MOMENTS.train(plan, frame(3)), sql.train(plan, frame(5)));
  }

  @Test
  void oneSegmentRotatesAsEverythingElse() {
    LossCase each = LossCase.others(ROWS).get(3);
    SearchPlan plan = each.setting().plan(each.rows(), "batch-size=full; epochs=3; l2=0,0.1");
    EngineContract rotating = new FusedUnderTest.Rotating() {};
    assertSame(
        each.rows(),
        REPLICATE.train(plan, Frames.engineRows(each.rows(), 3)),
        rotating.train(plan, Frames.engineRows(each.rows(), 3)));
  }

  @Test
  void earlyStoppingStopsWhereItDoesOnRows() {
    List<LossCase> cases = new ArrayList<>(List.of(LossCase.squared(ROWS)));
    cases.addAll(LossCase.others(ROWS));
    int early = 0;
    for (LossCase each : cases) {
      SearchPlan plan =
          patient(
              each.setting()
                  .fromZeros()
                  .plan(each.rows(), each.grid("degree=1,2; epochs=60; batch-size=15")));
      SearchResult expected = search(new RowEngine(each.rows(), each.rows(), plan), plan);
      SearchResult actual = search(SEGMENTS.open(plan, Frames.engineRows(each.rows(), 3)), plan);
      assertEquals(chosen(expected).candidate(), chosen(actual).candidate());
      assertEquals(chosen(expected).epochs(), chosen(actual).epochs());
      early += chosen(expected).epochs() < 60 ? 1 : 0;
      double mean = chosen(expected).validation().mean();
      assertEquals(mean, chosen(actual).validation().mean(), Agreement.SCORES * mean);
      Agreement.assertCoefficients(
          Agreement.powers(expected.refit()),
          Agreement.powers(actual.refit()),
          Agreement.COEFFICIENTS,
          each.toString());
    }
    assertTrue(early > 2, "most of them stop early: " + early);
  }

  private static SearchPlan patient(SearchPlan whole) {
    return new SearchPlan(
        whole.objective(),
        whole.assignment(),
        whole.candidates(),
        new SearchPlan.Judging(
            whole.judging().metric(),
            SelectionRule.BEST,
            Optional.of(new EarlyStopping(2, 0.002))));
  }

  private static CandidateSummary chosen(SearchResult result) {
    return result.chosen().orElseThrow();
  }

  private static SearchResult search(TrialEngine engine, SearchPlan plan) {
    try (engine) {
      return new Search(plan, engine).run();
    }
  }

  @Test
  void theSameCallGivesTheSameBits() {
    EngineContract rotating = new FusedUnderTest.Rotating() {};
    SearchPlan plan = Setting.of(new Absolute()).plan(ROWS, "batch-size=9; epochs=2; l2=0,0.1,1");
    for (EngineContract engine : List.of(REPLICATE, SEGMENTS, REDUCE, rotating)) {
      List<TrialResult> first = engine.train(plan, frame(5));
      List<TrialResult> second = engine.train(plan, frame(5));
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(Agreement.powers(first.get(i)), Agreement.powers(second.get(i)));
        assertArrayEquals(first.get(i).curve().training(), second.get(i).curve().training());
      }
    }
  }

  private static EngineRows frame(int partitions) {
    return Frames.engineRows(ROWS, partitions);
  }

  private static void assertSame(
      TrainingRows rows, List<TrialResult> expected, List<TrialResult> actual) {
    Agreement agreement = new Agreement(rows);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      agreement.check(expected.get(i), actual.get(i));
    }
  }

  private static double surface(double[] x) {
    return 1 + x[0] - 0.3 * x[0] * x[1] + 0.1 * x[2] * x[2];
  }
}
