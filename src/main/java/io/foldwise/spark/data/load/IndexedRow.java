package io.foldwise.spark.data.load;

import io.foldwise.spark.data.schema.Columns;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a row of a small dataset is dealt by, on the driver.
 *
 * @param within what finds the row again among the cached ones; see {@link Columns#WITHIN}
 * @param identity the hash of key and occurrence number; no two rows share one
 * @param contents the hash of features and label
 * @param label the label
 * @param group the hash of the group; 0 where there is no group column
 * @param foldValue the fold column as text; empty where there is none
 */
public record IndexedRow(
    long within, long identity, long contents, double label, long group, String foldValue) {
  /** The row numbers 0 to n−1 in the order of a comparator. */
  public static int[] order(int n, Comparator<Integer> comparator) {
    return IntStream.range(0, n).boxed().sorted(comparator).mapToInt(Integer::intValue).toArray();
  }
}
