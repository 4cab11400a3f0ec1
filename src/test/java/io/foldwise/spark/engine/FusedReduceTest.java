package io.foldwise.spark.engine;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Gradients that meet at every step. */
@Tag("sweep")
final class FusedReduceTest {
  @Nested
  final class SquaredLoss extends TrialEngineContract implements FusedUnderTest.Reducing {}

  @Nested
  @Tag("exhaustive")
  final class Robustness extends EngineRobustnessContract implements FusedUnderTest.Reducing {}

  @Nested
  final class OtherLosses extends LossContract implements FusedUnderTest.Reducing {
    @Override
    public int mostOfAKind() {
      return 1;
    }
  }

  @Nested
  @Tag("exhaustive")
  final class Rows extends RowContract implements FusedUnderTest.Reducing {}
}
