package io.foldwise.cli;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Full batches of momentum's steps on two features, from zero, neither centred nor scaled, in a few
 * lines of arithmetic: w⁺ = soft(w − η(∇ + 2·l2·w) + μ(w − w₋), η·l1), the intercept unpenalised.
 *
 * @param x n × 2
 * @param y labels
 */
record ByHand(double[][] x, double[] y) {
  static final double L1 = 0.02;
  static final double L2 = 0.03;
  static final double MU = 0.3;

  /**
   * Of one training: the intercept and two coefficients, and the mean squared errors by epoch.
   *
   * @param validation of the rows held out; NaN where there are none
   */
  record Trained(double[] w, double[] training, double[] validation) {}

  int rows() {
    return y.length;
  }

  Trained train(double rate, int epochs, int[] on, int[] heldOut) {
    double[] w = new double[3];
    double[] before = new double[3];
    double[] training = new double[epochs];
    double[] validation = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      double[] next = new double[3];
      double[] gradient = gradient(w, on);
      for (int j = 0; j < 3; j++) {
        double penalty = j == 0 ? 0 : 2 * L2 * w[j];
        double moved = w[j] - rate * (gradient[j] + penalty) + MU * (w[j] - before[j]);
        double threshold = j == 0 ? 0 : rate * L1;
        next[j] = Math.signum(moved) * Math.max(0, Math.abs(moved) - threshold);
      }
      before = w;
      w = next;
      training[epoch] = mse(w, on);
      validation[epoch] = mse(w, heldOut);
    }
    return new Trained(w, training, validation);
  }

  private double[] gradient(double[] w, int[] on) {
    double[] gradient = new double[3];
    for (int i : on) {
      double slope = 2 * (predict(w, i) - y[i]) / on.length;
      gradient[0] += slope;
      gradient[1] += slope * x[i][0];
      gradient[2] += slope * x[i][1];
    }
    return gradient;
  }

  double predict(double[] w, int i) {
    return w[0] + w[1] * x[i][0] + w[2] * x[i][1];
  }

  double squaredErrors(double[] w, int[] of) {
    return Arrays.stream(of).mapToDouble(i -> Math.pow(predict(w, i) - y[i], 2)).sum();
  }

  double mse(double[] w, int[] of) {
    return squaredErrors(w, of) / of.length;
  }

  double mae(double[] w, int[] of) {
    return Arrays.stream(of).mapToDouble(i -> Math.abs(predict(w, i) - y[i])).average().orElse(0);
  }

  double maxError(double[] w, int[] of) {
    return Arrays.stream(of).mapToDouble(i -> Math.abs(predict(w, i) - y[i])).max().orElse(0);
  }

  double r2(double[] w, int[] of) {
    double mean = Arrays.stream(of).mapToDouble(i -> y[i]).average().orElseThrow();
    double deviation = Arrays.stream(of).mapToDouble(i -> Math.pow(y[i] - mean, 2)).sum();
    return 1 - squaredErrors(w, of) / deviation;
  }

  int[] all() {
    return IntStream.range(0, rows()).toArray();
  }

  /** Mean, deviation (÷(n − 1)) and standard error of some values. */
  static double[] spread(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = Math.sqrt(squares / (values.length - 1));
    return new double[] {mean, sd, sd / Math.sqrt(values.length)};
  }
}
