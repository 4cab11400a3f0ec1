package io.foldwise.learn.optim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The largest eigenvalue λ of the mean of x xᵀ over minibatches of each column's training set, by
 * power iteration with nothing but gradients of the squared loss: g(v) − g(0) = 2·G·v. It serves
 * where features are so many that G itself does not fit.
 *
 * <p>It stops where λ moves by less than {@value #TOLERANCE} of itself, and starts a minibatch from
 * the last one's vector and as much of one in all directions, since minibatches may have nothing in
 * common. The answer lies below λ by about as much.
 */
public final class PowerIteration {
  private static final double TOLERANCE = 1e-3;
  private static final int MOST_STEPS = 50;
  private static final long SEED = 1;

  private final int[] starts;
  private final ActiveColumns all;
  private final double[] vectors;
  private final double[] everywhere;
  private final double[] zeros;
  private final double[] atZero;
  private final double[] image;
  private final double[] largest;

  /**
   * @param columns the columns whose training sets and coordinates are looked at; their loss is the
   *     squared one
   */
  public PowerIteration(TrialColumns columns) {
    this.starts = columns.starts();
    int m = columns.splits().size();
    int length = starts[m];
    this.all = new ActiveColumns(m);
    this.vectors = new SplittableRandom(SEED).doubles(length).toArray();
    this.zeros = new double[length];
    this.atZero = new double[length];
    this.image = new double[length];
    this.largest = new double[m];
    for (int column = 0; column < m; column++) {
      normalize(column, vectors);
    }
    this.everywhere = vectors.clone();
  }

  /**
   * λ of each column over the minibatches {@code from} to before {@code to}.
   *
   * @param squared the squared loss of those columns
   */
  public static double[] largest(TrialColumns columns, Objective squared, int from, int to) {
    PowerIteration power = new PowerIteration(columns);
    for (int b = from; b < to; b++) {
      power.look(squared, b);
    }
    return power.largest();
  }

  /** Looks at minibatch b. */
  public void look(Objective squared, int b) {
    squared.gradientInto(b, zeros, all, atZero);
    lookEverywhere();
    double[] before = new double[largest.length];
    double moved = 1;
    for (int step = 0; step < MOST_STEPS && moved > TOLERANCE; step++) {
      squared.gradientInto(b, vectors, all, image);
      moved = 0;
      for (int column = 0; column < before.length; column++) {
        if (!squared.isEmpty(b, column)) {
          double value = step(column);
          moved = Math.max(moved, Math.abs(value - before[column]) / Math.max(value, 1e-300));
          before[column] = value;
        }
      }
    }
    for (int column = 0; column < before.length; column++) {
      largest[column] = Math.max(largest[column], before[column]);
    }
  }

  private void lookEverywhere() {
    for (int at = 0; at < vectors.length; at++) {
      vectors[at] += everywhere[at];
    }
    for (int column = 0; column < largest.length; column++) {
      normalize(column, vectors);
    }
  }

  /** v ← G·v / ‖G·v‖; gives ‖G·v‖. */
  private double step(int column) {
    for (int at = starts[column]; at < starts[column + 1]; at++) {
      image[at] = (image[at] - atZero[at]) / 2;
    }
    double norm = normalize(column, image);
    if (norm > 0) {
      int length = starts[column + 1] - starts[column];
      System.arraycopy(image, starts[column], vectors, starts[column], length);
    }
    return norm;
  }

  private double normalize(int column, double[] values) {
    double squares = 0;
    for (int at = starts[column]; at < starts[column + 1]; at++) {
      squares += values[at] * values[at];
    }
    double norm = Math.sqrt(squares);
    for (int at = starts[column]; at < starts[column + 1] && norm > 0; at++) {
      values[at] /= norm;
    }
    return norm;
  }

  /** λ of each column, over the minibatches so far. */
  public double[] largest() {
    return Arrays.copyOf(largest, largest.length);
  }
}
