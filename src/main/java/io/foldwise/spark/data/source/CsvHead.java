package io.foldwise.spark.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Header;
import io.foldwise.spark.data.schema.Numeral;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How a csv file begins, which decides how all of it is read: {@link #options} are those of the
 * parser of its header and of the readers of its rows.
 *
 * <p>A file that begins with {@code #} has comments, as {@code numpy.savetxt} writes them: its
 * lines that begin so are not rows, and the last of them before the first row is the header where
 * it has the row's width. In any other file such a line is a row.
 *
 * @param file the file
 * @param header where the names of columns stand
 * @param comments whether lines that begin with {@code #} are comments
 * @param cells the cells of the header, or names that stand for it; a nameless column is an empty
 *     string
 */
record CsvHead(Path file, Place header, boolean comments, List<String> cells)
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

  /** What files write for a missing value, in lower case: R, pandas, SQL and the UCI archive. */
  private static final Set<String> MISSING =
      Set.of("?", "na", "n/a", "#n/a", "<na>", "null", "none", "-", ".");

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
      Configuration hadoop, Path file, Header wanted, List<String> expected) {
    try (TextLines lines = TextLines.open(hadoop, file)) {
      return new Reader(lines, file, wanted, expected).head();
    } catch (IOException failed) {
      throw new InvalidInputException(
          "'%s' cannot be read: %s".formatted(SourceFiles.shown(file), failed.getMessage()),
          failed);
    }
  }

  /** The options of Spark's reader. */
  Map<String, String> options() {
    return options(comments, header == Place.LINE);
  }

  /** The parser that cuts a line as Spark's reader of rows does. */
  CsvParser parser() {
    return parser(options());
  }

  private static CsvParser parser(Map<String, String> options) {
    return new CsvParser(
        new CSVOptions(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                false,
                "UTC")
            .asParserSettings());
  }

  private static Map<String, String> options(boolean comments, boolean header) {
    return Map.of(
        "header", Boolean.toString(header),
        "comment", comments ? COMMENT : "",
        "escape", "\"",
        "ignoreLeadingWhiteSpace", "true",
        "ignoreTrailingWhiteSpace", "true");
  }

  /** Whether a line is a row or the header. */
  boolean counts(String line) {
    return !isBlank(line) && !(comments && line.startsWith(COMMENT));
  }

  /** The lines that count and stand before the first row. */
  int linesBefore() {
    return header == Place.LINE ? 1 : 0;
  }

  /** Whether a line is blank, as Spark has it. */
  private static boolean isBlank(String line) {
    return line.trim().isEmpty();
  }

  /** Makes the head of a file from its first lines. */
  private static final class Reader {

    private static final int LISTED = 3;

    private final TextLines lines;
    private final Path file;
    private final Header wanted;
    private final List<String> expected;
    private final CsvParser parser;
    private boolean begins = true;
    private boolean comments;
    private Optional<Line> comment = Optional.empty();

    Reader(TextLines lines, Path file, Header wanted, List<String> expected) {
      this.lines = lines;
      this.file = file;
      this.wanted = wanted;
      this.expected = expected;
      this.parser = parser(options(false, false));
    }

    Optional<CsvHead> head() throws IOException {
      Optional<Line> first = next();
      if (first.isEmpty()) {
        refuseCommentsAlone();
        return Optional.empty();
      }
      List<String> cells = cells(first.get());
      checkSeparator(cells);
      Optional<Line> above = comment;
      Optional<List<String>> second = next().map(this::cells);
      return Optional.of(head(first.get(), cells, above, second.orElse(List.of())));
    }

    private CsvHead head(
        Line first, List<String> cells, Optional<Line> above, List<String> second) {
      if (wanted == Header.FALSE) {
        return new CsvHead(file, Place.NOWHERE, comments, numbered(cells));
      }
      boolean data = isData(cells, second);
      Optional<List<String>> named =
          above.map(this::commented).filter(names -> data && names.size() == cells.size());
      if (named.isPresent()) {
        return new CsvHead(file, Place.COMMENT, comments, named.get());
      }
      if (data && wanted == Header.AUTO) {
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
      return new CsvHead(file, Place.LINE, comments, cells);
    }

    /** The next line that is neither blank nor a comment. */
    private Optional<Line> next() throws IOException {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (isBlank(line)) {
          continue;
        }
        if (begins) {
          comments = line.startsWith(COMMENT);
          begins = false;
        }
        if (!comments || !line.startsWith(COMMENT)) {
          return Optional.of(new Line(lines.number(), line));
        }
        comment = Optional.of(new Line(lines.number(), line));
      }
      return Optional.empty();
    }

    private void refuseCommentsAlone() {
      if (comments) {
        throw new InvalidInputException(
            ("'%s': every line begins with '%s', as comments do in a file that begins so: begin the"
                    + " file with a line of names")
                .formatted(SourceFiles.shown(file), COMMENT));
      }
    }

    private List<String> commented(Line line) {
      return cells(new Line(line.number(), line.text().replaceFirst("^" + COMMENT + "+\\s*", "")));
    }

    private List<String> cells(Line line) {
      try {
        String[] cells = parser.parseLine(line.text());
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

    /** Refuses a single cell that would be several if another character separated them. */
    private void checkSeparator(List<String> cells) {
      String only = cells.get(0);
      boolean numbers =
          only.contains(" ")
              && Arrays.stream(only.split("\\s+")).allMatch(word -> Numeral.of(word).isPresent());
      if (cells.size() == 1 && (only.matches("(?s).*[;\t|].*") || numbers)) {
        throw new InvalidInputException(
            "'%s': the first line '%s' has no comma: separate cells by commas"
                .formatted(SourceFiles.shown(file), RowSearch.shortened(only)));
      }
    }

    /**
     * Whether cells look like those of a row: numbers only, or numbers just where the next has; a
     * cell that is missing may be either.
     */
    private static boolean isData(List<String> cells, List<String> next) {
      List<Boolean> values = cells.stream().map(Reader::isValue).toList();
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

    private static boolean isMissing(String cell) {
      return cell.isEmpty() || MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    private static boolean isValue(String cell) {
      return Numeral.of(cell).isPresent()
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
