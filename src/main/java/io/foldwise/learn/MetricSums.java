package io.foldwise.learn;

import io.foldwise.math.Moments;
import java.io.Serializable;

/**
 * What the metrics of a set of scored rows need, with e = ŷ − y. Sets merge.
 *
 * @param count n
 * @param squaredError Σ e²
 * @param absoluteError Σ |e|; NaN where it was not summed, as from moments
 * @param maxError max |e|; NaN likewise
 * @param labelMean ȳ
 * @param labelDeviation Σ (y − ȳ)²
 */
public record MetricSums(
    double count,
    double squaredError,
    double absoluteError,
    double maxError,
    double labelMean,
    double labelDeviation)
    implements Serializable {
  public static final MetricSums EMPTY = new MetricSums(0, 0, 0, 0, 0, 0);

  /** The sums that moments hold. */
  public static MetricSums of(Moments rows, double squaredError, double labelShift) {
    double mean = rows.sum(rows.features() + 1, 0) / rows.count() + labelShift;
    return new MetricSums(
        rows.count(), squaredError, Double.NaN, Double.NaN, mean, rows.labelDeviation());
  }

  /** Whether metrics of absolute errors can be had. */
  public boolean hasAbsoluteErrors() {
    return !Double.isNaN(absoluteError);
  }

  /** The sums of both sets of rows (means by Chan, Golub and LeVeque 1983). */
  public MetricSums merge(MetricSums other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    double n = count + other.count;
    double apart = other.labelMean - labelMean;
    return new MetricSums(
        n,
        squaredError + other.squaredError,
        absoluteError + other.absoluteError,
        Math.max(maxError, other.maxError),
        labelMean + apart * other.count / n,
        labelDeviation + other.labelDeviation + apart * apart * count * other.count / n);
  }
}
