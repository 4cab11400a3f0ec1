package io.foldwise.pickle;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** A Python {@code bytes}: left where it lies in the file, or in memory. */
sealed interface Payload extends Serializable {

  long length();

  /** Copies {@code length} bytes from {@code position} of this payload on to the target's start. */
  void readFully(ByteSource file, long position, byte[] target, int length) throws IOException;

  /** The {@code length} bytes at {@code offset} of the file. */
  record InFile(long offset, long length) implements Payload {

    @Override
    public void readFully(ByteSource file, long position, byte[] target, int length)
        throws IOException {
      file.readFully(offset + position, target, 0, length);
    }
  }

  /** Bytes that were decoded from text, or are few. */
  final class InMemory implements Payload {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    /** Takes the bytes over. */
    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(ByteSource file, long position, byte[] target, int length) {
      System.arraycopy(bytes, (int) position, target, 0, length);
    }

    /** The bytes as text: UTF-8 where they are that, else Latin-1. */
    String text() {
      return Payload.text(bytes, bytes.length);
    }
  }

  /** The text of the first bytes: UTF-8 where they are that, else Latin-1. */
  static String text(byte[] bytes, int length) {
    String utf8 = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return utf8.indexOf('\uFFFD') < 0
        ? utf8
        : new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * The bytes of a text of characters up to U+00FF, which is how protocols 0 to 2, and Python 2,
   * write bytes.
   */
  static Payload ofLatin1(String text) {
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
      throw new Refusal("text stands where bytes are needed: the file is damaged");
    }
    return new InMemory(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
