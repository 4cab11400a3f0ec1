package io.foldwise.spark.data.schema;

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
public final class Numeral {

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  private static final String JAVA_ALONE = "(?i)x|[0-9.][df]\\s*$";

  private Numeral() {}

  /** The number, or nothing where the text is none; blanks around it do not count. */
  public static OptionalDouble of(String text) {
    String word = text.trim();
    if (isDecimal(word)) {
      return OptionalDouble.of(Double.parseDouble(word));
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return NOT_FINITE.contains(lower)
        ? OptionalDouble.of(notFinite(lower))
        : OptionalDouble.empty();
  }

  /** Whether {@link #of} finds a number, without its digits being computed. */
  public static boolean is(String text) {
    String word = text.trim();
    return isDecimal(word) || NOT_FINITE.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a word is digits, at most one point among them, and perhaps an exponent. */
  private static boolean isDecimal(String word) {
    int start = afterSign(word, 0);
    int point = afterDigits(word, start);
    boolean pointed = point < word.length() && word.charAt(point) == '.';
    int end = pointed ? afterDigits(word, point + 1) : point;
    if (end - start == (pointed ? 1 : 0)) {
      return false;
    }
    if (end == word.length()) {
      return true;
    }
    int exponent = afterSign(word, end + 1);
    return (word.charAt(end) == 'e' || word.charAt(end) == 'E')
        && exponent < word.length()
        && afterDigits(word, exponent) == word.length();
  }

  private static int afterSign(String word, int at) {
    boolean sign = at < word.length() && (word.charAt(at) == '-' || word.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  private static int afterDigits(String word, int at) {
    int after = at;
    while (after < word.length() && word.charAt(after) >= '0' && word.charAt(after) <= '9') {
      after++;
    }
    return after;
  }

  private static double notFinite(String word) {
    if (word.equals("nan")) {
      return Double.NaN;
    }
    return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether a cell, which is not null, is no number. */
  public static Column isText(Column cell) {
    Column text = cell.cast(DataTypes.StringType);
    return not(text.try_cast(DataTypes.DoubleType).isNotNull()).or(text.rlike(JAVA_ALONE));
  }
}
