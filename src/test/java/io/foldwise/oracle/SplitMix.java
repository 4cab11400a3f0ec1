package io.foldwise.oracle;

/**
 * SplitMix64 with the 32-bit mixing that {@link java.util.SplittableRandom} draws its ints by
 * (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014; Stafford's
 * variant 4), written out so that an order can be drawn in any language.
 */
final class SplitMix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  /** The next 32 bits, as a number from 0. */
  private long bits() {
    state += GOLDEN;
    long z = (state ^ (state >>> 33)) * 0x62A9D9ED799705F5L;
    return ((z ^ (z >>> 28)) * 0xCB24D0A5C88C35B3L) >>> 32;
  }

  /**
   * Uniform over 0 … bound − 1; 31 bits above the largest multiple of the bound are drawn again.
   */
  int below(int bound) {
    if (Integer.bitCount(bound) == 1) {
      return (int) (bits() & (bound - 1));
    }
    long drawn = bits() >>> 1;
    while (drawn >= (1L << 31) / bound * bound) {
      drawn = bits() >>> 1;
    }
    return (int) (drawn % bound);
  }
}
