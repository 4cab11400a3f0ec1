package io.foldwise.spark.engine;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Trials that have all rows to themselves. */
final class FusedReplicateTest {
  @Nested
  final class SquaredLoss extends TrialEngineContract implements FusedUnderTest.BySegment {}

  @Nested
  @Tag("sweep")
  final class SquaredLossInPlace extends TrialEngineContract implements FusedUnderTest.InPlace {}

  @Nested
  @Tag("sweep")
  final class Robustness extends EngineRobustnessContract implements FusedUnderTest.InPlace {}

  @Nested
  final class OtherLosses extends LossContract implements FusedUnderTest.InPlace {}

  @Nested
  final class Rows extends RowContract implements FusedUnderTest.BySegment {}
}
