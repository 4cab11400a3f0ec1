package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.math.DenseRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FoldSpansTest {
  private static final int NONE = -1;

  @Test
  void aMinibatchOfOneFoldIsEmptyForWhoHoldsItOut() {
    FoldSpans spans = new FoldSpans(3).add(part(new int[] {0, 2, 4, 5}, new int[0], 1, 1, 0, 2, 2));
    assertEmpty(spans, 0, false, false, true, false);
    assertEmpty(spans, 1, false, false, false, false);
    assertEmpty(spans, 2, false, false, false, true);
  }

  @Test
  void aMinibatchWithoutRowsIsEmptyForAll() {
    FoldSpans spans = new FoldSpans(2).add(part(new int[] {0, 0, 1}, new int[0], 1));
    assertEmpty(spans, 0, true, true, true, true);
  }

  @Test
  void rowsThatWeighNothingDoNotCount() {
    FoldSpans spans =
        new FoldSpans(2).add(part(new int[] {0, 2, 4}, new int[] {0, 1, 0, 0}, 0, 1, 0, 1));
    assertEmpty(spans, 0, false, false, true, false);
    assertEmpty(spans, 1, true, true, true, true);
  }

  @Test
  void mergingIsCommutativeAndAssociative() {
    FoldSpans[] parts = {
      new FoldSpans(3).add(part(new int[] {0, 1, 1, 2}, new int[0], 0, 2)),
      new FoldSpans(3).add(part(new int[] {0, 1, 1, 1}, new int[0], 0)),
      new FoldSpans(3).add(part(new int[] {0, 0, 0, 2}, new int[0], 2, 1)),
      new FoldSpans(3)
    };
    for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}}) {
      FoldSpans all = new FoldSpans(3);
      Arrays.stream(order).forEach(at -> all.merge(parts[at]));
      assertEmpty(all, 0, false, true, false, false);
      assertEmpty(all, 1, true, true, true, true);
      assertEmpty(all, 2, false, false, false, false);
    }
  }

  /** For who holds out nothing, fold 0, 1 and 2. */
  private static void assertEmpty(FoldSpans spans, int b, boolean... expected) {
    for (int heldOut = NONE; heldOut < 3; heldOut++) {
      assertEquals(
          expected[heldOut + 1],
          spans.isEmpty(b, heldOut < 0 ? Split.NONE : Split.without(heldOut)),
          b + " without " + heldOut);
    }
    assertTrue(expected.length == 4);
  }

  private static MinibatchRows part(int[] starts, int[] weights, int... folds) {
    double[] ones = new double[folds.length];
    Arrays.fill(ones, 1);
    return new MinibatchRows(
        new LabelledRows(
            new DenseRows(1, ones),
            new double[folds.length],
            Arrays.stream(weights).asDoubleStream().toArray(),
            folds),
        starts);
  }
}
