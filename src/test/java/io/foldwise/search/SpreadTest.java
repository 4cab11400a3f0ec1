package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void itIsMeanSampleDeviationStandardErrorAndMaximum() {
    Spread spread = Spread.of(new double[] {1, 2, 6});
    assertEquals(3.0, spread.mean());
    assertEquals(Math.sqrt(7), spread.sd(), 1e-15);
    assertEquals(Math.sqrt(7.0 / 3), spread.standardError(), 1e-15);
    assertEquals(6.0, spread.max());
  }

  @Test
  void ofOneValueThereIsNoDeviation() {
    Spread spread = Spread.of(new double[] {4});
    assertEquals(4.0, spread.mean());
    assertEquals(Double.NaN, spread.sd());
    assertEquals(Double.NaN, spread.standardError());
  }
}
