package io.foldwise.pickle;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A {@link StoredArray} of numbers. */
public sealed interface NumberArray extends StoredArray
    permits NdArray, EncodedArray, MaskedNumbers, CodedNumbers {

  /**
   * The values of rows from (inclusive) to (exclusive), row-major, (to − from) × d.
   *
   * @param file the bytes that the array was found in
   * @throws IndexOutOfBoundsException if there are no such rows
   * @throws ArithmeticException if the range holds more values than a Java array
   */
  double[] rows(int from, int to, ByteSource file) throws IOException;

  @Override
  default NumberArray part(int from, int to, ByteSource file) throws IOException {
    return NdArray.owning(rows(from, to, file), to - from, columns());
  }

  @Override
  default List<Double> values(ByteSource file) throws IOException {
    return Arrays.stream(rows(0, rows(), file)).boxed().toList();
  }
}
