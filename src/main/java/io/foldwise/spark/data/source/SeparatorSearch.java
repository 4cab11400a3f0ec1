package io.foldwise.spark.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the separator of a file from its first lines: among those that cut all lines into the same
 * number of cells, at least two, the one with the largest part of numbers among its cells, then the
 * first of comma, semicolon, tab, bar and blanks. Blanks separate cells only where some column
 * below the first line holds numbers alone.
 */
final class SeparatorSearch {

  private static final List<Character> MARKS = List.of(',', ';', '\t', '|', Dialect.BLANKS);

  private final CsvSyntax syntax;
  private final List<String> lines;

  /**
   * Looks at lines.
   *
   * @param syntax what is known of the file
   * @param lines the first lines that are rows or the header, at least one
   */
  SeparatorSearch(CsvSyntax syntax, List<String> lines) {
    this.syntax = syntax;
    this.lines = lines;
  }

  /** The separator; where nothing cuts all lines alike, what cuts the first one, or a comma. */
  char found() {
    char best = 0;
    double most = -1;
    for (char mark : MARKS) {
      CsvSyntax cutting = syntax.separatedBy(mark);
      List<List<String>> rows = cut(cutting);
      boolean may = isEven(rows) && (mark != Dialect.BLANKS || hasNumbers(cutting, rows));
      double numbers = may ? numbers(cutting, rows) : -1;
      if (numbers > most) {
        best = mark;
        most = numbers;
      }
    }
    return most < 0 ? ofFirstLine() : best;
  }

  private char ofFirstLine() {
    return MARKS.stream()
        .filter(mark -> mark != Dialect.BLANKS && cut(syntax.separatedBy(mark)).get(0).size() > 1)
        .findFirst()
        .orElse(',');
  }

  private List<List<String>> cut(CsvSyntax cutting) {
    CsvParser parser = cutting.parser();
    return lines.stream().map(line -> cells(parser, cutting.prepared(line))).toList();
  }

  private static List<String> cells(CsvParser parser, String line) {
    try {
      String[] cells = parser.parseLine(line);
      return cells == null
          ? List.of("")
          : Arrays.stream(cells).map(cell -> Objects.requireNonNullElse(cell, "")).toList();
    } catch (TextParsingException tooWide) {
      return List.of("");
    }
  }

  private static boolean isEven(List<List<String>> rows) {
    int width = rows.get(0).size();
    return width > 1 && rows.stream().allMatch(row -> row.size() == width);
  }

  /** The part of numbers among the cells that hold something. */
  private static double numbers(CsvSyntax cutting, List<List<String>> rows) {
    List<String> cells =
        rows.stream().flatMap(List::stream).filter(cell -> !cutting.isMissing(cell)).toList();
    long numbers = cells.stream().filter(cell -> looksLikeNumber(cutting, cell)).count();
    return cells.isEmpty() ? 0 : (double) numbers / cells.size();
  }

  private static boolean hasNumbers(CsvSyntax cutting, List<List<String>> rows) {
    List<List<String>> below = rows.size() > 1 ? rows.subList(1, rows.size()) : rows;
    return Stream.iterate(0, j -> j + 1)
        .limit(rows.get(0).size())
        .anyMatch(j -> below.stream().allMatch(row -> looksLikeNumber(cutting, row.get(j))));
  }

  /** A comma that is the decimal mark separates no numbers. */
  private static boolean looksLikeNumber(CsvSyntax cutting, String cell) {
    boolean taken = cutting.separator() == ',' && cutting.decimal() == ',';
    return !taken && cutting.mayBeNumber(cell);
  }
}
