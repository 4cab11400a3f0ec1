package io.foldwise.spark.engine;

import io.foldwise.oracle.TrainingRows;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Squared loss from the moments of SQL. */
final class SqlMomentsTest {
  @Nested
  final class SquaredLoss extends TrialEngineContract implements SqlUnderTest.Moments {}

  @Nested
  @Tag("sweep")
  final class Robustness extends EngineRobustnessContract implements SqlUnderTest.Moments {}

  @Nested
  @Tag("sweep")
  final class Rows extends RowContract implements SqlUnderTest.Moments {
    @Override
    List<LossCase> cases(TrainingRows rows) {
      return List.of(LossCase.squared(rows));
    }
  }
}
