package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.FusedPlan;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows of more features than moments are taken of. */
final class WideRowsTest {
  /** The curvature is found from below, to a thousandth at each step. */
  private static final double RATE = 0.02;

  @Test
  void theAutomaticRateIsFoundWithoutMoments() {
    Random random = new Random(95);
    double[][] x = new double[60][400];
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      for (int entry = 0; entry < 40; entry++) {
        x[i][random.nextInt(400)] = 1 + random.nextGaussian();
      }
      y[i] = x[i][0] + x[i][1] + random.nextGaussian() > 0.5 ? 1 : 0;
    }
    TrainingRows rows = TrainingRows.dealt(x, y, 2, random);
    assertFalse(FusedPlan.areMomentsFew(400, 8));
    SearchPlan plan =
        Setting.of(new Logistic())
            .plan(
                rows,
                "batch-size=15,full; epochs=1; l2=0,0.1; standardize=true,false;"
                    + " fit-intercept=true,false");
    List<EngineContract> engines =
        List.of(
            new FusedUnderTest.InPlace() {},
            new FusedUnderTest.BySegment() {},
            new FusedUnderTest.Reducing() {},
            new FusedUnderTest.Rotating() {});
    RowOracle oracle = new RowOracle(rows, plan);
    double[] exact =
        EngineContract.trials(plan).stream().mapToDouble(t -> oracle.train(t).rate()).toArray();
    for (EngineContract engine : engines) {
      check(exact, engine.train(plan, Frames.vectors(rows, 3)));
    }
  }

  private static void check(double[] exact, List<TrialResult> results) {
    for (int i = 0; i < exact.length; i++) {
      TrialResult result = results.get(i);
      String trial = result.trial().toString();
      assertTrue(result.rate().used() >= exact[i] * (1 - 1e-9), trial);
      assertEquals(exact[i], result.rate().used(), RATE * exact[i], trial);
      assertFalse(result.diverged(), trial);
    }
  }
}
