package io.foldwise.spark.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The lines of a text file, UTF-8, decompressed by its suffix, read on the driver. */
final class TextLines {

  private TextLines() {}

  static BufferedReader open(Configuration hadoop, Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(SourceFiles.open(hadoop, file), StandardCharsets.UTF_8));
  }

  /** The number, from 1, of the n-th of those lines that count; n is from 1. */
  static long numberOf(long n, Predicate<String> counts, Configuration hadoop, Path file) {
    try (BufferedReader lines = open(hadoop, file)) {
      long number = 0;
      long counted = 0;
      while (counted < n) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        number++;
        counted += counts.test(line) ? 1 : 0;
      }
      return number;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
