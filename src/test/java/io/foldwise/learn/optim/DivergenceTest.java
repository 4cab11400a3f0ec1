package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.math.ColumnSums;
import org.junit.jupiter.api.Test;

final class DivergenceTest {
  /** Weight 5, labels of mean 2 and variance 4. */
  private static final ColumnSums LABELS =
      new ColumnSums(3, 5, new double[] {10}, new double[] {40});

  @Test
  void aConstantCostsAboutTheLabelsDeviation() {
    assertEquals(4.0, Divergence.ofConstant(new Squared(), LABELS, 0), 1e-15);
    assertEquals(2.0, Divergence.ofConstant(new Absolute(), LABELS, 0), 1e-15);
    assertEquals(0.5 * 1.5, Divergence.ofConstant(new Huber(0.5), LABELS, 0) - 0.125, 1e-15);
    assertEquals(1.0, Divergence.ofConstant(new Quantile(0.5), LABELS, 0), 1e-15);
  }

  @Test
  void aLabelThatDoesNotVaryMayBeMissedByAThousandth() {
    ColumnSums constant = new ColumnSums(3, 5, new double[] {0}, new double[] {0});
    assertEquals(2.5e-5, Divergence.ofConstant(new Squared(), constant, 5), 1e-18);
    assertEquals(5e-3, Divergence.ofConstant(new Absolute(), constant, 5), 1e-16);
    assertEquals(0, Divergence.rounding(new Hinge(), constant, 5));
  }

  @Test
  void aLabelThatVariesIsRoundedInItsTwelfthDigit() {
    assertEquals(4e-24, Divergence.rounding(new Squared(), LABELS, 0), 1e-36);
    assertEquals(7e-12, Divergence.rounding(new Absolute(), LABELS, 5), 1e-24);
  }

  @Test
  void ofTwoClassesTheConstantZeroIsCounted() {
    assertEquals(Math.log(2), Divergence.ofConstant(new Logistic(), LABELS, 0), 1e-15);
    assertEquals(1.0, Divergence.ofConstant(new Hinge(), LABELS, 0));
  }

  @Test
  void theBoundIsAMillionTimesTheLargerOfBoth() {
    assertEquals(3e6, Divergence.bound(3, 2));
    assertEquals(2e6, Divergence.bound(0, 2));
    assertTrue(Divergence.bound(0, 0) > 0);
    assertTrue(Double.isNaN(Divergence.bound(Double.NaN, 1)));
  }
}
