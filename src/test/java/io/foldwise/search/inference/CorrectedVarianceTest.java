package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.search.ScoreInterval;
import org.junit.jupiter.api.Test;

/** The formulas of Nadeau and Bengio; constants by NumPy and SciPy 1.17.1's stats.t. */
final class CorrectedVarianceTest {
  private static final double[] ONE = {0.31, 0.27, 0.35, 0.29, 0.33};
  private static final double[] OTHER = {0.30, 0.28, 0.31, 0.27, 0.30};

  @Test
  void theIntervalIsWiderThanThatOfIndependentFolds() {
    ScoreInterval interval = CorrectedVariance.interval(ONE, 0.9, "");
    assertEquals(0.26477670042813034, interval.range().low(), 1e-12);
    assertEquals(0.35522329957186966, interval.range().high(), 1e-12);
  }

  @Test
  void thePairedTestIsTwoSided() {
    assertEquals(0.23549636025944315, CorrectedVariance.pairedTest(ONE, OTHER), 1e-12);
    assertEquals(
        CorrectedVariance.pairedTest(ONE, OTHER), CorrectedVariance.pairedTest(OTHER, ONE));
  }

  @Test
  void equalCandidatesAreAsGoodAndUndefinedScoresSayNothing() {
    assertEquals(1, CorrectedVariance.pairedTest(ONE, ONE));
    assertEquals(0, CorrectedVariance.pairedTest(new double[] {2, 3, 4}, new double[] {1, 2, 3}));
    assertTrue(
        Double.isNaN(
            CorrectedVariance.pairedTest(new double[] {1, Double.NaN}, new double[] {1, 2})));
  }
}
