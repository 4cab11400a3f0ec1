package io.foldwise.pickle;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * An array of a pickle whose values are read a range of rows at a time. It travels to other
 * machines; {@link #inFile} says whether it takes its values along.
 *
 * <p>Rows run along the first axis. The columns of an array of shape (n, d₁, d₂, …) are the d₁·d₂·…
 * values of a row, last axis fastest; an array of shape (n,) has one column, a scalar one row.
 */
public sealed interface StoredArray extends Serializable permits NumberArray, TextArray, Table {

  /** The length along every axis; none for a scalar. */
  int[] shape();

  /**
   * NumPy's name of the element type, such as {@code float64}, or {@code text}, {@code time},
   * {@code category}.
   */
  String typeName();

  /** Whether the values stay in the file, which reading rows then needs. */
  boolean inFile();

  /** The length along the first axis, n. */
  default int rows() {
    int[] shape = shape();
    return shape.length == 0 ? 1 : shape[0];
  }

  /** The product of the lengths along the other axes, d. */
  default int columns() {
    return Math.toIntExact(Shapes.product(shape(), 1));
  }

  /** The number of values, n·d. */
  default long size() {
    return (long) rows() * columns();
  }

  /**
   * The number of values of rows from (inclusive) to (exclusive).
   *
   * @throws IndexOutOfBoundsException if there are no such rows
   * @throws ArithmeticException if they hold more values than a Java array
   */
  default int size(int from, int to) {
    Objects.checkFromToIndex(from, to, rows());
    return Math.multiplyExact(to - from, columns());
  }

  /** Rows from (inclusive) to (exclusive) as an array of its own, in memory. */
  StoredArray part(int from, int to, ByteSource file) throws IOException;

  /** All values, row-major: Doubles, or Strings that are null where one is missing. */
  List<?> values(ByteSource file) throws IOException;
}
