package io.foldwise.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** An array as NumPy encoded it, decoded row by row. */
final class EncodedArray implements StoredArray {

  private static final long serialVersionUID = 1L;
  private static final int CHUNK = 8192;

  /** In which order the elements lie; ranks above 2 are always row-major here. */
  enum Order {
    ROW_MAJOR,
    COLUMN_MAJOR
  }

  private final Encoding encoding;
  private final Order order;
  private final int[] shape;
  private final Payload payload;

  EncodedArray(Encoding encoding, Order order, int[] shape, Payload payload) {
    this.encoding = encoding;
    this.order = order;
    this.shape = shape;
    this.payload = payload;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public String typeName() {
    return encoding.type().label();
  }

  @Override
  public boolean inFile() {
    return payload instanceof Payload.InFile;
  }

  @Override
  public double[] rows(int from, int to, ByteSource file) throws IOException {
    Objects.checkFromToIndex(from, to, rows());
    int columns = columns();
    double[] out = new double[Math.multiplyExact(to - from, columns)];
    if (order == Order.ROW_MAJOR) {
      run(file, (long) from * columns, out.length, out, 0, 1);
    } else {
      for (int column = 0; column < columns; column++) {
        run(file, (long) column * rows() + from, to - from, out, column, columns);
      }
    }
    return out;
  }

  /** Decodes {@code count} successive elements into {@code out[at + i·stride]}. */
  private void run(ByteSource file, long first, int count, double[] out, int at, int stride)
      throws IOException {
    int width = encoding.type().width();
    byte[] bytes = new byte[Math.min(count, CHUNK) * width];
    ByteBuffer view = ByteBuffer.wrap(bytes).order(encoding.byteOrder());
    for (int done = 0; done < count; done += CHUNK) {
      int chunk = Math.min(CHUNK, count - done);
      payload.readFully(file, (first + done) * width, bytes, chunk * width);
      encoding.type().decode(view, chunk, out, at + done * stride, stride);
    }
  }

  /** An element type and its byte order. */
  record Encoding(NumberType type, Endian endian) implements java.io.Serializable {

    ByteOrder byteOrder() {
      return endian == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
  }

  /** A byte order that travels ({@link ByteOrder} does not). */
  enum Endian {
    LITTLE,
    BIG
  }
}
