package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import com.univocity.parsers.csv.CsvParser;
import io.foldwise.spark.data.schema.Numeral;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How the lines of a file are cut into cells, and what these mean.
 *
 * @param separator the character between two cells, {@link Dialect#BLANKS} for any run of spaces
 *     and tabs
 * @param decimal the decimal mark
 * @param comment what lines begin with that are no rows; empty where there are none
 * @param encoding the name of the encoding
 * @param missing what stands for a missing value beside an empty cell
 */
record CsvSyntax(char separator, char decimal, String comment, String encoding, Set<String> missing)
    implements Serializable {

  private static final char QUOTE = '"';

  CsvSyntax {
    missing = Set.copyOf(missing);
  }

  /** The syntax that a dialect states, with commas and without comments where it leaves these. */
  static CsvSyntax of(Dialect dialect) {
    return new CsvSyntax(
        dialect.separator().orElse(','),
        dialect.decimal(),
        dialect.comment().orElse(""),
        dialect.encoding().name(),
        dialect.missing());
  }

  CsvSyntax separatedBy(char other) {
    return new CsvSyntax(other, decimal, comment, encoding, missing);
  }

  CsvSyntax commentedBy(String prefix) {
    return new CsvSyntax(separator, decimal, prefix, encoding, missing);
  }

  /** Whether Spark's own reader of csv cuts the same cells. */
  boolean isSparks() {
    return separator != Dialect.BLANKS && isUtf8();
  }

  boolean isUtf8() {
    return encoding.equals(StandardCharsets.UTF_8.name());
  }

  Charset charset() {
    return Charset.forName(encoding);
  }

  /** The options of Spark's reader. */
  Map<String, String> options(CsvHead.Place header) {
    return Map.of(
        "header",
        Boolean.toString(header == CsvHead.Place.LINE),
        "sep",
        separator == Dialect.BLANKS ? "\t" : String.valueOf(separator),
        "comment",
        comment,
        "escape",
        String.valueOf(QUOTE),
        "ignoreLeadingWhiteSpace",
        "true",
        "ignoreTrailingWhiteSpace",
        "true");
  }

  /** The parser that cuts what {@link #prepared} gives, as Spark's reader of rows does. */
  CsvParser parser() {
    return new CsvParser(
        new CSVOptions(
                scala.collection.immutable.Map.from(
                    CollectionConverters.asScala(options(CsvHead.Place.NOWHERE))),
                false,
                "UTC")
            .asParserSettings());
  }

  /** Whether a line is a row or the header. */
  boolean counts(String line) {
    return !line.trim().isEmpty() && !isComment(line);
  }

  boolean isComment(String line) {
    return !comment.isEmpty() && line.startsWith(comment);
  }

  /** A line as the parser takes it: where blanks separate cells, each run of them is one tab. */
  String prepared(String line) {
    if (separator != Dialect.BLANKS) {
      return line;
    }
    String text = line.strip();
    StringBuilder tabbed = new StringBuilder(text.length());
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      quoted ^= c == QUOTE;
      boolean blank = !quoted && (c == ' ' || c == '\t');
      if (!blank) {
        tabbed.append(c);
      } else if (tabbed.charAt(tabbed.length() - 1) != '\t') {
        tabbed.append('\t');
      }
    }
    return tabbed.toString();
  }

  /** Whether a cell stands for a missing value. */
  boolean isMissing(String cell) {
    return cell.isEmpty() || missing.contains(cell);
  }

  /** The cells that are not missing, the others null. */
  Column present(Column cell) {
    return missing.isEmpty() ? cell : when(not(cell.isin(missing.toArray())), cell);
  }

  /** A number with a point for its decimal mark; any other text as it is. */
  String pointed(String cell) {
    if (decimal == '.' || cell.indexOf(',') < 0 || cell.indexOf('.') >= 0) {
      return cell;
    }
    String point = cell.replace(',', '.');
    return Numeral.is(point) ? point : cell;
  }

  /** {@link #pointed} of a column of text. */
  Column pointed(Column cell) {
    if (decimal == '.') {
      return cell;
    }
    Column point = translate(cell, ",", ".");
    Column number = point.try_cast(DataTypes.DoubleType).isNotNull();
    return when(cell.contains(lit(".")), cell).when(number, point).otherwise(cell);
  }

  /** Whether a cell is a number; under a decimal comma one with a point is none. */
  boolean isNumber(String cell) {
    return Numeral.is(pointed(cell)) && !(decimal == ',' && cell.indexOf('.') >= 0);
  }

  /**
   * Whether a cell is a number, or would be one with a decimal comma, which nobody may have stated
   * where no comma separates cells.
   */
  boolean mayBeNumber(String cell) {
    return isNumber(cell) || (separator != ',' && isNumber(cell.replace(',', '.')));
  }

  /** The number of a cell, if it is one. */
  OptionalDouble number(String cell) {
    return isNumber(cell) ? Numeral.of(pointed(cell)) : OptionalDouble.empty();
  }
}
