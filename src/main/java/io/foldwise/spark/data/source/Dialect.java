package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Header;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How text files of cells are written, as far as a person says it; the rest is told from the files.
 *
 * @param header whether they begin with a line of names
 * @param separator the character between two cells, {@link #BLANKS} for any run of spaces and tabs;
 *     if empty, the first lines tell it
 * @param decimal the decimal mark of numbers, a point or a comma
 * @param comment the character that begins a line which is no row, empty text where there are no
 *     such lines; if empty, {@code #} where the file begins with it
 * @param encoding how characters are written as bytes: any in which a line ends with the byte of
 *     ASCII
 * @param missing what stands for a missing value beside an empty cell
 */
public record Dialect(
    Header header,
    Optional<Character> separator,
    char decimal,
    Optional<String> comment,
    Charset encoding,
    Set<String> missing) {

  /** The separator that stands for any run of spaces and tabs. */
  public static final char BLANKS = ' ';

  /** What files write for a missing value, in lower case: R, pandas, SQL and the UCI archive. */
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d*,\\d+");

  private static final Set<String> MISSING =
      Set.of("?", "na", "n/a", "#n/a", "<na>", "null", "none", "-", ".");

  /** Everything is told from the files. */
  public static final Dialect AUTO =
      new Dialect(
          Header.AUTO, Optional.empty(), '.', Optional.empty(), StandardCharsets.UTF_8, Set.of());

  public Dialect {
    Objects.requireNonNull(header);
    missing = Set.copyOf(missing);
    separator.ifPresent(Dialect::check);
    if (decimal == ',' && separator.equals(Optional.of(','))) {
      throw new InvalidInputException(
          "'decimal-comma' and 'separator' (,) exclude each other: a comma cannot be both");
    }
    if (!isOfLines(encoding)) {
      throw new InvalidInputException(
          "'encoding' (%s) must be one whose lines end as those of ASCII: save the file as UTF-8, as iconv -f %1$s -t UTF-8 does"
              .formatted(encoding.name()));
    }
  }

  private static void check(char separator) {
    if (Character.isLetterOrDigit(separator) || "\"'.+-_\n\r\\".indexOf(separator) >= 0) {
      throw new InvalidInputException(
          "'separator' (%s) must be a character that is no part of a number, a name or a quoted cell, such as , ; | or tab"
              .formatted(separator));
    }
  }

  private static boolean isOfLines(Charset encoding) {
    return encoding.canEncode() && "\n;".getBytes(encoding).length == 2;
  }

  /** Whether files use a cell like this for a missing value. */
  public static boolean mayBeMissing(String cell) {
    return MISSING.contains(cell.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether a cell is a number with a comma in the place of its point. */
  public static boolean hasDecimalComma(String cell) {
    return DECIMAL_COMMA.matcher(cell).matches();
  }

  /** The option that would make something else of a cell of text than text, if there is one. */
  public static Optional<String> hint(String cell) {
    if (mayBeMissing(cell)) {
      return Optional.of("--missing-values %s takes it for a missing cell".formatted(quoted(cell)));
    }
    return hasDecimalComma(cell)
        ? Optional.of("--decimal-comma takes it for a number")
        : Optional.empty();
  }

  private static String quoted(String cell) {
    return cell.matches("\\w+|[-.]") ? cell : "'" + cell + "'";
  }

  /** This dialect, with another statement about first lines. */
  public Dialect with(Header newHeader) {
    return new Dialect(newHeader, separator, decimal, comment, encoding, missing);
  }

  /** The name and the value of an option that only text files of cells have, if one is given. */
  Optional<String> stated() {
    if (header != Header.AUTO) {
      return Optional.of("'header' (%b)".formatted(header == Header.TRUE));
    }
    return separator
        .map("'separator' (%s)"::formatted)
        .or(() -> decimal == ',' ? Optional.of("'decimal-comma'") : Optional.empty())
        .or(() -> comment.map("'comment' (%s)"::formatted))
        .or(
            () ->
                encoding.equals(StandardCharsets.UTF_8)
                    ? Optional.empty()
                    : Optional.of("'encoding' (%s)".formatted(encoding.name())))
        .or(
            () ->
                missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("'missing-values' (%s)".formatted(String.join(",", missing))));
  }
}
