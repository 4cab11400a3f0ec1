package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.oracle.VisitingOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which minibatch comes when: each once an epoch, none at a place of its own. */
final class EpochOrderTest {
  @Test
  void ordersAreThoseThatAnotherLanguageDraws() {
    // Python 3.11: SplitMix64 from seed ^ epoch * 0xD1342543DE82EF95, Fisher-Yates from the end
    assertArrayEquals(new int[] {3, 0, 7, 5, 6, 1, 4, 2}, new EpochOrder(42, 8).of(1));
    assertArrayEquals(new int[] {3, 4, 7, 2, 5, 6, 0, 1}, new EpochOrder(42, 8).of(2));
    assertArrayEquals(new int[] {0, 6, 4, 7, 2, 1, 5, 3}, new EpochOrder(42, 8).of(3));
    assertArrayEquals(new int[] {4, 0, 1, 3, 7, 6, 5, 2}, new EpochOrder(43, 8).of(1));
    assertArrayEquals(new int[] {1, 3, 4, 0, 2}, new EpochOrder(-1, 5).of(1_000_000));
  }

  @Test
  void anOrderIsDrawnAsTheOracleWritesItOut() {
    for (int m : new int[] {1, 2, 3, 7, 16, 1000}) {
      EpochOrder order = new EpochOrder(m, m);
      for (long epoch = 1; epoch <= 20; epoch++) {
        assertArrayEquals(VisitingOrder.shuffled(m, m, epoch), order.of(epoch));
      }
    }
  }

  @Test
  void everyEpochVisitsEveryMinibatchOnce() {
    for (int m : new int[] {1, 2, 3, 10, 64, 1000}) {
      EpochOrder order = new EpochOrder(7, m);
      for (long epoch = 1; epoch <= 50; epoch++) {
        int[] sorted = order.of(epoch).clone();
        Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, m).toArray(), sorted);
      }
    }
  }

  @Test
  void everyMinibatchComesAtEveryPlaceAndAfterEveryOtherAlikeOften() {
    int m = 6;
    double expected = 2_000;
    int[][] at = new int[m][m];
    int[][] after = new int[m][m];
    EpochOrder order = new EpochOrder(42, m);
    for (long epoch = 1; epoch <= m * expected; epoch++) {
      int[] visited = order.of(epoch);
      for (int place = 0; place < m; place++) {
        at[visited[place]][place]++;
        after[visited[place]][visited[Math.max(0, place - 1)]] += place > 0 ? 1 : 0;
      }
    }
    // Of binomial counts of about 2,000 the deviation is 41.
    for (int b = 0; b < m; b++) {
      for (int other = 0; other < m; other++) {
        assertEquals(expected, at[b][other], 200);
        assertEquals(b == other ? 0 : expected, after[b][other], 200);
      }
    }
  }
}
