package io.foldwise.pickle;

import java.io.IOException;

/** An array of numbers as NumPy encoded it, decoded row by row. */
final class EncodedArray implements NumberArray {

  private static final long serialVersionUID = 1L;

  private final NumberType type;
  private final Elements elements;

  EncodedArray(NumberType type, Elements elements) {
    this.type = type;
    this.elements = elements;
  }

  @Override
  public int[] shape() {
    return elements.shape().clone();
  }

  @Override
  public String typeName() {
    return type.label();
  }

  @Override
  public boolean inFile() {
    return elements.payload() instanceof Payload.InFile;
  }

  @Override
  public double[] rows(int from, int to, ByteSource file) throws IOException {
    double[] out = new double[size(from, to)];
    elements.decode(
        from,
        to,
        columns(),
        file,
        (bytes, first, step, count, at, stride) ->
            type.decode(bytes, first, step, count, out, at, stride));
    return out;
  }
}
