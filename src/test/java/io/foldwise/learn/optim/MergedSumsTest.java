package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Sums over rows that were taken apart. */
final class MergedSumsTest {
  /** 1e16 + 1 is no double: a plain sum of these is 0 or 2. */
  private static final double[][] PARTS = {
    {1e16, 1, 3, 1e16}, {1, 1e16, 4, 1}, {-1e16, -1e16, 5, -1e16}
  };

  private static final double[] SUMS = {1, 1, 12, 1};

  @Test
  void lossesKeepTwiceThePrecisionWhereTheyAreAddedAndWhereTheyAreMerged() {
    LossSums added = new LossSums(2);
    LossSums merged = LossSums.of(new double[4]);
    LossSums nested = LossSums.of(PARTS[0]).merge(LossSums.of(PARTS[1]));
    for (double[] part : PARTS) {
      added.add(part);
      merged.merge(LossSums.of(part));
    }
    LossSums last = LossSums.of(PARTS[2]).merge(nested);
    for (LossSums sums : new LossSums[] {added, merged, last}) {
      assertArrayEquals(
          SUMS,
          new double[] {
            sums.training(0), sums.training(1), sums.validation(0), sums.validation(1)
          });
    }
  }

  @Test
  void gradientsAndWeightsOfFoldsAdd() {
    GradientSums one = new GradientSums(new double[] {1, 2}, new double[] {3, 0, 1});
    GradientSums other = new GradientSums(new double[] {10, -20}, new double[] {5, 6, 7});
    GradientSums both = GradientSums.zero(2, 1, 3).merge(one).merge(other);
    assertArrayEquals(new double[] {11, -18}, both.gradients());
    assertArrayEquals(new double[] {8, 6, 8}, both.foldWeights());
    assertEquals(2, one.gradients()[1]);
  }
}
