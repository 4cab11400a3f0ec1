package io.foldwise.search.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows without a fold, or without two, are all the others, what is in no fold included. */
final class FoldingTest {
  private static final int K = 4;
  private final Blocks blocks = InferenceRows.blocks(2, 3, 4);
  private final int[] dealt = blocks.dealt(K, 42, 3);

  private Moments sum(IntPredicate fold) {
    MomentsAccumulator sum = new MomentsAccumulator(InferenceRows.P);
    IntStream.range(0, dealt.length)
        .filter(block -> fold.test(dealt[block]))
        .forEach(block -> sum.add(blocks.moments().get(block)));
    return sum.moments();
  }

  private static void assertSame(Moments expected, Moments actual) {
    assertEquals(expected.rows(), actual.rows());
    assertArrayEquals(expected.packed(), actual.packed(), 1e-12);
  }

  @Test
  void sumsAreOfTheOthers() {
    Folding folding = new Folding(blocks, blocks.sums(), K, dealt);
    for (int first = 0; first < K; first++) {
      int one = first;
      assertSame(sum(fold -> fold == one), folding.own(first));
      assertSame(sum(fold -> fold != one), folding.without(first));
      for (int second = first + 1; second < K; second++) {
        int two = second;
        assertSame(sum(fold -> fold != one && fold != two), folding.without(first, second));
      }
    }
  }

  @Test
  void everyFoldHasAsManyBlocksAndDrawsDiffer() {
    for (int fold = 0; fold < K; fold++) {
      int number = fold;
      assertEquals(5, Arrays.stream(dealt).filter(each -> each == number).count());
    }
    assertEquals(1, Arrays.stream(dealt).filter(each -> each == -1).count());
    assertArrayEquals(dealt, blocks.dealt(K, 42, 3));
    assertEquals(false, Arrays.equals(dealt, blocks.dealt(K, 42, 4)));
    assertEquals(false, Arrays.equals(dealt, blocks.dealt(K, 43, 3)));
  }
}
