package io.foldwise.search;

import java.util.List;
import java.util.stream.Collectors;

/** Numbers and lists as a person reads them. */
public final class Figures {
  private static final double LARGEST_WHOLE = 1e6;
  private static final int MOST_NAMES = 10;

  private Figures() {}

  /**
   * A number to four significant digits, or in full if whole and below a million; "-" if not
   * finite.
   */
  public static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Long.toString((long) value)
        : "%.4g".formatted(value);
  }

  /** The first ten names in quotes, and how many more there are. */
  public static String listed(List<String> names) {
    String first =
        names.stream().limit(MOST_NAMES).map("'%s'"::formatted).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES
        ? "%s and %d more".formatted(first, names.size() - MOST_NAMES)
        : first;
  }
}
