package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.LabelDomain;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Residuals;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Intervals that should hold the label of a new row, by CV+ (R. F. Barber, E. J. Candès, A. Ramdas
 * and R. J. Tibshirani, Predictive inference with the jackknife+, Ann. Statist. 49, 2021): of the
 * models of cross-validation and the errors |y − ŷ| that each makes on the fold that it has not
 * seen. With one fold a row they are those of the jackknife+.
 *
 * <p>At a row x, with R the error of the i-th of n training rows and ŷ the prediction of the model
 * that has not seen it, the ends at the confidence 1 − α are the ⌊α(n + 1)⌋-th smallest of ŷ(x) − R
 * and the ⌈(1 − α)(n + 1)⌉-th smallest of ŷ(x) + R. Where rows come from one distribution, whatever
 * it is, such an interval holds the label of a new row with a chance of at least 1 − 2α, and
 * commonly of about 1 − α. Rows count by their weights, whose mean is taken as 1. Where labels are
 * not below 0, neither is an end.
 *
 * @param folds the models of the chosen candidate; none where there are no such intervals
 */
public record PredictionIntervals(List<Fold> folds) implements Serializable {
  /** No intervals. */
  public static final PredictionIntervals NONE = new PredictionIntervals(List.of());

  /** Up to this many rows errors are kept as they are; above, rounded by at most 0.1 %. */
  public static final long EXACT_ROWS = 100_000;

  /** The most numbers that all models of the folds may have together, to be kept with a model. */
  static final long MOST_NUMBERS = 4_000_000;

  /** A weight that differs from a rank by so little reaches it. */
  private static final double ROUNDING = 1e-9;

  public PredictionIntervals {
    folds = List.copyOf(folds);
  }

  /**
   * A model that has not seen a fold.
   *
   * @param residuals its errors on the rows of the fold
   */
  public record Fold(LinearModel model, Residuals residuals) implements Serializable {}

  /** How errors of so many rows are kept. */
  public static Residuals.Precision precision(long rows) {
    return rows <= EXACT_ROWS ? Residuals.Precision.EXACT : Residuals.Precision.ROUNDED;
  }

  /** Whether there are no such intervals. */
  public boolean isEmpty() {
    return folds.isEmpty();
  }

  /** The number of rows whose errors are known, n. */
  public long rows() {
    return folds.stream().mapToLong(fold -> fold.residuals().rows()).sum();
  }

