package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of numbers that random search draws from: {@code uniform(a,b)}, every number of [a, b]
 * alike, or {@code log-uniform(a,b)}, every power of ten alike. On an axis of whole numbers the
 * whole numbers from a to b are drawn.
 *
 * @param low a
 * @param high b > a; a > 0 on the logarithmic scale
 */
record AxisRange(Axis axis, Scale scale, double low, double high) {
  /** On which scale a range is even. */
  enum Scale {
    UNIFORM,
    LOGARITHMIC
  }

  private static final Pattern TEXT = Pattern.compile("(log-)?uniform\\(([^,]+),([^,]+)\\)");

  /**
   * The range that a value stands for, if it is one.
   *
   * @throws InvalidInputException if its ends are no numbers or in the wrong order
   */
  static Optional<AxisRange> of(Axis axis, String value) {
    Matcher text = TEXT.matcher(value);
    if (!text.matches()) {
      return Optional.empty();
    }
    Scale scale = text.group(1) == null ? Scale.UNIFORM : Scale.LOGARITHMIC;
    double low = end(axis, value, text.group(2));
    double high = end(axis, value, text.group(3));
    if (!(low < high) || (scale == Scale.LOGARITHMIC && !(low > 0))) {
      throw refusal(axis, value);
    }
    return Optional.of(new AxisRange(axis, scale, low, high));
  }

  private static double end(Axis axis, String value, String text) {
    try {
      double end = Double.parseDouble(text);
      if (Double.isFinite(end) && (!axis.isWhole() || end == Math.rint(end))) {
        return end;
      }
    } catch (NumberFormatException notANumber) {
      throw refusal(axis, value);
    }
    throw refusal(axis, value);
  }

  private static InvalidInputException refusal(Axis axis, String value) {
    return new InvalidInputException(
        "'%s' (%s) must be uniform(a,b) with %snumbers a < b, or log-uniform(a,b) with 0 < a < b"
            .formatted(axis.label(), value, axis.isWhole() ? "whole " : ""));
  }

  /** A number of the range, as the axis reads it. */
  String draw(Random random) {
    double u = random.nextDouble();
    double top = axis.isWhole() ? high + 1 : high;
    double drawn =
        switch (scale) {
          case UNIFORM -> low + u * (top - low);
          case LOGARITHMIC -> Math.exp(Math.log(low) + u * (Math.log(top) - Math.log(low)));
        };
    double within = Math.max(low, Math.min(high, axis.isWhole() ? Math.floor(drawn) : drawn));
    return axis.isWhole() ? Long.toString((long) within) : Double.toString(within);
  }
}
