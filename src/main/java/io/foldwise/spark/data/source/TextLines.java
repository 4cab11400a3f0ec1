package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The lines of a text file, UTF-8 with or without a byte order mark, decompressed by its suffix,
 * read on the driver.
 */
final class TextLines implements AutoCloseable {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int BEFORE = 20;
  private static final String MARK = "\u00EF\u00BB\u00BF";

  private final Path file;
  private final BufferedReader bytes;
  private long number;

  private TextLines(Path file, BufferedReader bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  static TextLines open(Configuration hadoop, Path file) throws IOException {
    // A character of ISO 8859-1 is a byte, so that what is no UTF-8 is found in its line.
    return new TextLines(
        file,
        new BufferedReader(
            new InputStreamReader(SourceFiles.open(hadoop, file), StandardCharsets.ISO_8859_1)));
  }

  /**
   * The next line, null at the end.
   *
   * @throws InvalidInputException if it is not UTF-8
   */
  String next() throws IOException {
    String line = bytes.readLine();
    if (line == null) {
      return null;
    }
    number++;
    if (number == 1 && line.length() > 1 && isUtf16(line.charAt(0), line.charAt(1))) {
      throw new InvalidInputException(
          "'%s' is in UTF-16: save it as UTF-8, as iconv -f UTF-16 -t UTF-8 does"
              .formatted(SourceFiles.shown(file)));
    }
    byte[] raw =
        (number == 1 && line.startsWith(MARK) ? line.substring(MARK.length()) : line)
            .getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException other) {
      throw notUtf8(file, number, raw);
    }
  }

  /** Whether a file that begins with these two bytes is in UTF-16. */
  static boolean isUtf16(int first, int second) {
    return (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE);
  }

  /** The number of the last line, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** The refusal of a line whose bytes are not UTF-8. */
  static InvalidInputException notUtf8(Path file, long number, byte[] line) {
    ByteBuffer in = ByteBuffer.wrap(line);
    StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(line.length), true);
    int at = in.position();
    String around =
        new String(line, Math.max(0, at - BEFORE), line.length - Math.max(0, at - BEFORE), WINDOWS);
    return new InvalidInputException(
        ("'%s', line %d: byte 0x%02X is not UTF-8; the file is likely in Windows-1252 (Latin-1),"
                + " where it reads '%s': save it as UTF-8, as iconv -f WINDOWS-1252 -t UTF-8 does")
            .formatted(
                SourceFiles.shown(file), number, line[at] & 0xff, RowSearch.shortened(around)));
  }

  /** The number, from 1, of the n-th of those lines that count; n is from 1. */
  static long numberOf(long n, Predicate<String> counts, Configuration hadoop, Path file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(SourceFiles.open(hadoop, file), StandardCharsets.UTF_8))) {
      long number = 0;
      long counted = 0;
      while (counted < n) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        number++;
        String own = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        counted += counts.test(own) ? 1 : 0;
      }
      return number;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
