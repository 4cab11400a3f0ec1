package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The lines of a text file, in UTF-8 with or without a byte order mark or in another encoding,
 * decompressed by its suffix, read on the driver.
 */
final class TextLines implements AutoCloseable {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Charset KOREAN = Charset.forName("EUC-KR");
  private static final int BEFORE = 20;
  private static final String MARK = "\u00EF\u00BB\u00BF";

  private final Path file;
  private final BufferedReader bytes;
  private final Charset encoding;
  private long number;

  private TextLines(Path file, BufferedReader bytes, Charset encoding) {
    this.file = file;
    this.bytes = bytes;
    this.encoding = encoding;
  }

  static TextLines open(Configuration hadoop, Path file, Charset encoding) throws IOException {
    // A character of ISO 8859-1 is a byte, so that what is no UTF-8 is found in its line.
    return new TextLines(
        file,
        new BufferedReader(
            new InputStreamReader(SourceFiles.open(hadoop, file), StandardCharsets.ISO_8859_1)),
        encoding);
  }

  /**
   * The next line, null at the end.
   *
   * @throws InvalidInputException if its bytes are not of the encoding
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
      return encoding.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException other) {
      throw undecodable(file, number, raw, encoding);
    }
  }

  /**
   * Reads a file to its end.
   *
   * @throws InvalidInputException if one of its lines is not of the encoding
   */
  static void check(Configuration hadoop, Path file, Charset encoding) {
    try (TextLines lines = open(hadoop, file, encoding)) {
      while (lines.next() != null) {
        // Each line is decoded.
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
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

  /** The refusal of a line of cells whose bytes are not of the encoding that it is read in. */
  static InvalidInputException undecodable(Path file, long number, byte[] line, Charset encoding) {
    return encoding.equals(StandardCharsets.UTF_8)
        ? new InvalidInputException(
            "%s: give --encoding %s, or save it as UTF-8"
                .formatted(
                    notUtf8(file, number, line), likely(line).name().toLowerCase(Locale.ROOT)))
        : new InvalidInputException(
            "'encoding' (%s): '%s', line %d: byte 0x%02X is not of that encoding: name the one that the file is in"
                .formatted(
                    encoding.name(),
                    SourceFiles.shown(file),
                    number,
                    line[wrong(line, encoding)] & 0xff));
  }

  /** What is wrong with a line whose bytes are not UTF-8, and what it would be. */
  static String notUtf8(Path file, long number, byte[] line) {
    int at = wrong(line, StandardCharsets.UTF_8);
    Charset likely = likely(line);
    int from = likely.equals(WINDOWS) ? Math.max(0, at - BEFORE) : 0;
    return "'%s', line %d: byte 0x%02X is not UTF-8; the file is likely in %s, where it reads '%s'"
        .formatted(
            SourceFiles.shown(file),
            number,
            line[at] & 0xff,
            likely.equals(WINDOWS) ? "Windows-1252 (Latin-1)" : likely.name(),
            RowSearch.shortened(new String(line, from, line.length - from, likely)));
  }

  /** Korean where all that is not ASCII would be Hangul, else Western European. */
  private static Charset likely(byte[] line) {
    try {
      String korean = KOREAN.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      boolean hangul =
          korean
              .codePoints()
              .allMatch(c -> c < 0x80 || Character.UnicodeScript.of(c) == UnicodeScript.HANGUL);
      return hangul ? KOREAN : WINDOWS;
    } catch (CharacterCodingException other) {
      return WINDOWS;
    }
  }

  /** The place of the first byte that is not of an encoding. */
  private static int wrong(byte[] line, Charset encoding) {
    ByteBuffer in = ByteBuffer.wrap(line);
    encoding.newDecoder().decode(in, CharBuffer.allocate(line.length), true);
    return Math.min(in.position(), line.length - 1);
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
