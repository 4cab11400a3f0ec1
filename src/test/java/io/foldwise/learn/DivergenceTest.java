package io.foldwise.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.math.ColumnSums;
import org.junit.jupiter.api.Test;

final class DivergenceTest {
  /** Weight 5, labels of mean 2 and variance 4. */
  private static final ColumnSums LABELS =
      new ColumnSums(3, 5, new double[] {10}, new double[] {40});

  @Test
  void aConstantCostsAboutTheLabelsDeviation() {
    assertEquals(4.0, Divergence.ofConstant(new Loss.Squared(), LABELS), 1e-15);
    assertEquals(2.0, Divergence.ofConstant(new Loss.Absolute(), LABELS), 1e-15);
    assertEquals(0.5 * 1.5, Divergence.ofConstant(new Loss.Huber(0.5), LABELS) - 0.125, 1e-15);
    assertEquals(1.0, Divergence.ofConstant(new Loss.Quantile(0.5), LABELS), 1e-15);
  }

  @Test
  void ofTwoClassesTheConstantZeroIsCounted() {
    assertEquals(Math.log(2), Divergence.ofConstant(new Loss.Logistic(), LABELS), 1e-15);
    assertEquals(1.0, Divergence.ofConstant(new Loss.Hinge(), LABELS));
  }

  @Test
  void theBoundIsAMillionTimesTheLargerOfBoth() {
    assertEquals(3e6, Divergence.bound(3, 2));
    assertEquals(2e6, Divergence.bound(0, 2));
    assertTrue(Divergence.bound(0, 0) > 0);
    assertTrue(Double.isNaN(Divergence.bound(Double.NaN, 1)));
  }
}
