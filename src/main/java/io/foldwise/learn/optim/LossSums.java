package io.foldwise.learn.optim;

import java.io.Serializable;

/**
 * Σ w ℓ(ŷ, y) of m functions over the rows that each was trained on and over the held-out ones that
 * it is scored on, in twice the working precision. Sums over other rows can be added.
 */
public final class LossSums implements Serializable {
  private final int m;
  private final double[] high;
  private final double[] low;

  LossSums(int m) {
    this.m = m;
    this.high = new double[2 * m];
    this.low = new double[2 * m];
  }

  /** The sums that were taken elsewhere: m over rows trained on, then m over held-out ones. */
  public static LossSums of(double[] sums) {
    LossSums all = new LossSums(sums.length / 2);
    all.add(sums);
    return all;
  }

  /** Adds plain sums over a few rows: m over rows trained on, then m over held-out ones. */
  void add(double[] few) {
    for (int at = 0; at < 2 * m; at++) {
      addTo(at, few[at]);
    }
  }

  /** Adds the sums of other rows to these. */
  public LossSums merge(LossSums other) {
    for (int at = 0; at < 2 * m; at++) {
      low[at] += other.low[at];
      addTo(at, other.high[at]);
    }
    return this;
  }

  private void addTo(int at, double value) {
    double sum = high[at] + value;
    double virtual = sum - high[at];
    low[at] += (high[at] - (sum - virtual)) + (value - virtual);
    high[at] = sum;
  }

  /** The sum of the i-th function over the rows that it was trained on. */
  public double training(int i) {
    return high[i] + low[i];
  }

  /** The sum of the i-th function over the held-out rows that it is scored on. */
  public double validation(int i) {
    return high[m + i] + low[m + i];
  }
}
