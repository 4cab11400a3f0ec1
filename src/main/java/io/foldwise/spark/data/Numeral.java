package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.not;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Numbers in text, as NumPy and pandas read them: decimal, with an exponent or not, {@code nan} and
 * {@code inf} in any case. What Java and Spark take besides is text: {@code 1D}, {@code 2f}, {@code
 * 0x1p3}.
 */
final class Numeral {

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  private static final String JAVA_ALONE = "(?i)x|[0-9.][df]\\s*$";

  private Numeral() {}

  /** The number, or nothing where the text is none; blanks around it do not count. */
  static OptionalDouble of(String text) {
    String word = text.trim();
    if (word.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!isDecimal(word)) {
      String lower = word.toLowerCase(Locale.ROOT);
      return NOT_FINITE.contains(lower)
          ? OptionalDouble.of(notFinite(lower))
          : OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(word));
    } catch (NumberFormatException other) {
      return OptionalDouble.empty();
    }
  }

  /** Of most texts that are no numbers this spares the exception. */
  private static boolean isDecimal(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }

  private static double notFinite(String word) {
    if (word.equals("nan")) {
      return Double.NaN;
    }
    return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether a cell, which is not null, is no number. */
  static Column isText(Column cell) {
    Column text = cell.cast(DataTypes.StringType);
    return not(text.try_cast(DataTypes.DoubleType).isNotNull()).or(text.rlike(JAVA_ALONE));
  }
}
