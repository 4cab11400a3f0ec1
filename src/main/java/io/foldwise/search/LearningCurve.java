package io.foldwise.search;

import java.io.Serializable;

/**
 * The mean loss of a trial after some of its epochs, the last included: at most {@link
 * #MOST_POINTS} of them, and fewer where there are so many trials that all their curves would be
 * more than a driver should hold.
 *
 * @param epochs which, ascending from 1
 * @param training on the rows trained on
 * @param validation on the held-out rows; NaN where none are held out
 */
public record LearningCurve(long[] epochs, double[] training, double[] validation)
    implements Serializable {
  public static final int MOST_POINTS = 1000;

  /** Bytes of a point. */
  public static final int POINT_BYTES = 24;

  /** Of all trials together: 96 MB. */
  private static final long ALL_POINTS = 4_000_000;

  private static final long LEAST_POINTS = 10;

  /** How many points a curve may have where so many trials have one each. */
  public static int points(long trials) {
    return (int) Math.max(LEAST_POINTS, Math.min(MOST_POINTS, ALL_POINTS / trials));
  }

  /** Whether an epoch is one of so many points of the curve of a run of {@code length} epochs. */
  public static boolean includes(long epoch, long length, int points) {
    return length <= points
        || point(epoch, length, points) != point(epoch - 1, length, points)
        || epoch == length;
  }

  private static long point(long epoch, long length, int points) {
    return (long) ((double) epoch * points / length);
  }
}
