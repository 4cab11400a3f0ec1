package io.foldwise.spark.data.generate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a pickle, protocol 3, of one dict from names to float64 NumPy arrays of shape (n, d), as
 * NumPy itself writes it: {@code numpy.core.multiarray._reconstruct} and a state of version 1.
 * NumPy 1 and 2 read it.
 */
public final class NumpyPickle {

  private static final char PROTO = 0x80;
  private static final char GLOBAL = 'c';
  private static final char REDUCE = 'R';
  private static final char BUILD = 'b';
  private static final char MARK = '(';
  private static final char TUPLE = 't';
  private static final char EMPTY_DICT = '}';
  private static final char SET_ITEM = 's';
  private static final char STOP = '.';
  private static final char NONE = 'N';
  private static final char FALSE = 0x89;
  private static final char BIN_INT = 'J';
  private static final char BIN_UNICODE = 'X';
  private static final char BIN_BYTES = 'B';
  private static final int PROTOCOL = 3;
  private static final int VALUES_AT_ONCE = 1 << 13;

  private final DataOutputStream out;

  public NumpyPickle(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  public void begin() throws IOException {
    out.write(PROTO);
    out.write(PROTOCOL);
    out.write(EMPTY_DICT);
  }

  /** Writes an array by its name, its values row-major, n × d, at most 2³¹ − 1 bytes. */
  public void entry(String name, double[] values, int n, int d) throws IOException {
    text(name);
    global("numpy.core.multiarray", "_reconstruct");
    out.write(MARK);
    global("numpy", "ndarray");
    tuple(0);
    bytes(new byte[] {'b'});
    out.write(TUPLE);
    out.write(REDUCE);
    out.write(MARK);
    integer(1);
    tuple(n, d);
    doubleType();
    out.write(FALSE);
    payload(values);
    out.write(TUPLE);
    out.write(BUILD);
    out.write(SET_ITEM);
  }

  public void end() throws IOException {
    out.write(STOP);
    out.flush();
  }

  /** Writes {@code dtype('<f8')}. */
  private void doubleType() throws IOException {
    global("numpy", "dtype");
    out.write(MARK);
    text("f8");
    integer(0);
    integer(1);
    out.write(TUPLE);
    out.write(REDUCE);
    out.write(MARK);
    integer(3);
    text("<");
    out.write(NONE);
    out.write(NONE);
    out.write(NONE);
    integer(-1);
    integer(-1);
    integer(0);
    out.write(TUPLE);
    out.write(BUILD);
  }

  private void payload(double[] values) throws IOException {
    out.write(BIN_BYTES);
    littleEndian(Math.multiplyExact(values.length, Double.BYTES));
    ByteBuffer buffer =
        ByteBuffer.allocate(VALUES_AT_ONCE * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += VALUES_AT_ONCE) {
      int count = Math.min(VALUES_AT_ONCE, values.length - from);
      buffer.clear().asDoubleBuffer().put(values, from, count);
      out.write(buffer.array(), 0, count * Double.BYTES);
    }
  }

  private void global(String module, String name) throws IOException {
    out.write(GLOBAL);
    out.writeBytes(module + "\n" + name + "\n");
  }

  private void tuple(int... values) throws IOException {
    out.write(MARK);
    for (int value : values) {
      integer(value);
    }
    out.write(TUPLE);
  }

  private void integer(int value) throws IOException {
    out.write(BIN_INT);
    littleEndian(value);
  }

  private void text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.write(BIN_UNICODE);
    littleEndian(utf8.length);
    out.write(utf8);
  }

  private void bytes(byte[] value) throws IOException {
    out.write(BIN_BYTES);
    littleEndian(value.length);
    out.write(value);
  }

  private void littleEndian(int value) throws IOException {
    out.writeInt(Integer.reverseBytes(value));
  }
}
