package io.foldwise.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Intervals of 90 % over data of which the truth is known. All of {@code submit/benchmark coverage}
 * is in scores.md; this is its first setting, 200 draws, known to ±0.04.
 */
final class CoverageTest {
  @Test
  void nestedIntervalsHoldWhatTheySayAndTheUsualOnesDoNot() {
    Coverage.Shares shares = Coverage.Shares.over(Coverage.SETTINGS.get(0), 200);
    assertTrue(shares.nested() >= 0.87 && shares.nested() <= 0.97, shares.toString());
    assertTrue(shares.corrected() >= 0.87 && shares.corrected() <= 0.98, shares.toString());
    assertTrue(shares.usual() < 0.82, shares.toString());
  }
}
