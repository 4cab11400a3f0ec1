package io.foldwise.pickle;

/**
 * Bounds how many values a file may stand for, and how many may be in memory at once.
 *
 * <p>An honest file spends at least a byte on each; a few rows may be shared, but a file that
 * refers to one large block again and again is refused.
 */
final class Budget {

  private static final long SPARE = 1_000_000;

  /** The most values in memory; as doubles, these take half the heap. */
  private static final long MOST_HELD = Math.min(Integer.MAX_VALUE - 16, Heap.bytes() / 16);

  private final long limit;
  private long spent;
  private long held;

  Budget(long fileLength) {
    this.limit = fileLength + SPARE;
  }

  /** Counts values that the file describes. */
  void spend(long values) {
    spent += values;
    if (spent > limit || spent < 0) {
      throw new Refusal(
          "it stands for more than " + limit + " values, far more than its bytes hold: refused");
    }
  }

  /** Counts values that are about to be allocated. */
  void hold(long values) {
    held += values;
    if (held > MOST_HELD || held < 0) {
      throw new Refusal(
          "holds more than "
              + MOST_HELD
              + " values, too many to be in memory at once: give the JVM more memory, or make it"
              + " several files");
    }
  }
}
