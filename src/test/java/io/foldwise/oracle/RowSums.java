package io.foldwise.oracle;

import io.foldwise.learn.MetricSums;

/** The sums of metrics, each by its definition. */
public final class RowSums {
  private RowSums() {}

  public static MetricSums of(double prediction, double label) {
    return of(new double[] {prediction}, new double[] {label});
  }

  public static MetricSums of(double[] predictions, double[] labels) {
    int n = labels.length;
    if (n == 0) {
      return MetricSums.EMPTY;
    }
    double squares = 0;
    double absolutes = 0;
    double most = 0;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      double error = predictions[i] - labels[i];
      squares += error * error;
      absolutes += Math.abs(error);
      most = Math.max(most, Math.abs(error));
      mean += labels[i] / n;
    }
    double deviation = 0;
    for (double label : labels) {
      deviation += (label - mean) * (label - mean);
    }
    return new MetricSums(n, squares, absolutes, most, mean, deviation);
  }
}
