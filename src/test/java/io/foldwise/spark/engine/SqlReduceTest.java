package io.foldwise.spark.engine;

import io.foldwise.TestSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Gradients that are summed by SQL at every step. Queries by the thousand, which Spark does not
 * plan again as they run, as it does those of {@link SqlMomentsTest}.
 */
@Tag("exhaustive")
final class SqlReduceTest {
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  @BeforeAll
  static void planOnce() {
    TestSpark.session().conf().set(ADAPTIVE, "false");
  }

  @AfterAll
  static void planAdaptively() {
    TestSpark.session().conf().unset(ADAPTIVE);
  }

  @Nested
  final class SquaredLoss extends TrialEngineContract implements SqlUnderTest.Reducing {
    /** A trial can be cut short. */
    @Override
    public long mostEpochs() {
      return 2;
    }
  }

  @Nested
  final class Robustness extends EngineRobustnessContract implements SqlUnderTest.Reducing {}

  @Nested
  final class OtherLosses extends LossContract implements SqlUnderTest.Reducing {
    @Override
    public int mostOfAKind() {
      return 2;
    }
  }

  @Nested
  final class Rows extends RowContract implements SqlUnderTest.Reducing {}
}
