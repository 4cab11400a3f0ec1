package io.foldwise.learn;

/** Adds scored rows up to {@link MetricSums}: the mutable side of the pair. */
public final class MetricAccumulator {
  private double count;
  private double squaredError;
  private double absoluteError;
  private double maxError;
  private double labelMean;
  private double labelDeviation;

  /** One more row; the label's mean and deviation by Welford's updates. */
  public void add(double prediction, double label) {
    double error = Math.abs(prediction - label);
    count++;
    squaredError += error * error;
    absoluteError += error;
    maxError = Math.max(maxError, error);
    double fromMean = label - labelMean;
    labelMean += fromMean / count;
    labelDeviation += fromMean * (label - labelMean);
  }

  /** The sums so far. */
  public MetricSums sums() {
    return new MetricSums(count, squaredError, absoluteError, maxError, labelMean, labelDeviation);
  }
}
