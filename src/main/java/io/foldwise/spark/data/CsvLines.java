package io.foldwise.spark.data;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.foldwise.search.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Single lines of a csv file, read on the driver: its header, and where its rows stand. */
final class CsvLines {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int MOST_COLUMNS = 20_480;

  private CsvLines() {}

  /** The names in the first line that is not blank; an unnamed column is an empty string. */
  static List<String> header(Configuration hadoop, SourceFiles files) {
    try (BufferedReader lines = lines(hadoop, files.first())) {
      String line = lines.readLine();
      while (line != null && line.isBlank()) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new InvalidInputException(
            "'" + files.path() + "' is empty: a header line and rows are needed");
      }
      return cells(line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
    } catch (IOException failed) {
      throw new InvalidInputException(
          "'" + files.path() + "' cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** The line, from 1, of a row, from 1: the header and blank lines are not rows. */
  static long lineOf(Configuration hadoop, Path file, long row) {
    try (BufferedReader lines = lines(hadoop, file)) {
      long number = 0;
      long filled = 0;
      while (filled <= row) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        number++;
        filled += line.isBlank() ? 0 : 1;
      }
      return number;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> cells(String line) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setQuoteEscape('\\');
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setMaxCharsPerColumn(-1);
    String[] names = new CsvParser(settings).parseLine(line);
    return Arrays.stream(names).map(name -> name == null ? "" : name).toList();
  }

  private static BufferedReader lines(Configuration hadoop, Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(SourceFiles.open(hadoop, file), StandardCharsets.UTF_8));
  }
}
