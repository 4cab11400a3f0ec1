package io.foldwise.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Rows of comma-separated values; numbers that are not finite are empty cells (RFC 4180). */
record CsvText(Writer out) {
  /** Writes one line; cells are numbers, booleans, names or null. */
  void row(List<?> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.write(i == 0 ? "" : ",");
      out.write(cell(cells.get(i)));
    }
    out.write('\n');
  }

  private static String cell(Object value) {
    if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
      return "";
    }
    String text = value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
