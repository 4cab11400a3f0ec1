package io.foldwise.browser.standin;

/**
 * The ints of {@link java.util.SplittableRandom}, which TeaVM lacks: SplitMix64 (Steele, Lea and
 * Flood, Fast splittable pseudorandom number generators, OOPSLA 2014) with 32-bit mixing.
 */
public final class SplittableRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public SplittableRandom(long seed) {
    this.state = seed;
  }

  public int nextInt() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 33)) * 0x62a9d9ed799705f5L;
    return (int) (((mixed ^ (mixed >>> 28)) * 0xcb24d0a5c88c35b3L) >>> 32);
  }

  /** A number in [0, bound), each with the same probability. */
  public int nextInt(int bound) {
    int most = bound - 1;
    int drawn = nextInt();
    if ((bound & most) == 0) {
      return drawn & most;
    }
    int whole = drawn >>> 1;
    int rest = whole % bound;
    while (whole + most - rest < 0) {
      whole = nextInt() >>> 1;
      rest = whole % bound;
    }
    return rest;
  }
}
