package io.foldwise.spark.engine;

import static io.foldwise.spark.engine.EngineContract.plan;

import io.foldwise.learn.PolynomialBasis;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import org.junit.jupiter.api.Test;

final class FusedSmokeTest {
  private static void check(String movement) {
    EngineContract contract =
        (plan, rows) -> SparkEngines.open(plan, rows, new SparkEngines.Wanted("fused", movement));
    TrainingRows rows = TrainingRows.random(53, 2, 5, 1, x -> 1 + 2 * x[0] - 0.7 * x[1]);
    String schedules =
        "; schedule=constant,inverse-scaling(0.5),exponential(0.9),cosine; batch-size=8,full; l1=0,0.3; l2=0,0.05";
    contract.assertAgreesWithRows(
        rows,
        plan(
            rows,
            PolynomialBasis.Kind.POWER,
            "optimizer=sgd,momentum,nesterov; epochs=30" + schedules));
    contract.assertAgreesWithRows(
        rows,
        plan(
            rows,
            PolynomialBasis.Kind.CHEBYSHEV,
            "optimizer=sgd; degree=1..3; batch-size=16,full; epochs=25; standardize=true,false"));
  }

  @Test
  void replicate() {
    check("replicate");
  }

  @Test
  void reduce() {
    check("reduce");
  }
}
