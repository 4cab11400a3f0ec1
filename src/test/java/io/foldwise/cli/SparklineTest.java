package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Curves in a few characters. */
class SparklineTest {
  private static String drawn(double... values) {
    return Sparkline.over(List.of(values)).of(values, 8);
  }

  @Test
  void lossesThatHalveDescendByEqualSteps() {
    assertEquals("█▇▆▅▄▃▂▁", drawn(128, 64, 32, 16, 8, 4, 2, 1));
  }

  @Test
  void valuesThatAreNotAllPositiveKeepTheirDistances() {
    assertEquals("▁▅█", drawn(-1, 0, 1));
  }

  @Test
  void longCurvesKeepTheirEnds() {
    double[] values = new double[1000];
    Arrays.fill(values, 10);
    values[0] = 1000;
    values[999] = 1;
    String line = Sparkline.over(List.of(values)).of(values, 12);
    assertEquals("█", line.substring(0, 1));
    assertEquals("▁", line.substring(11));
    assertEquals(12, line.length());
  }

  @Test
  void curvesShareAScale() {
    double[] low = {2, 1};
    double[] high = {100, 50};
    Sparkline scale = Sparkline.over(List.of(low, high));
    assertEquals("▂▁", scale.of(low, 8));
    assertEquals("█▇", scale.of(high, 8));
  }

  @Test
  void flatCurvesAreLowAndGapsStayGaps() {
    assertEquals("▁▁▁", drawn(3, 3, 3));
    assertEquals("█ ▁", drawn(2, Double.NaN, 1));
    assertEquals("", drawn());
  }
}