  /**
   * The intervals of one confidence.
   *
   * @throws InvalidInputException if it is not within (0, 1), or so many rows do not tell of it
   */
  public Level at(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new InvalidInputException(
          "'interval' (%s) must be > 0 and < 1: it is the share of labels that intervals should hold, such as 0.9"
              .formatted(confidence));
    }
    long n = rows();
    double rank = rank(confidence);
    if (rank > n) {
      throw new InvalidInputException(
          "'interval' (%s) needs the errors of more than the %,d rows that were held out: take at most %s"
              .formatted(confidence, n, Figures.brief(Math.floor(1e4 * n / (n + 1)) / 1e4)));
    }
    return new Level(this, rank / n);
  }

  /** ⌈(1 − α)(n + 1)⌉. */
  private double rank(double confidence) {
    return Math.ceil(confidence * (rows() + 1) * (1 - ROUNDING));
  }

  /** Whether there are rows enough for a confidence. */
  public boolean tellsOf(double confidence) {
    return !isEmpty() && rank(confidence) <= rows();
  }

  /** Intervals of one confidence. */
  public static final class Level implements Serializable {
    private static final long serialVersionUID = 1;

    private final PredictionIntervals intervals;

    /** Of each fold, the weight of the rows whose errors are at most each. */
    private final double[][] reached;

    /** The weight that the rank stands for. */
    private final double wanted;

    /** The error by which each fold alone reaches its share of that weight. */
    private final double[] own;

    private Level(PredictionIntervals intervals, double share) {
      this.intervals = intervals;
      this.reached = new double[intervals.folds.size()][];
      double all = 0;
      for (int fold = 0; fold < reached.length; fold++) {
        reached[fold] = intervals.folds.get(fold).residuals().weights().clone();
        for (int at = 1; at < reached[fold].length; at++) {
          reached[fold][at] += reached[fold][at - 1];
        }
        all += last(reached[fold]);
      }
      this.wanted = share * all * (1 - ROUNDING);
      this.own = new double[reached.length];
      for (int fold = 0; fold < own.length; fold++) {
        double ofFold = wanted / all * last(reached[fold]);
        int at = 0;
        while (at < reached[fold].length - 1 && reached[fold][at] < ofFold) {
          at++;
        }
        own[fold] = reached[fold].length == 0 ? Double.NaN : errors(fold)[at];
      }
    }

    private static double last(double[] ascending) {
      return ascending.length == 0 ? 0 : ascending[ascending.length - 1];
    }

    /**
     * The interval at a row of features, in the label's units; NaN where a feature is.
     *
     * @param loss the loss that the models were trained by
     */
    public ScoreInterval.Range range(double[] x, Loss loss) {
      double[] centres =
          intervals.folds.stream()
              .mapToDouble(fold -> loss.response(fold.model().predict(x)))
              .toArray();
      double high = upper(centres);
      for (int fold = 0; fold < centres.length; fold++) {
        centres[fold] = -centres[fold];
      }
      double low = -upper(centres);
      return new ScoreInterval.Range(
          loss.labels() == LabelDomain.NUMBERS ? low : Math.max(0, low), high);
    }

    /** The error that so large a share of the held-out rows does not exceed. */
    public double halfWidth() {
      return upper(new double[reached.length]);
    }

    /** The least of all centre + error at which the weight of those up to it is what is wanted. */
    private double upper(double[] centres) {
      // Where each fold alone has its share, all have it: not before the least of these places,
      // and not after the greatest. The errors from .. to of each fold reach from low to high.
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int fold = 0; fold < centres.length; fold++) {
        if (!Double.isFinite(centres[fold])) {
          return centres[fold];
        }
        if (!Double.isNaN(own[fold])) {
          low = Math.min(low, centres[fold] + own[fold]);
          high = Math.max(high, centres[fold] + own[fold]);
        }
      }
      int[] from = new int[centres.length];
      int[] to = new int[centres.length];
      for (int fold = 0; fold < centres.length; fold++) {
        double[] errors = errors(fold);
        from[fold] = countUpTo(Math.nextDown(low), centres[fold], errors, 0, errors.length);
        to[fold] = countUpTo(high, centres[fold], errors, from[fold], errors.length);
      }
      while (low < high) {
        double middle = Math.min(low + (high - low) / 2, Double.MAX_VALUE);
        int[] split = new int[centres.length];
        double weight = 0;
        for (int fold = 0; fold < centres.length; fold++) {
          split[fold] = countUpTo(middle, centres[fold], errors(fold), from[fold], to[fold]);
          weight += split[fold] == 0 ? 0 : reached[fold][split[fold] - 1];
        }
        if (weight >= wanted) {
          to = split;
          high = highest(centres, from, to);
        } else {
          from = split;
          low = lowest(centres, from, to);
        }
      }
      return high;
    }

    private double[] errors(int fold) {
      return intervals.folds.get(fold).residuals().values();
    }

    private double lowest(double[] centres, int[] from, int[] to) {
      return IntStream.range(0, centres.length)
          .filter(fold -> from[fold] < to[fold])
          .mapToDouble(fold -> centres[fold] + errors(fold)[from[fold]])
          .min()
          .orElse(Double.POSITIVE_INFINITY);
    }

    private double highest(double[] centres, int[] from, int[] to) {
      return IntStream.range(0, centres.length)
          .filter(fold -> from[fold] < to[fold])
          .mapToDouble(fold -> centres[fold] + errors(fold)[to[fold] - 1])
          .max()
          .orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * How many of the errors, those before {@code from} included, reach no further than a value.
     */
    private static int countUpTo(double value, double centre, double[] errors, int from, int to) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (centre + errors[middle] <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
