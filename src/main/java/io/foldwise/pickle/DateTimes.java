package io.foldwise.pickle;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How NumPy counts time: in steps of {@code count} units since 1970-01-01T00:00.
 *
 * @param unit NumPy's name of the unit, from {@code Y} to {@code ns}
 * @param utc whether the times are of a time zone, and kept in UTC
 */
record DateTimes(String unit, long count, boolean utc) implements EncodedText.Encoding {

  private static final List<String> UNITS =
      List.of("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns");

  /** NumPy's NaT, a missing time. */
  private static final long MISSING = Long.MIN_VALUE;

  private static final int DAY = 86_400;

  DateTimes {
    if (!UNITS.contains(unit)) {
      throw Refusal.ofValue(
          "is a NumPy array of times in units of "
              + Refusal.quote(unit)
              + ": save it with .astype('datetime64[s]')");
    }
  }

  /** Times of a zone, which the numbers are in UTC of. */
  DateTimes inUtc() {
    return new DateTimes(unit, count, true);
  }

  @Override
  public String typeName() {
    return "time";
  }

  @Override
  public String text(ByteBuffer bytes, int at) {
    return text(bytes.getLong(at));
  }

  /**
   * A time as pandas writes it, {@code 2024-01-31 12:00:00}, with a fraction of 6 or 9 digits where
   * there is one, and {@code +00:00} where it is of a zone; without a clock where units are days or
   * longer. Null where it is missing.
   */
  String text(long steps) {
    if (steps == MISSING) {
      return null;
    }
    long units = steps * count;
    return switch (unit) {
      case "Y" -> padded(1970 + units, 4);
      case "M" ->
          padded(1970 + Math.floorDiv(units, 12), 4)
              + "-"
              + padded(1 + Math.floorMod(units, 12), 2);
      case "W" -> date(7 * units);
      case "D" -> date(units);
      case "h" -> clock(3600 * units, 0);
      case "m" -> clock(60 * units, 0);
      case "s" -> clock(units, 0);
      case "ms" -> clock(Math.floorDiv(units, 1000), 1_000_000 * Math.floorMod(units, 1000));
      case "us" -> clock(Math.floorDiv(units, 1_000_000), 1000 * Math.floorMod(units, 1_000_000));
      default -> clock(Math.floorDiv(units, 1_000_000_000), Math.floorMod(units, 1_000_000_000));
    };
  }

  private String clock(long seconds, int nanos) {
    int ofDay = Math.floorMod(seconds, DAY);
    String fraction = "";
    if (nanos > 0) {
      fraction = nanos % 1000 == 0 ? "." + padded(nanos / 1000, 6) : "." + padded(nanos, 9);
    }
    return date(Math.floorDiv(seconds, DAY))
        + " "
        + padded(ofDay / 3600, 2)
        + ":"
        + padded(ofDay / 60 % 60, 2)
        + ":"
        + padded(ofDay % 60, 2)
        + fraction
        + (utc ? "+00:00" : "");
  }

  /**
   * The date of a day, counted from 1970-01-01 in the proleptic Gregorian calendar: H. Hinnant,
   * "chrono-compatible low-level date algorithms" (2021), civil_from_days. A browser has no
   * java.time.
   */
  private static String date(long days) {
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    long ofEra = shifted - era * 146_097;
    long years = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * years + years / 4 - years / 100);
    long fromMarch = (5 * ofYear + 2) / 153;
    long month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    long year = years + 400 * era + (month <= 2 ? 1 : 0);
    return padded(year, 4)
        + "-"
        + padded(month, 2)
        + "-"
        + padded(1 + ofYear - (153 * fromMarch + 2) / 5, 2);
  }

  static String padded(long number, int digits) {
    String text = Long.toString(Math.abs(number));
    return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
