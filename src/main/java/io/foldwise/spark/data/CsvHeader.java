package io.foldwise.spark.data;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.foldwise.search.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The header of a csv file, read on the driver. */
final class CsvHeader {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int MOST_COLUMNS = 20_480;

  private CsvHeader() {}

  /** The names in the first line that is not blank; an unnamed column is an empty string. */
  static List<String> names(Configuration hadoop, SourceFiles files) {
    try (BufferedReader lines = TextLines.open(hadoop, files.first())) {
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

  private static List<String> cells(String line) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setQuoteEscape('\\');
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setMaxCharsPerColumn(-1);
    String[] names = new CsvParser(settings).parseLine(line);
    return Arrays.stream(names).map(name -> name == null ? "" : name).toList();
  }
}
