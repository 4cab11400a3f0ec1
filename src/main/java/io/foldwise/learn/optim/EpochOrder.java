package io.foldwise.learn.optim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The order in which an epoch visits the minibatches: a permutation that comes from (seed, epoch)
 * alone, so that all candidates, folds and engines see the same.
 */
public final class EpochOrder {
  private static final long EPOCH_STRIDE = 0xD1342543DE82EF95L;

  private final long seed;
  private final int[] order;

  /**
   * @param minibatches the number of minibatches, m ≥ 1
   */
  public EpochOrder(long seed, int minibatches) {
    this.seed = seed;
    this.order = new int[minibatches];
  }

  /** The permutation of 0 … m−1 for an epoch, from 1; valid until the next call. */
  public int[] of(long epoch) {
    shuffle(order, seed ^ (epoch * EPOCH_STRIDE));
    return order;
  }

  /** Fills an array of length m with 0 … m−1 in an order drawn from a seed (Durstenfeld 1964). */
  public static void shuffle(int[] order, long seed) {
    Arrays.setAll(order, b -> b);
    if (order.length > 1) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int last = order.length - 1; last > 0; last--) {
        int other = random.nextInt(last + 1);
        int swapped = order[last];
        order[last] = order[other];
        order[other] = swapped;
      }
    }
  }
}
