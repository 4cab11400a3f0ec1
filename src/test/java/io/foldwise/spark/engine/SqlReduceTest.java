package io.foldwise.spark.engine;

import org.junit.jupiter.api.Nested;

/** Gradients that are summed by SQL at every step. */
final class SqlReduceTest {
  @Nested
  final class SquaredLoss extends TrialEngineContract implements SqlUnderTest.Reducing {}

  @Nested
  final class Robustness extends EngineRobustnessContract implements SqlUnderTest.Reducing {}

  @Nested
  final class OtherLosses extends LossContract implements SqlUnderTest.Reducing {}

  @Nested
  final class Rows extends RowContract implements SqlUnderTest.Reducing {}
}
