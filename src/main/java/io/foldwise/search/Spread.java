package io.foldwise.search;

import java.util.Arrays;

/**
 * Mean, deviation (÷(n − 1); NaN of one value) and maximum of some values; NaN if any is.
 *
 * @param count n
 * @param sd √(Σ (v − mean)² / (n − 1))
 */
public record Spread(int count, double mean, double sd, double max) {
  public static Spread of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    double max = Arrays.stream(values).max().orElse(Double.NaN);
    return new Spread(values.length, mean, sd, max);
  }

  /** The standard error of the mean, sd/√n. */
  public double standardError() {
    return sd / Math.sqrt(count);
  }
}
