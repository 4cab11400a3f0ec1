package io.foldwise.pickle;

/** Single values that stand in lists and in columns of objects: numbers and times of Python. */
final class Scalars {

  /** What pandas calls units of time by number. */
  private static final String[] RESOLUTIONS = {"s", "ms", "us", "ns"};

  private static final int SECONDS = 7;
  private static final int NANOSECONDS = 10;

  private Scalars() {}

  /** The number of {@code decimal.Decimal(digits)}. */
  static Object decimal(Object[] arguments) {
    if (arguments.length == 1 && arguments[0] instanceof String digits) {
      return switch (digits) {
        case "NaN", "sNaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.valueOf(digits);
      };
    }
    throw new Refusal("a decimal.Decimal is not as Python writes it: damaged");
  }

  /** The text of {@code datetime.date(bytes)}. */
  static Object date(Object[] arguments) {
    return date(bytes(arguments, 4));
  }

  private static String date(byte[] of) {
    int year = (of[0] & 0xff) << 8 | (of[1] & 0xff);
    return DateTimes.padded(year, 4)
        + "-"
        // Python keeps in the month's upper bit which of two equal hours it is.
        + DateTimes.padded(of[2] & 0x7f, 2)
        + "-"
        + DateTimes.padded(of[3], 2);
  }

  /** The text of {@code datetime.datetime(bytes)}; one of a zone is not read. */
  static Object dateTime(Object[] arguments) {
    if (arguments.length > 1 && arguments[1] != null) {
      return new Unread("a datetime of a time zone", "a datetime of a time zone is not read");
    }
    byte[] of = bytes(arguments, 10);
    int micros = (of[7] & 0xff) << 16 | (of[8] & 0xff) << 8 | (of[9] & 0xff);
    return date(of)
        + " "
        + DateTimes.padded(of[4], 2)
        + ":"
        + DateTimes.padded(of[5], 2)
        + ":"
        + DateTimes.padded(of[6], 2)
        + (micros > 0 ? "." + DateTimes.padded(micros, 6) : "");
  }

  private static byte[] bytes(Object[] arguments, int length) {
    Object given = arguments.length > 0 ? arguments[0] : null;
    Object payload = given instanceof String latin1 ? Payload.ofLatin1(latin1) : given;
    if (payload instanceof Payload.InMemory bytes && bytes.length() == length) {
      byte[] copy = new byte[length];
      bytes.readFully(null, 0, copy, length);
      return copy;
    }
    throw new Refusal("a date is not as Python writes it: damaged");
  }

  /** The text of a pandas Timestamp: (steps, frequency, zone[, unit]), before 2.0 nanoseconds. */
  static Object timestamp(Object[] arguments) {
    if (arguments.length < 3 || !(arguments[0] instanceof Number steps)) {
      throw new Refusal("a pandas Timestamp is not as pandas writes it: damaged");
    }
    int unit =
        arguments.length > 3 && arguments[3] instanceof Number n ? n.intValue() : NANOSECONDS;
    if (unit < SECONDS || unit > NANOSECONDS) {
      throw new Refusal("a pandas Timestamp is of an unknown unit: damaged");
    }
    return new DateTimes(RESOLUTIONS[unit - SECONDS], 1, arguments[2] != null)
        .text(steps.longValue());
  }
}
