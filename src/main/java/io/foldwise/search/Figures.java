package io.foldwise.search;

/** Numbers as a person reads them. */
public final class Figures {
  private static final double LARGEST_WHOLE = 1e6;

  private Figures() {}

  /** Four significant digits, whole numbers below a million in full; NaN and infinity are "-". */
  public static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Long.toString((long) value)
        : "%.4g".formatted(value);
  }
}
