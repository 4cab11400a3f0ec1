package io.foldwise.spark.data.fold;

import io.foldwise.spark.data.load.IndexedRow;
import io.foldwise.spark.data.schema.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The fold and position of every row of a small dataset, and its number, to be looked up by {@link
 * Columns#WITHIN}.
 *
 * <p>A code is fold·2³² + position, or {@link #TEST}.
 */
final class RowCodes implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The code of a test row. */
  static final long TEST = -1;

  /** A fold stands above these bits of a code. */
  static final int FOLD_SHIFT = 32;

  private final long[] sortedRows;
  private final long[] codes;
  private final int[] numbers;

  private RowCodes(long[] sortedRows, long[] codes, int[] numbers) {
    this.sortedRows = sortedRows;
    this.codes = codes;
    this.numbers = numbers;
  }

  /** Takes the rows and their codes, in an order that is remembered. */
  static RowCodes of(long[] rows, long[] codes) {
    int[] order = IndexedRow.order(rows.length, Comparator.comparingLong(i -> rows[i]));
    return new RowCodes(
        Arrays.stream(order).mapToLong(i -> rows[i]).toArray(),
        Arrays.stream(order).mapToLong(i -> codes[i]).toArray(),
        order);
  }

  long code(long row) {
    return codes[Arrays.binarySearch(sortedRows, row)];
  }

  /** The row's number in the order that the rows came in, from 0. */
  long number(long row) {
    return numbers[Arrays.binarySearch(sortedRows, row)];
  }
}
