package io.foldwise.spark.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a file, decompressed, which tell formats apart. */
public final class FileStart {
  private static final String PARQUET = "PAR1";
  private static final String ORC = "ORC";
  private static final String ARRAY = "NUMPY";
  private static final String ZIP = "PK\003\004";
  private static final int LENGTH = 512;

  private final byte[] bytes;

  private FileStart(byte[] bytes) {
    this.bytes = bytes;
  }

  static FileStart of(InputStream in) throws IOException {
    return new FileStart(in.readNBytes(LENGTH));
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Whether it is a Python pickle of protocol 2 or later. */
  boolean isPickle() {
    return bytes.length > 1 && (bytes[0] & 0xff) == 0x80 && bytes[1] < 8;
  }

  /** The first line that is not blank, as far as it is known, each byte a character. */
  String firstLine() {
    return new String(bytes, StandardCharsets.ISO_8859_1).strip().lines().findFirst().orElse("");
  }

  public boolean isParquet() {
    return startsWith(PARQUET);
  }

  /** Whether it begins as {@code numpy.save} does. */
  boolean isArray() {
    return bytes.length > ARRAY.length()
        && (bytes[0] & 0xff) == 0x93
        && new String(bytes, 1, ARRAY.length(), StandardCharsets.US_ASCII).equals(ARRAY);
  }

  boolean isOrc() {
    return startsWith(ORC);
  }

  /** Whether its first character that is no space is this one. */
  boolean opens(char first) {
    return firstLine().startsWith(String.valueOf(first));
  }

  boolean isZip() {
    return startsWith(ZIP);
  }

  /**
   * Whether it begins with a mark of UTF-16, or every other byte is 0 as in its letters and digits.
   */
  boolean isUtf16() {
    if (bytes.length < 2) {
      return false;
    }
    boolean marked = TextLines.isUtf16(bytes[0] & 0xff, bytes[1] & 0xff);
    boolean[] zeros = {true, true};
    boolean[] letters = {true, true};
    for (int i = 0; i < bytes.length; i++) {
      zeros[i % 2] &= bytes[i] == 0;
      letters[i % 2] &= bytes[i] > 0;
    }
    return marked || (zeros[0] && letters[1]) || (zeros[1] && letters[0]);
  }

  /** Whether it is no text: it holds a byte 0, or begins as a pickle, Parquet or zip file does. */
  public boolean isBinary() {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return isPickle() || isParquet() || isOrc() || isArray() || isZip();
  }

  /** What the file looks like, for messages. */
  String kind() {
    if (isParquet()) {
      return "a Parquet file";
    }
    if (isOrc()) {
      return "an ORC file";
    }
    if (isArray()) {
      return "an array of NumPy";
    }
    if (isZip()) {
      return "a zip archive, as Excel's files are too";
    }
    return isBinary() ? "a binary file" : "a text file";
  }

  private boolean startsWith(String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }
}
