package io.foldwise.search;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The mean loss of a trial after some of its epochs, the last included: at most {@link
 * #MOST_POINTS} of them, and fewer where there are so many trials that all their curves would be
 * more than a driver should hold.
 *
 * @param epochs those epochs, counted from 1, ascending
 * @param training the mean loss on the rows trained on
 * @param validation the mean loss on the held-out rows; NaN where none are held out
 */
public record LearningCurve(long[] epochs, double[] training, double[] validation)
    implements Serializable {
  public static final int MOST_POINTS = 1000;

  /** The bytes of a point. */
  public static final int POINT_BYTES = 24;

  /** The most points of all trials together, which take 96 MB. */
  private static final long ALL_POINTS = 4_000_000;

  private static final long LEAST_POINTS = 10;

  /** The most points of a curve where so many trials have one each. */
  public static int points(long trials) {
    return (int) Math.max(LEAST_POINTS, Math.min(MOST_POINTS, ALL_POINTS / trials));
  }

  /** The mean of curves, one for each fold, as far as all of them reach; empty of none. */
  public static LearningCurve mean(List<LearningCurve> folds) {
    int points = folds.stream().mapToInt(fold -> fold.epochs.length).min().orElse(0);
    return new LearningCurve(
        points == 0 ? new long[0] : Arrays.copyOf(folds.get(0).epochs, points),
        mean(folds, points, LearningCurve::training),
        mean(folds, points, LearningCurve::validation));
  }

  private static double[] mean(
      List<LearningCurve> folds, int points, Function<LearningCurve, double[]> losses) {
    double[] mean = new double[points];
    Arrays.setAll(
        mean,
        at -> folds.stream().mapToDouble(fold -> losses.apply(fold)[at]).average().orElseThrow());
    return mean;
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
