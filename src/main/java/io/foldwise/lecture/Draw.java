package io.foldwise.lecture;

import io.foldwise.learn.optim.EpochOrder;
import java.util.SplittableRandom;

/** Numbers drawn from a seed: the same in the page and in the terminal. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A number in [0, 1). */
  double uniform() {
    return (random.nextInt() & 0x7fffffff) / 0x1p31;
  }

  /** A number of the standard normal distribution (Box and Muller 1958). */
  double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  }

  /** A number in [0, bound). */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** The numbers 0 … n − 1 in a drawn order. */
  static int[] order(int n, long seed) {
    int[] order = new int[n];
    EpochOrder.shuffle(order, seed);
    return order;
  }
}
