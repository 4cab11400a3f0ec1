package io.foldwise.learn;

import io.foldwise.math.ColumnSums;
import java.io.Serializable;

/**
 * What the metrics of a set of scored rows need. Sets merge, except for the AUC, which is of ranks.
 *
 * @param rows n
 * @param weight Σ w; n where rows have no weights
 * @param labels of the rows
 * @param errors NaN where they were not summed
 * @param classes likewise
 * @param auc NaN likewise, and where a class is missing
 */
public record MetricSums(
    long rows, double weight, Labels labels, Errors errors, Classes classes, double auc)
    implements Serializable {
  /** Of no rows. */
  public static final MetricSums EMPTY =
      new MetricSums(0, 0, new Labels(0, 0), Errors.NONE, Classes.NONE, Double.NaN);

  /**
   * Weighted labels.
   *
   * @param mean ȳ = Σ w y / Σ w
   * @param deviation Σ w (y − ȳ)²
   */
  public record Labels(double mean, double deviation) implements Serializable {}

  /**
   * Errors e = ŷ − y.
   *
   * @param squared Σ w e²
   * @param absolute Σ w |e|
   * @param huber Σ w of the Huber loss
   * @param pinball Σ w of the pinball loss
   * @param largest max |e|
   */
  public record Errors(
      double squared, double absolute, double huber, double pinball, double largest)
      implements Serializable {
    static final Errors NONE = new Errors(0, 0, 0, 0, 0);

    /** Nothing was summed. */
    public static final Errors UNKNOWN =
        new Errors(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Errors merge(Errors other) {
      return new Errors(
          squared + other.squared,
          absolute + other.absolute,
          huber + other.huber,
          pinball + other.pinball,
          Math.max(largest, other.largest));
    }
  }

  /**
   * Decisions on binary labels.
   *
   * @param logLoss Σ w log(1 + exp(−s z))
   * @param hinge Σ w max(0, 1 − s z)
   * @param truePositive Σ w of the rows of class 1 that are predicted 1
   * @param trueNegative of class 0, predicted 0
   * @param falsePositive of class 0, predicted 1
   * @param falseNegative of class 1, predicted 0
   */
  public record Classes(
      double logLoss,
      double hinge,
      double truePositive,
      double trueNegative,
      double falsePositive,
      double falseNegative)
      implements Serializable {
    static final Classes NONE = new Classes(0, 0, 0, 0, 0, 0);

    /** Nothing was summed. */
    public static final Classes UNKNOWN =
        new Classes(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    double correct() {
      return truePositive + trueNegative;
    }

    double f1() {
      double all = 2 * truePositive + falsePositive + falseNegative;
      return all == 0 ? 0 : 2 * truePositive / all;
    }

    Classes merge(Classes other) {
      return new Classes(
          logLoss + other.logLoss,
          hinge + other.hinge,
          truePositive + other.truePositive,
          trueNegative + other.trueNegative,
          falsePositive + other.falsePositive,
          falseNegative + other.falseNegative);
    }
  }

  /**
   * What training leaves: the loss alone.
   *
   * @param labels the rows' labels about {@code labelShift}
   * @param sum Σ w ℓ
   */
  public static MetricSums ofLoss(ColumnSums labels, double labelShift, Loss loss, double sum) {
    if (labels.rows() == 0) {
      return EMPTY;
    }
    double mean = labels.mean(labels.label()) + labelShift;
    return new MetricSums(
        labels.rows(),
        labels.weight(),
        new Labels(mean, labels.deviation(labels.label())),
        errors(loss, sum),
        classes(loss, sum),
        Double.NaN);
  }

  private static Errors errors(Loss loss, double sum) {
    Metric metric = loss.metric();
    return new Errors(
        metric == Metric.MSE ? sum : Double.NaN,
        metric == Metric.MAE ? sum : Double.NaN,
        metric == Metric.HUBER ? sum : Double.NaN,
        metric == Metric.PINBALL ? sum : Double.NaN,
        Double.NaN);
  }

  private static Classes classes(Loss loss, double sum) {
    Metric metric = loss.metric();
    double none = Double.NaN;
    return new Classes(
        metric == Metric.LOG_LOSS ? sum : none,
        metric == Metric.HINGE ? sum : none,
        none,
        none,
        none,
        none);
  }

  /** These sums with the AUC of their rows. */
  public MetricSums withAuc(double area) {
    return new MetricSums(rows, weight, labels, errors, classes, area);
  }

  /** The sums of both sets of rows (means by Chan, Golub and LeVeque 1983); no AUC. */
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
        errors.merge(other.errors),
        classes.merge(other.classes),
        Double.NaN);
  }
}
