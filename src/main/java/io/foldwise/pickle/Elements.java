package io.foldwise.pickle;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The elements of an array as NumPy lays them out, each of the same number of bytes, n along the
 * first axis.
 *
 * @param width the bytes of an element
 * @param order the order in which the elements lie; ranks above 2 are always row-major here
 * @param shape the length along every axis
 * @param payload the bytes
 */
record Elements(int width, Endian endian, Order order, int[] shape, Payload payload)
    implements Serializable {

  /** The bytes that are read at once, or one element where that is more. */
  private static final int CHUNK = 1 << 16;

  /** The order in which elements lie. */
  enum Order {
    ROW_MAJOR,
    COLUMN_MAJOR
  }

  /** A byte order that travels ({@link ByteOrder} does not). */
  enum Endian {
    LITTLE,
    BIG
  }

  /** Takes elements 0 to count−1 of the bytes as values at, at + stride, … of the result. */
  interface Decoder {
    void decode(ByteBuffer bytes, int count, int at, int stride);
  }

  /**
   * Decodes rows from (inclusive) to (exclusive), which the array has, into a row-major result of d
   * columns.
   */
  void decode(int from, int to, int d, ByteSource file, Decoder decoder) throws IOException {
    int n = shape.length == 0 ? 1 : shape[0];
    if (order == Order.ROW_MAJOR) {
      run(file, (long) from * d, Math.multiplyExact(to - from, d), 0, 1, decoder);
    } else {
      for (int column = 0; column < d; column++) {
        run(file, (long) column * n + from, to - from, column, d, decoder);
      }
    }
  }

  private void run(ByteSource file, long first, int count, int at, int stride, Decoder decoder)
      throws IOException {
    int most = Math.max(1, CHUNK / Math.max(1, width));
    byte[] bytes = new byte[Math.min(count, most) * width];
    ByteOrder order = endian == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer view = ByteBuffer.wrap(bytes).order(order);
    for (int done = 0; done < count; done += most) {
      int chunk = Math.min(most, count - done);
      payload.readFully(file, (first + done) * width, bytes, chunk * width);
      decoder.decode(view, chunk, at + done * stride, stride);
    }
  }
}
