package io.foldwise.pickle;

import java.io.IOException;
import java.io.InputStream;

/**
 * A pickle as a stream that knows its position and how much is left, and that can step over a block
 * without reading it. The end of the file is a {@link Refusal}, never -1.
 *
 * <p>What is read, rather than stepped over, becomes Java objects; its amount is bounded by a part
 * of the heap.
 */
final class PickleInput extends InputStream {

  /**
   * The most bytes read: text takes up to 8 bytes each while it is decoded, and half the heap at
   * most.
   */
  private static final long MOST_READ = Math.min(Integer.MAX_VALUE - 16, Heap.bytes() / 16);

  private final ByteSource source;
  private final long end;
  private final byte[] window = new byte[8192];
  private long windowStart;
  private int windowLength;
  private long position;
  private long read;

  PickleInput(ByteSource source) {
    this(source, 0, source.length());
  }

  /** The bytes from start (inclusive) to end (exclusive) of a file. */
  PickleInput(ByteSource source, long start, long end) {
    this.source = source;
    this.position = start;
    this.end = end;
  }

  long position() {
    return position;
  }

  long length() {
    return end;
  }

  @Override
  public int read() throws IOException {
    demand(1);
    count(1);
    if (position < windowStart || position >= windowStart + windowLength) {
      fill();
    }
    return window[(int) (position++ - windowStart)] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    demand(length);
    count(length);
    copy(target, offset, length);
    return length;
  }

  /** The next {@code length} bytes, which are known to be there before they are allocated. */
  byte[] bytes(long length) throws IOException {
    demand(length);
    count(length);
    byte[] bytes = new byte[(int) length];
    copy(bytes, 0, bytes.length);
    return bytes;
  }

  /**
   * An unsigned little-endian number of {@code width} bytes; at width 8 it may come out negative.
   */
  long unsigned(int width) throws IOException {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) read() << (8 * i);
    }
    return value;
  }

  /** Steps over {@code length} bytes, and returns where they start. */
  long step(long length) {
    demand(length);
    long start = position;
    position += length;
    return start;
  }

  /** Refuses unless {@code length} more bytes are there. */
  void demand(long length) {
    long left = end - position;
    if (length < 0 || length > left) {
      throw new Refusal(
          (length < 0 ? "an impossible number of" : String.valueOf(length))
              + " bytes should follow, but only "
              + left
              + " are left: the file is cut short or damaged");
    }
  }

  private void count(long length) {
    read += length;
    if (read > MOST_READ) {
      throw new Refusal(
          "more than "
              + MOST_READ
              + " bytes lie outside of arrays, too many for this heap: "
              + "save NumPy arrays with protocol 4 or 5, or give the JVM more memory");
    }
  }

  /** Copies few bytes by the window: to ask a file for every number by itself is slow. */
  private void copy(byte[] target, int offset, int length) throws IOException {
    if (length > window.length) {
      source.readFully(position, target, offset, length);
    } else {
      if (position < windowStart || position + length > windowStart + windowLength) {
        fill();
      }
      System.arraycopy(window, (int) (position - windowStart), target, offset, length);
    }
    position += length;
  }

  private void fill() throws IOException {
    windowStart = position;
    windowLength = (int) Math.min(window.length, end - position);
    source.readFully(windowStart, window, 0, windowLength);
  }
}
