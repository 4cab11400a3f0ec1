package io.foldwise.spark.engine;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Trials that hop from segment to segment. */
final class FusedRotateTest {
  @Nested
  final class SquaredLoss extends TrialEngineContract implements FusedUnderTest.Rotating {}

  @Nested
  @Tag("sweep")
  final class Robustness extends EngineRobustnessContract implements FusedUnderTest.Rotating {}

  @Nested
  @Tag("sweep")
  final class OtherLosses extends LossContract implements FusedUnderTest.Rotating {}

  @Nested
  @Tag("sweep")
  final class Rows extends RowContract implements FusedUnderTest.Rotating {}
}
