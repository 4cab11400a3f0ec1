package io.foldwise.search;

import java.io.Serializable;

/**
 * The mean loss of a trial after some of its epochs, at most {@link #MOST_POINTS} of them, the last
 * included.
 *
 * @param epochs which, ascending from 1
 * @param training on the rows trained on
 * @param validation on the held-out rows; NaN where none are held out
 */
public record LearningCurve(long[] epochs, double[] training, double[] validation)
    implements Serializable {
  public static final int MOST_POINTS = 1000;

  /** Whether an epoch is a point of the curve of a run of {@code length} epochs. */
  public static boolean includes(long epoch, long length) {
    return length <= MOST_POINTS
        || point(epoch, length) != point(epoch - 1, length)
        || epoch == length;
  }

  private static long point(long epoch, long length) {
    return (long) ((double) epoch * MOST_POINTS / length);
  }
}
