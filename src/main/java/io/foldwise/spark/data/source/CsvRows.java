package io.foldwise.spark.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of csv files that begin alike, cut from the lines of one partition as Spark's own reader
 * of csv cuts them: by the same parser, without blank lines, comments and the header. That reader
 * compiles code for each of its columns; this one costs the same for few and for many.
 *
 * <p>Each call of {@link #next} returns this object, which has become the next row.
 */
final class CsvRows implements Iterator<CsvRows> {

  private final Iterator<InternalRow> lines;
  private final CsvHead head;
  private final CsvSyntax syntax;
  private final Charset charset;
  private final int width;
  private final CsvParser parser;
  private boolean ahead;
  private boolean headed;
  private String line = "";
  private String[] cells = new String[0];
  private UTF8String file = UTF8String.EMPTY_UTF8;
  private long start = -1;

  /**
   * The rows of some lines.
   *
   * @param lines the lines of Spark's reader of text, while it reads them: it knows each one's
   *     block
   */
  CsvRows(Iterator<InternalRow> lines, CsvHead head) {
    this.lines = lines;
    this.head = head;
    this.syntax = head.syntax();
    this.charset = syntax.charset();
    this.width = head.cells().size();
    this.parser = syntax.parser();
  }

  @Override
  public boolean hasNext() {
    while (!ahead && lines.hasNext()) {
      ahead = isRow(lines.next());
    }
    return ahead;
  }

  private boolean isRow(InternalRow read) {
    UTF8String text = read.getUTF8String(0);
    line = syntax.isUtf8() ? text.toString() : new String(text.getBytes(), charset);
    UTF8String path = InputFileBlockHolder.getInputFilePath();
    long block = InputFileBlockHolder.getStartOffset();
    if (block != start || !path.equals(file)) {
      file = path.clone();
      start = block;
      headed = block == 0 && head.header() == CsvHead.Place.LINE;
    }
    boolean counts = syntax.counts(line);
    boolean isHeader = counts && headed;
    headed &= !isHeader;
    return counts && !isHeader;
  }

  @Override
  public CsvRows next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ahead = false;
    cells = cut();
    return this;
  }

  private String[] cut() {
    try {
      String[] found = parser.parseLine(syntax.prepared(line));
      return found == null ? new String[0] : found;
    } catch (TextParsingException tooWide) {
      return new String[0];
    }
  }

  CsvHead head() {
    return head;
  }

  /** Whether the line is not as wide as the header; its cells are not to be read then. */
  boolean isRagged() {
    return cells.length != width;
  }

  String line() {
    return line;
  }

  /** A cell; null where it is missing. */
  String cell(int j) {
    String cell = cells[j];
    return cell == null || syntax.isMissing(cell) ? null : cell;
  }

  /** The path of the file that the row is in. */
  UTF8String file() {
    return file;
  }

  /** The first byte of the row's block of that file. */
  long start() {
    return start;
  }
}
