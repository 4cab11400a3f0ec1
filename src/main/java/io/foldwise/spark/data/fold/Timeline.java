package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Numeral;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;

/**
 * How far apart times are: numbers as the decimals that they are written as, so that 0.3 − 0.1 is
 * 0.2; dates by the clock that they are written by, to the nanosecond.
 *
 * @param places where each time stands, ascending, in units of the numbers or in seconds
 * @param isOfDates whether times are dates
 */
record Timeline(List<BigDecimal> places, boolean isOfDates) {
  private static final BigDecimal DAY = BigDecimal.valueOf(24 * 60 * 60);
  private static final int NANOS = 9;

  private static final DateTimeFormatter DATES =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM[-dd[['T'][' ']HH[:mm[:ss]]]]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, NANOS, true)
          .optionalEnd()
          .appendPattern("[XXX][X]")
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
          .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * The places of times.
   *
   * @param times distinct, in their order
   * @param name the name of their column
   * @throws InvalidInputException if one is no finite number and no date, or dates are of several
   *     time zones, so that the order of their texts is not that of time
   */
  static Timeline of(List<String> times, String name) {
    boolean isOfDates = !times.stream().allMatch(Numeral::is);
    List<BigDecimal> places = new ArrayList<>();
    for (String time : times) {
      places.add(isOfDates ? seconds(time, name) : number(time, name));
      int at = places.size() - 1;
      if (at > 0 && places.get(at).compareTo(places.get(at - 1)) < 0) {
        throw new InvalidInputException(
            "'time' (%s) holds '%s' and '%s', which is earlier: 'purge' needs all times in one time zone"
                .formatted(name, times.get(at - 1), time));
      }
    }
    return new Timeline(places, isOfDates);
  }

  private static BigDecimal number(String time, String name) {
    double number = Double.parseDouble(time);
    if (!Double.isFinite(number)) {
      throw new InvalidInputException(
          "'time' (%s) holds %s: 'purge' needs finite numbers".formatted(name, time));
    }
    return BigDecimal.valueOf(number);
  }

  private static BigDecimal seconds(String time, String name) {
    try {
      OffsetDateTime date = DATES.parse(time.strip(), OffsetDateTime::from);
      return BigDecimal.valueOf(date.toEpochSecond())
          .add(BigDecimal.valueOf(date.getNano(), NANOS));
    } catch (DateTimeException other) {
      throw new InvalidInputException(
          "'time' (%s) holds '%s': 'purge' needs numbers, or dates such as 2020-12-31 23:59:30"
              .formatted(name, time),
          other);
    }
  }

  /** A number as a person would write it. */
  static String plain(double number) {
    return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : Double.toString(number);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** What a purge is in the units of {@link #places}. */
  BigDecimal units(double purge) {
    BigDecimal own = BigDecimal.valueOf(purge);
    return isOfDates ? own.multiply(DAY) : own;
  }

  /** A length of time as a person would write the purge. */
  String told(BigDecimal length) {
    return plain(isOfDates ? length.divide(DAY, MathContext.DECIMAL32) : length);
  }

  /** What a purge is counted in. */
  String unit() {
    return isOfDates ? "days" : "time";
  }
}
