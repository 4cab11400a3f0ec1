package io.foldwise.pickle;

import java.io.EOFException;
import java.io.IOException;

/** Bytes of a known number that can be read from any position: a file, or an array. */
public interface ByteSource {

  /** The number of bytes. */
  long length();

  /**
   * Copies the {@code length} bytes from {@code position} on to {@code target[offset..]}.
   *
   * @throws EOFException if there are fewer
   */
  void readFully(long position, byte[] target, int offset, int length) throws IOException;

  /** The bytes of an array, which is not copied. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void readFully(long position, byte[] target, int offset, int length)
          throws IOException {
        if (position + length > bytes.length) {
          throw new EOFException("the bytes end at " + bytes.length);
        }
        System.arraycopy(bytes, (int) position, target, offset, length);
      }
    };
  }
}
