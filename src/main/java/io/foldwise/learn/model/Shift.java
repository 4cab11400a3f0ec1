package io.foldwise.learn.model;

import java.io.Serializable;

/**
 * The point about which all moments of a search are taken: one number for each carried column, then
 * the label's. Any point near the data will do; sums about it do not cancel.
 */
public final class Shift implements Serializable {
  private final double[] values;

  /**
   * @param values d feature values, then the label's
   */
  public Shift(double[] values) {
    this.values = values.clone();
  }

  public double feature(int j) {
    return values[j];
  }

  public double label() {
    return values[values.length - 1];
  }

  /** The number of features, d. */
  public int features() {
    return values.length - 1;
  }

  /** This shift of the features with another of the label. */
  public Shift withLabel(double label) {
    double[] changed = values.clone();
    changed[changed.length - 1] = label;
    return new Shift(changed);
  }

  /** The shift of the first p features and the label. */
  public Shift leading(int p) {
    double[] part = new double[p + 1];
    System.arraycopy(values, 0, part, 0, p);
    part[p] = label();
    return new Shift(part);
  }
}
