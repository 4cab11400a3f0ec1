package io.foldwise.learn.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How the decision values of the two classes are spread, and so the area under the ROC curve: the
 * chance that a row of class 1 has the larger z than one of class 0, ties counting half, rows
 * counting by their weights (Hanley and McNeil 1982).
 *
 * <p>z is rounded to 41 binary digits, over 12 decimal ones, so that last bits of a sum break no
 * tie. Bins are runs of neighbouring rounded values. They start out as one value each, and the area
 * is exact; whenever more than {@code mostBins} are occupied, runs double in length. The area is
 * then off by at most half the share of the pairs that stand in one bin, {@link #errorBound}. The
 * final bins depend on the rows alone, not on how they were divided or merged.
 */
public final class ScoreHistogram implements Serializable {
  /** Up to this many rows every metric of ranks is exact; above, bins are bounded. */
  public static final long EXACT_ROWS = 1_000_000;

  /** A bound on the bins by which the area is always exact. */
  public static final int ANY_BINS = Integer.MAX_VALUE;

  private static final double SPLITTER = 0x1p12 + 1;
  private static final int ROUNDED_BITS = 12;
  private static final int FIRST_SLOTS = 64;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private final int mostBins;

  /** Key and label of rows of weight 1, which wait for the area where bins are never joined. */
  private long[] waiting = new long[FIRST_SLOTS];

  private int waitingRows;
  private int shift = ROUNDED_BITS;
  private int bins;
  private boolean undefined;

  /** The keys of the bins by open addressing: a slot without weight is free. */
  private long[] keys = new long[FIRST_SLOTS];

  private double[] ones = new double[FIRST_SLOTS];
  private double[] zeros = new double[FIRST_SLOTS];

  /**
   * @param mostBins the most bins that may be occupied, ≥ 2, or {@link #ANY_BINS}
   */
  public ScoreHistogram(int mostBins) {
    this.mostBins = mostBins;
  }

  /** Adds a row; a value or a weight that is no number leaves the area undefined. */
  public void add(double z, double label, double weight) {
    if (Double.isNaN(z) || Double.isNaN(weight)) {
      undefined = true;
    } else if (weight == 1 && mostBins == ANY_BINS) {
      defer(key(z), label);
    } else if (weight > 0) {
      addTo(key(z) >> shift, label > 0.5 ? weight : 0, label > 0.5 ? 0 : weight);
    }
  }

  /** Puts a row aside, its label in the last bit of the key, which rounding leaves to spare. */
  private void defer(long key, double label) {
    if (waitingRows == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waitingRows);
    }
    waiting[waitingRows++] = (key & ~1) | (label > 0.5 ? 1 : 0);
  }

  private void admitWaiting() {
    for (int row = 0; row < waitingRows; row++) {
      int one = (int) (waiting[row] & 1);
      addTo(waiting[row] >> shift, one, 1 - one);
    }
    waitingRows = 0;
  }

  /** Adds the rows of another histogram. */
  public ScoreHistogram merge(ScoreHistogram other) {
    other.admitWaiting();
    undefined |= other.undefined;
    while (shift < other.shift) {
      coarsen();
    }
    for (int slot = 0; slot < other.keys.length; slot++) {
      if (other.isTaken(slot)) {
        // The shift may grow as bins are added.
        addTo(other.keys[slot] >> (shift - other.shift), other.ones[slot], other.zeros[slot]);
      }
    }
    return this;
  }

  /** A whole number that grows with z. */
  private static long key(double z) {
    double far = SPLITTER * z;
    double rounded = far - (far - z);
    long bits = Double.doubleToLongBits((Double.isFinite(rounded) ? rounded : z) + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private void addTo(long key, double one, double zero) {
    put(key, one, zero);
    while (bins > mostBins) {
      coarsen();
    }
    if (2 * bins > keys.length) {
      rebuild(2 * keys.length, 0);
    }
  }

  private void put(long key, double one, double zero) {
    int slot = slot(key);
    if (!isTaken(slot)) {
      keys[slot] = key;
      bins++;
    }
    ones[slot] += one;
    zeros[slot] += zero;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * GOLDEN) >>> 32) & mask;
    while (isTaken(slot) && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isTaken(int slot) {
    return ones[slot] != 0 || zeros[slot] != 0;
  }

  private void coarsen() {
    shift++;
    rebuild(keys.length, 1);
  }

  private void rebuild(int slots, int droppedBits) {
    long[] oldKeys = keys;
    double[] oldOnes = ones;
    double[] oldZeros = zeros;
    keys = new long[slots];
    ones = new double[slots];
    zeros = new double[slots];
    bins = 0;
    for (int at = 0; at < oldKeys.length; at++) {
      if (oldOnes[at] != 0 || oldZeros[at] != 0) {
        put(oldKeys[at] >> droppedBits, oldOnes[at], oldZeros[at]);
      }
    }
  }

  /** The area; NaN where a class is missing or a value was no number. */
  public double area() {
    Pairs pairs = pairs();
    return pairs.all > 0 && !undefined ? (pairs.won + pairs.shared / 2) / pairs.all : Double.NaN;
  }

  /** The bound on the error of the area; 0 where it is exact. */
  public double errorBound() {
    Pairs pairs = pairs();
    return shift == ROUNDED_BITS || pairs.all == 0 ? 0 : pairs.shared / 2 / pairs.all;
  }

  /** The weights of the pairs of a row of class 1 and one of class 0, as z ascends. */
  private static final class Pairs {
    private double won;
    private double shared;
    private double all;
    private double above;
    private double below;

    /** Adds the next bin. */
    void add(double ones, double zeros) {
      won += ones * below;
      shared += ones * zeros;
      above += ones;
      below += zeros;
      all = above * below;
    }
  }

  private Pairs pairs() {
    if (bins == 0) {
      return waitingPairs();
    }
    admitWaiting();
    Pairs pairs = new Pairs();
    for (long key : ascendingKeys()) {
      int slot = slot(key);
      pairs.add(ones[slot], zeros[slot]);
    }
    return pairs;
  }

  private Pairs waitingPairs() {
    Arrays.sort(waiting, 0, waitingRows);
    Pairs pairs = new Pairs();
    for (int from = 0, to = 0; from < waitingRows; from = to) {
      int ofOnes = 0;
      while (to < waitingRows && waiting[to] >> 1 == waiting[from] >> 1) {
        ofOnes += (int) (waiting[to++] & 1);
      }
      pairs.add(ofOnes, to - from - ofOnes);
    }
    return pairs;
  }

  private long[] ascendingKeys() {
    long[] ascending = new long[bins];
    int at = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (isTaken(slot)) {
        ascending[at++] = keys[slot];
      }
    }
    Arrays.sort(ascending);
    return ascending;
  }
}
