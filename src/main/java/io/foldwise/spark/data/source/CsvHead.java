package io.foldwise.spark.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Header;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * How a csv file begins, which decides how all of it is read.
 *
 * <p>A file that begins with {@code #} has comments, as {@code numpy.savetxt} writes them, unless a
 * person says otherwise: its lines that begin so are not rows, and the last of them before the
 * first row is the header where it has the row's width. In any other file such a line is a row.
 *
 * @param file the file
 * @param header where the names of columns stand
 * @param syntax how its lines are cut
 * @param cells the cells of the header, or names that stand for it; a nameless column is an empty
 *     string
 */
record CsvHead(Path file, Place header, CsvSyntax syntax, List<String> cells)
    implements Serializable {

  /** Where the header is. */
  enum Place {
    /** The first line that is neither blank nor a comment. */
    LINE,
    /** The last comment before the first row. */
    COMMENT,
    /** There is no header. */
    NOWHERE
  }

  static final String COMMENT = "#";

  /** The most cells of a line, which is Spark's own bound. */
  private static final int MOST_CELLS = 20_480;

  /** A line and its number, from 1. */
  private record Line(long number, String text) {}

  CsvHead {
    cells = List.copyOf(cells);
  }

  /**
   * Reads a file's first lines, on the driver.
   *
   * @param expected the names of a file without a header, where it has as many columns
   * @return nothing where the file has blank lines alone
   * @throws InvalidInputException if its header cannot be told or read
   */
  static Optional<CsvHead> read(
      Configuration hadoop, Path file, Dialect dialect, List<String> expected) {
    try (TextLines lines = TextLines.open(hadoop, file, dialect.encoding())) {
      return new Reader(lines, file, dialect, expected).head();
    } catch (IOException failed) {
      throw new InvalidInputException(
          "'%s' cannot be read: %s".formatted(SourceFiles.shown(file), failed.getMessage()),
          failed);
    }
  }

  /** The options of Spark's reader. */
  Map<String, String> options() {
    return syntax.options(header);
  }

  /** The lines that count and stand before the first row. */
  int linesBefore() {
    return header == Place.LINE ? 1 : 0;
  }

  /** Makes the head of a file from its first lines. */
  private static final class Reader {

    private static final int LISTED = 3;
    private static final int LOOKED_AT = 20;

    private final TextLines lines;
    private final Path file;
    private final Dialect dialect;
    private final List<String> expected;
    private CsvSyntax syntax;
    private CsvParser parser;
    private boolean begins = true;
    private Optional<Line> comment = Optional.empty();

    Reader(TextLines lines, Path file, Dialect dialect, List<String> expected) {
      this.lines = lines;
      this.file = file;
      this.dialect = dialect;
      this.expected = expected;
      this.syntax = CsvSyntax.of(dialect);
      this.parser = syntax.parser();
    }

    Optional<CsvHead> head() throws IOException {
      Optional<Line> first = next();
      if (first.isEmpty()) {
        refuseCommentsAlone();
        return Optional.empty();
      }
      Optional<Line> above = comment;
      Deque<Line> looked = looked(first.get());
      if (dialect.separator().isEmpty()) {
        char found = new SeparatorSearch(syntax, looked.stream().map(Line::text).toList()).found();
        syntax = syntax.separatedBy(found);
        parser = syntax.parser();
      }
      List<String> cells = cells(looked.removeFirst());
      List<String> second = looked.isEmpty() ? List.of() : cells(looked.removeFirst());
      return Optional.of(head(first.get(), cells, above, second));
    }

    private Deque<Line> looked(Line first) throws IOException {
      Deque<Line> looked = new ArrayDeque<>(List.of(first));
      for (Optional<Line> more = next(); more.isPresent(); more = next()) {
        looked.add(more.get());
        if (looked.size() == LOOKED_AT) {
          break;
        }
      }
      return looked;
    }

    private CsvHead head(
        Line first, List<String> cells, Optional<Line> above, List<String> second) {
      if (dialect.header() == Header.FALSE) {
        return new CsvHead(file, Place.NOWHERE, syntax, numbered(cells));
      }
      boolean data = isData(cells, second);
      Optional<List<String>> named =
          above.map(this::commented).filter(names -> data && names.size() == cells.size());
      if (named.isPresent()) {
        return new CsvHead(file, Place.COMMENT, syntax, named.get());
      }
      if (data && dialect.header() == Header.AUTO) {
        throw new InvalidInputException(
            ("'%s', line %d: '%s' looks like a row of data, not like the names of columns: give"
                    + " --header false where no line names them (they are then %s), or --header true"
                    + " where this one does")
                .formatted(
                    SourceFiles.shown(file),
                    first.number(),
                    RowSearch.shortened(first.text()),
                    listed(numbered(cells))));
      }
      return new CsvHead(file, Place.LINE, syntax, cells);
    }

    /** The next line that is neither blank nor a comment. */
    private Optional<Line> next() throws IOException {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.trim().isEmpty()) {
          continue;
        }
        if (begins && dialect.comment().isEmpty() && line.startsWith(COMMENT)) {
          syntax = syntax.commentedBy(COMMENT);
        }
        begins = false;
        if (syntax.counts(line)) {
          return Optional.of(new Line(lines.number(), line));
        }
        comment = Optional.of(new Line(lines.number(), line));
      }
      return Optional.empty();
    }

    private void refuseCommentsAlone() {
      if (comment.isPresent()) {
        throw new InvalidInputException(
            ("'%s': every line begins with '%s', as comments do in a file that begins so: begin the"
                    + " file with a line of names")
                .formatted(SourceFiles.shown(file), syntax.comment()));
      }
    }

    private List<String> commented(Line line) {
      return cells(
          new Line(
              line.number(),
              line.text().replaceFirst("^(?:" + Pattern.quote(syntax.comment()) + ")+\\s*", "")));
    }

    private List<String> cells(Line line) {
      try {
        String[] cells = parser.parseLine(syntax.prepared(line.text()));
        return cells == null
            ? List.of("")
            : Arrays.stream(cells).map(cell -> cell == null ? "" : cell.trim()).toList();
      } catch (TextParsingException tooWide) {
        throw new InvalidInputException(
            "'%s', line %d: has more than %d cells: use Parquet or LIBSVM for wider data"
                .formatted(SourceFiles.shown(file), line.number(), MOST_CELLS),
            tooWide);
      }
    }

    /**
     * Whether cells look like those of a row: numbers only, or numbers just where the next has; a
     * cell that is missing may be either.
     */
    private boolean isData(List<String> cells, List<String> next) {
      List<Boolean> values = cells.stream().map(this::isValue).toList();
      boolean any = values.contains(true);
      boolean all =
          IntStream.range(0, cells.size()).allMatch(i -> isMissing(cells.get(i)) || values.get(i));
      boolean alike =
          next.size() == cells.size()
              && IntStream.range(0, cells.size())
                  .filter(i -> !isMissing(cells.get(i)) && !isMissing(next.get(i)))
                  .allMatch(i -> values.get(i) == isValue(next.get(i)));
      return any && (all || alike);
    }

    private boolean isMissing(String cell) {
      return syntax.isMissing(cell) || Dialect.mayBeMissing(cell);
    }

    /** Whether a cell is a number, perhaps with a decimal comma, or a boolean. */
    private boolean isValue(String cell) {
      return syntax.mayBeNumber(cell)
          || cell.equalsIgnoreCase("true")
          || cell.equalsIgnoreCase("false");
    }

    /**
     * Names for the columns of a row, of which trailing empty cells, as of spreadsheets, are none.
     */
    private List<String> numbered(List<String> cells) {
      int width = cells.size();
      while (width > 1 && cells.get(width - 1).isEmpty()) {
        width--;
      }
      List<String> names = new ArrayList<>(expected);
      if (width != expected.size()) {
        names.clear();
        IntStream.range(0, width).forEach(i -> names.add("x" + i));
        names.set(width - 1, width > 1 ? "y" : "x0");
      }
      names.addAll(Collections.nCopies(cells.size() - width, ""));
      return names;
    }

    private static String listed(List<String> names) {
      return names.size() <= LISTED
          ? String.join(", ", names)
          : names.get(0) + ", " + names.get(1) + ", …, " + names.get(names.size() - 1);
    }
  }
}
