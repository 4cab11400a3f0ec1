package io.foldwise.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines of cells, each column as wide as its widest cell, right-aligned except the first and
 * others.
 */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> left = new HashSet<>(Set.of(0));

  /**
   * Makes an empty table.
   *
   * @param words the columns beside the first that are left-aligned, as words are
   */
  TextTable(int... words) {
    for (int column : words) {
      left.add(column);
    }
  }

  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** All lines, each with its newline. */
  String text() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String padding = " ".repeat(widths[column] - row.get(column).length());
        line.append(column == 0 ? "" : GAP);
        line.append(left.contains(column) ? row.get(column) + padding : padding + row.get(column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }
}
