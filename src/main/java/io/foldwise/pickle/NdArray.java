package io.foldwise.pickle;

import java.util.Arrays;

/** An immutable array of doubles in memory, row-major, of any number of axes. */
public final class NdArray implements NumberArray {

  private static final long serialVersionUID = 1L;

  private final double[] values;
  private final int[] shape;

  private NdArray(double[] values, int[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * An array of a copy of the values.
   *
   * @param values row-major
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public static NdArray of(double[] values, int... shape) {
    return owning(values.clone(), shape.clone());
  }

  /** An array that takes the values over; the caller gives them up. */
  static NdArray owning(double[] values, int... shape) {
    if (Shapes.product(shape, 0) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
    return new NdArray(values, shape);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public String typeName() {
    return "float64";
  }

  @Override
  public boolean inFile() {
    return false;
  }

  /** The value in a row and a column; see {@link StoredArray} for what the columns are. */
  public double value(int row, int column) {
    return values[Math.addExact(Math.multiplyExact(row, columns()), column)];
  }

  /** A copy of all values, row-major. */
  public double[] toArray() {
    return values.clone();
  }

  @Override
  public double[] rows(int from, int to, ByteSource file) {
    int count = size(from, to);
    int first = from * columns();
    return Arrays.copyOfRange(values, first, first + count);
  }
}
