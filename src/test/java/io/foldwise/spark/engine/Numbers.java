package io.foldwise.spark.engine;

import io.foldwise.oracle.TrainingRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Tables of published numbers, and how many digits of them are met. */
public final class Numbers {
  private static final double ALL_DIGITS = 16;

  private Numbers() {}

  /** The numbers below a csv's header. */
  static double[][] table(Path csv) throws IOException {
    return parse(Files.readAllLines(csv, StandardCharsets.UTF_8));
  }

  static double[][] resource(String name) throws IOException {
    try (var in = Numbers.class.getResourceAsStream(name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static double[][] parse(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  /** All columns but one. */
  static double[][] without(double[][] table, int column) {
    return Arrays.stream(table)
        .map(
            row ->
                IntStream.range(0, row.length)
                    .filter(j -> j != column)
                    .mapToDouble(j -> row[j])
                    .toArray())
        .toArray(double[][]::new);
  }

  static double[] column(double[][] table, int column) {
    return Arrays.stream(table).mapToDouble(row -> row[column]).toArray();
  }

  /** One fold, in an order of its own. */
  static TrainingRows inOrder(double[][] x, double[] y, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, y.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    double[][] features = order.stream().map(i -> x[i]).toArray(double[][]::new);
    double[] labels = order.stream().mapToDouble(i -> y[i]).toArray();
    return TrainingRows.contiguous(features, labels, 1);
  }

  /** The least number of digits met, −log₁₀ of the relative error (McCullough 1998). */
  static double digits(double[] certified, double[] actual) {
    double least = ALL_DIGITS;
    for (int j = 0; j < certified.length; j++) {
      double error = Math.abs(actual[j] - certified[j]) / Math.abs(certified[j]);
      least = Math.min(least, error == 0 ? ALL_DIGITS : -Math.log10(error));
    }
    return least;
  }
}
