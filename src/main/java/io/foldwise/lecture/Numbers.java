package io.foldwise.lecture;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Numbers evenly spaced, and functions over them. */
final class Numbers {
  private Numbers() {}

  /** So many numbers, the ends included. */
  static double[] between(double low, double high, int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> low + (high - low) * i / (count - 1));
    return numbers;
  }

  /** So many numbers at equal factors, the ends included. */
  static double[] byFactors(double low, double high, int count) {
    return of(between(Math.log(low), Math.log(high), count), Math::exp);
  }

  static double[] of(double[] x, DoubleUnaryOperator function) {
    return Arrays.stream(x).map(function).toArray();
  }

  static double mean(double[] x) {
    return Arrays.stream(x).average().orElse(Double.NaN);
  }

  static double largest(double[] x) {
    return Arrays.stream(x).max().orElse(Double.NaN);
  }

  /** The index of the least; that of the first of several. */
  static int least(double[] x) {
    int least = 0;
    for (int i = 1; i < x.length; i++) {
      if (x[i] < x[least] || Double.isNaN(x[least])) {
        least = i;
      }
    }
    return least;
  }

  /** A number as it stands in the text of a grid. */
  static String text(double value) {
    return Double.toString(value);
  }
}
