package io.foldwise.cli;

import java.util.Arrays;

/**
 * Mean, deviation (÷(n − 1); NaN of one value) and maximum of some values; NaN if any is.
 *
 * @param sd √(Σ (v − mean)² / (n − 1))
 */
record Spread(double mean, double sd, double max) {
  static Spread of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    return new Spread(mean, sd, Arrays.stream(values).max().orElse(Double.NaN));
  }
}
