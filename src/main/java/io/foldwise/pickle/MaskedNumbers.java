package io.foldwise.pickle;

import java.io.IOException;

/**
 * Numbers of which some are missing, NaN: a NumPy masked array, or a nullable array of pandas.
 *
 * @param values the numbers, of any kind where the mask is set
 * @param mask of the same shape, not 0 where a number is missing
 */
record MaskedNumbers(NumberArray values, NumberArray mask) implements NumberArray {

  @Override
  public int[] shape() {
    return values.shape();
  }

  @Override
  public String typeName() {
    return values.typeName();
  }

  @Override
  public boolean inFile() {
    return values.inFile() || mask.inFile();
  }

  @Override
  public double[] rows(int from, int to, ByteSource file) throws IOException {
    double[] numbers = values.rows(from, to, file);
    double[] missing = mask.rows(from, to, file);
    for (int i = 0; i < numbers.length; i++) {
      if (missing[i] != 0) {
        numbers[i] = Double.NaN;
      }
    }
    return numbers;
  }
}
