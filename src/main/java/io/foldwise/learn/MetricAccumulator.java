package io.foldwise.learn;

/**
 * Adds scored rows up to {@link MetricSums}, all but the AUC: the mutable side of the pair.
 *
 * <p>Decisions are thresholded at z = 0 after z was rounded to 12 decimals, so that the last bits
 * of a sum decide nothing.
 */
public final class MetricAccumulator {
  private static final double DECIMALS = 1e12;

  private final boolean binary;
  private final Loss.Huber huber;
  private final Loss.Quantile quantile;
  private long rows;
  private double weight;
  private double labelMean;
  private double labelDeviation;
  private final double[] sums = new double[6];

  /**
   * @param loss whose δ or τ the metrics take; binary or not
   */
  public MetricAccumulator(Loss loss) {
    this.binary = loss.isBinary();
    this.huber = loss instanceof Loss.Huber own ? own : new Loss.Huber(Loss.Huber.DEFAULT_DELTA);
    this.quantile =
        loss instanceof Loss.Quantile own ? own : new Loss.Quantile(Loss.Quantile.DEFAULT_TAU);
  }

  /** One more row; the label's mean and deviation by West's updates (1979). */
  public void add(double prediction, double label, double w) {
    rows++;
    weight += w;
    if (w > 0) {
      double fromMean = label - labelMean;
      labelMean += fromMean * w / weight;
      labelDeviation += w * fromMean * (label - labelMean);
    }
    if (binary) {
      addDecision(prediction, label, w);
    } else {
      addError(prediction, label, w);
    }
  }

  private void addError(double prediction, double label, double w) {
    double error = Math.abs(prediction - label);
    sums[0] += w * error * error;
    sums[1] += w * error;
    sums[2] += w * huber.value(prediction, label);
    sums[3] += w * quantile.value(prediction, label);
    sums[4] = w > 0 ? Math.max(sums[4], error) : sums[4];
  }

  private void addDecision(double z, double label, double w) {
    double margin = (2 * label - 1) * z;
    sums[0] += w * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    sums[1] += w * Math.max(0, 1 - margin);
    boolean predicted = Math.rint(z * DECIMALS) > 0;
    boolean actual = label > 0.5;
    sums[actual ? (predicted ? 2 : 5) : (predicted ? 4 : 3)] += w;
  }

  /** The sums so far. */
  public MetricSums sums() {
    MetricSums.Labels labels = new MetricSums.Labels(labelMean, labelDeviation);
    return new MetricSums(
        rows,
        weight,
        labels,
        binary
            ? MetricSums.Errors.UNKNOWN
            : new MetricSums.Errors(sums[0], sums[1], sums[2], sums[3], sums[4]),
        binary
            ? new MetricSums.Classes(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5])
            : MetricSums.Classes.UNKNOWN,
        Double.NaN);
  }
}
