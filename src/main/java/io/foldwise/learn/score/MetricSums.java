package io.foldwise.learn.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.math.ColumnSums;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the metrics of a set of scored rows need. Sets merge, except for the AUC, which is of ranks.
 */
public final class MetricSums implements Serializable {
  private static final List<Sum> ALL = Sum.all();

  /** The sums of no rows. */
  public static final MetricSums EMPTY =
      new MetricSums(0, 0, new Labels(0, 0), new double[ALL.size()], Double.NaN, Confusion.NONE);

  private final long rows;
  private final double weight;
  private final Labels labels;
  private final double[] sums;
  private final double auc;
  private final Confusion confusion;

  /**
   * The mean and deviation of weighted labels.
   *
   * @param mean ȳ = Σ w y / Σ w
   * @param deviation Σ w (y − ȳ)²
   */
  public record Labels(double mean, double deviation) implements Serializable {}

  private MetricSums(
      long rows, double weight, Labels labels, double[] sums, double auc, Confusion confusion) {
    this.rows = rows;
    this.weight = weight;
    this.labels = labels;
    this.sums = sums;
    this.auc = auc;
    this.confusion = confusion;
  }

  /**
   * The sums that were taken; the others are unknown.
   *
   * @param rows the number of rows, n
   * @param weight Σ w; n where rows have no weights
   * @param labels the rows' labels
   */
  public static MetricSums of(long rows, double weight, Labels labels, Map<Sum, Double> taken) {
    double[] sums = new double[ALL.size()];
    Arrays.fill(sums, Double.NaN);
    taken.forEach((sum, value) -> sums[ALL.indexOf(sum)] = value);
    return new MetricSums(rows, weight, labels, sums, Double.NaN, Confusion.NONE);
  }

  /**
   * The sums that training leaves: the loss alone.
   *
   * @param labels the rows' labels about {@code labelShift}
   * @param sum Σ w ℓ
   */
  public static MetricSums ofLoss(ColumnSums labels, double labelShift, Loss loss, double sum) {
    if (labels.rows() == 0) {
      return EMPTY;
    }
    double mean = labels.mean(labels.label()) + labelShift;
    return of(
        labels.rows(),
        labels.weight(),
        new Labels(mean, labels.deviation(labels.label())),
        Map.of(Sum.of(loss), sum));
  }

  /** The number of rows, n. */
  public long rows() {
    return rows;
  }

  /** Σ w; n where rows have no weights. */
  public double weight() {
    return weight;
  }

  /** The mean and deviation of the labels, by their weights. */
  public Labels labels() {
    return labels;
  }

  /** The value of a sum; NaN where it was not taken. */
  public double sum(Sum sum) {
    return sums[ALL.indexOf(sum)];
  }

  /** A sum as a mean over the rows by their weights; NaN where it was not taken. */
  public double mean(Sum sum) {
    return sum(sum) / weight;
  }

  /** The AUC; NaN where it was not taken or a class is missing. */
  public double auc() {
    return auc;
  }

  /** These sums with the AUC of their rows. */
  public MetricSums withAuc(double area) {
    return new MetricSums(rows, weight, labels, sums, area, confusion);
  }

  /** The confusion matrix of K classes, perhaps none. */
  public Confusion confusion() {
    return confusion;
  }

  MetricSums withConfusion(Confusion matrix) {
    return new MetricSums(rows, weight, labels, sums, auc, matrix);
  }

  /** The sums of both sets of rows (means by Chan, Golub and LeVeque 1983), without an AUC. */
  public MetricSums merge(MetricSums other) {
    if (rows == 0 || other.rows == 0) {
      return rows == 0 ? other : this;
    }
    double all = weight + other.weight;
    double share = all == 0 ? 0 : other.weight / all;
    double apart = other.labels.mean - labels.mean;
    return new MetricSums(
        rows + other.rows,
        all,
        new Labels(
            labels.mean + apart * share,
            labels.deviation + other.labels.deviation + apart * apart * weight * share),
        merged(sums, other.sums),
        Double.NaN,
        confusion.merge(other.confusion));
  }

  private static double[] merged(double[] one, double[] other) {
    double[] merged = new double[one.length];
    Arrays.setAll(merged, at -> ALL.get(at).merged(one[at], other[at]));
    return merged;
  }
}
