package io.foldwise.oracle;

import io.foldwise.search.Trial;
import java.util.stream.IntStream;

/** The order in which an epoch of a trial visits the minibatches. */
public interface VisitingOrder {
  /**
   * A permutation of 0 … m − 1.
   *
   * @param epoch from 1
   */
  int[] of(Trial trial, int minibatches, long epoch);

  /** The same for every trial, from (seed, epoch) alone. */
  static VisitingOrder common(long seed) {
    return (trial, minibatches, epoch) -> shuffled(minibatches, seed, epoch);
  }

  /**
   * 0 … m − 1 in the order of Fisher and Yates, from the last position down, by SplitMix64 that
   * starts at seed xor epoch·0xD1342543DE82EF95.
   */
  static int[] shuffled(int minibatches, long seed, long epoch) {
    int[] order = IntStream.range(0, minibatches).toArray();
    SplitMix random = new SplitMix(seed ^ epoch * 0xD1342543DE82EF95L);
    for (int position = minibatches - 1; position > 0; position--) {
      int drawn = random.below(position + 1);
      int moved = order[position];
      order[position] = order[drawn];
      order[drawn] = moved;
    }
    return order;
  }
}
