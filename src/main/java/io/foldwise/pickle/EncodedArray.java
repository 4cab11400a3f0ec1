package io.foldwise.pickle;

import io.foldwise.pickle.Elements.Endian;
import io.foldwise.pickle.Elements.Order;
import java.io.IOException;
import java.io.Serializable;

/** An array of numbers as NumPy encoded it, decoded row by row. */
final class EncodedArray implements NumberArray {

  private static final long serialVersionUID = 1L;

  private final NumberType type;
  private final Elements elements;

  EncodedArray(Encoding encoding, Order order, int[] shape, Payload payload) {
    this.type = encoding.type();
    this.elements = new Elements(type.width(), encoding.endian(), order, shape, payload);
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
        (bytes, count, at, stride) -> type.decode(bytes, count, out, at, stride));
    return out;
  }

  /** An element type and its byte order. */
  record Encoding(NumberType type, Endian endian) implements Serializable {}
}
