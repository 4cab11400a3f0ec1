package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Column;

/**
 * Folds of consecutive rows, as scikit-learn's KFold(shuffle=False): of n rows, the first n mod k
 * folds have ⌊n/k⌋ + 1 rows, the others ⌊n/k⌋.
 */
final class Contiguous {

  private Contiguous() {}

  /** The fold of the row at a position in file order, from 0. */
  static int fold(long position, long n, int k) {
    long size = n / k;
    long larger = (n % k) * (size + 1);
    long fold = position < larger ? position / (size + 1) : n % k + (position - larger) / size;
    return (int) fold;
  }

  /** The same as a column over a position. */
  static Column fold(String position, long n, int k) {
    long size = n / k;
    long larger = (n % k) * (size + 1);
    return expr(
        "int(if(%1$s < %2$d, %1$s div %3$d, %4$d + (%1$s - %2$d) div %5$d))"
            .formatted(position, larger, size + 1, n % k, size));
  }
}
