package io.foldwise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A csv file that a command wrote, each row by the names of its header. */
record WrittenCsv(List<String> header, List<Map<String, String>> rows) {
  static WrittenCsv of(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int at = 0; at < cells.length; at++) {
        row.put(header.get(at), cells[at]);
      }
      rows.add(row);
    }
    return new WrittenCsv(header, rows);
  }

  double number(int row, String column) {
    return Double.parseDouble(rows.get(row).get(column));
  }

  /** A column as numbers. */
  double[] column(String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }
}
