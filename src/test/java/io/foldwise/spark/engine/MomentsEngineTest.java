package io.foldwise.spark.engine;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.oracle.TrainingRows;
import org.junit.jupiter.api.Test;

final class MomentsEngineTest extends TrialEngineContract implements MomentsUnderTest {
  @Test
  void theExactOptimumIsThatOfTheRows() {
    TrainingRows rows = TrainingRows.random(67, 2, 4, 12, TrialEngineContract::surface);
    String exact = "optimizer=exact; standardize=true,false; l1=0,0.05,0.5; l2=0,0.01,1";
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      assertAgreesWithRows(rows, plan(Setting.squared().in(basis), rows, exact + "; degree=1..3"));
    }
    assertAgreesWithRows(
        rows, plan(Setting.squared(), rows, exact + "; degree=1,2; fit-intercept=false"));
  }
}
