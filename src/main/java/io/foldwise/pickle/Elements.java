package io.foldwise.pickle;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The elements of an array as NumPy lays them out, n rows of d columns, each of the same number of
 * bytes: element (i, j) lies at byte {@code offset + i·rowStep + j·columnStep} of the payload.
 *
 * @param width the bytes of an element
 * @param shape the length along every axis; d is the product of all but the first
 * @param payload the bytes
 */
record Elements(
    int width,
    Endian endian,
    int[] shape,
    Payload payload,
    long offset,
    long rowStep,
    long columnStep)
    implements Serializable {

  /** The bytes that are read at once, or one element where that is more. */
  private static final int CHUNK = 1 << 16;

  /** A byte order that travels ({@link ByteOrder} does not). */
  enum Endian {
    LITTLE,
    BIG
  }

  /**
   * Takes count elements, which begin at a byte and lie a step apart, as values at, at + stride, …
   * of the result.
   */
  interface Decoder {
    void decode(ByteBuffer bytes, int first, int step, int count, int at, int stride);
  }

  /** Elements of any rank, the last axis fastest. */
  static Elements rowMajor(int width, Endian endian, int[] shape, Payload payload) {
    long d = Shapes.product(shape, 1);
    return new Elements(width, endian, shape, payload, 0, d * width, width);
  }

  /** Elements of rank 2, the first axis fastest. */
  static Elements columnMajor(int width, Endian endian, int[] shape, Payload payload) {
    return new Elements(width, endian, shape, payload, 0, width, (long) shape[0] * width);
  }

  int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** Rank 2 with its axes exchanged: n columns become n rows. */
  Elements transposed() {
    return new Elements(
        width, endian, new int[] {shape[1], shape[0]}, payload, offset, columnStep, rowStep);
  }

  /** The columns from (inclusive) to (exclusive) of rank 2; one alone is of rank 1. */
  Elements columns(int from, int to) {
    int[] part = to - from == 1 ? new int[] {shape[0]} : new int[] {shape[0], to - from};
    return new Elements(
        width, endian, part, payload, offset + from * columnStep, rowStep, columnStep);
  }

  /** What lies at a byte of each element of one column: d parts of so many bytes, side by side. */
  Elements field(int at, int partWidth, Endian partEndian, int d) {
    int[] part = d == 1 ? new int[] {rows()} : new int[] {rows(), d};
    return new Elements(partWidth, partEndian, part, payload, offset + at, rowStep, partWidth);
  }

  /**
   * Decodes rows from (inclusive) to (exclusive), which the array has, into a row-major result of d
   * columns.
   */
  void decode(int from, int to, int d, ByteSource file, Decoder decoder) throws IOException {
    long first = offset + from * rowStep;
    if (columnStep == width && rowStep == (long) d * width) {
      run(file, first, width, Math.multiplyExact(to - from, d), 0, 1, decoder);
    } else if (rowStep < columnStep) {
      for (int column = 0; column < d; column++) {
        run(file, first + column * columnStep, rowStep, to - from, column, d, decoder);
      }
    } else if (rowStep <= CHUNK / 2 && d > 1) {
      rows(file, first, to - from, d, decoder);
    } else if (d == 1) {
      run(file, first, rowStep, to - from, 0, 1, decoder);
    } else {
      for (int row = 0; row < to - from; row++) {
        run(file, first + row * rowStep, columnStep, d, row * d, 1, decoder);
      }
    }
  }

  /** Short rows with gaps between them, many at a time. */
  private void rows(ByteSource file, long first, int count, int d, Decoder decoder)
      throws IOException {
    int most = (int) Math.max(1, CHUNK / Math.max(1, rowStep));
    int span = Math.toIntExact((d - 1) * columnStep + width);
    for (int done = 0; done < count; done += most) {
      int chunk = Math.min(most, count - done);
      ByteBuffer view = bytes(file, first + done * rowStep, (int) ((chunk - 1) * rowStep) + span);
      for (int row = 0; row < chunk; row++) {
        decoder.decode(view, (int) (row * rowStep), (int) columnStep, d, (done + row) * d, 1);
      }
    }
  }

  /** Elements that lie a step apart. */
  private void run(
      ByteSource file, long first, long step, int count, int at, int stride, Decoder decoder)
      throws IOException {
    int most = (int) Math.max(1, CHUNK / Math.max(1, step));
    for (int done = 0; done < count; done += most) {
      int chunk = Math.min(most, count - done);
      ByteBuffer view = bytes(file, first + done * step, (int) ((chunk - 1) * step) + width);
      decoder.decode(
          view, 0, (int) Math.min(step, Integer.MAX_VALUE), chunk, at + done * stride, stride);
    }
  }

  private ByteBuffer bytes(ByteSource file, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    payload.readFully(file, position, bytes, length);
    return ByteBuffer.wrap(bytes)
        .order(endian == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }
}
