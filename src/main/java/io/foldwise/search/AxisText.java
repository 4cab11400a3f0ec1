package io.foldwise.search;

import io.foldwise.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of values on an axis as people write it: commas, {@code a..b}, {@code log(a,b,n)}, with
 * blanks anywhere between. An {@link AxisRange} stays as it is written.
 */
record AxisText(Axis axis) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");
  private static final Pattern LOG = Pattern.compile("log\\(([^,]+),([^,]+),([^,]+)\\)");
  private static final Pattern BLANKS_AROUND = Pattern.compile("\\s*(\\.\\.|[(),])\\s*");
  private static final int MOST_VALUES = 100_000;

  /** Every value of a list, in order. */
  List<String> expand(String text) {
    List<String> values = new ArrayList<>();
    String dense = BLANKS_AROUND.matcher(text).replaceAll("$1");
    for (String item : dense.split(",(?![^(]*\\))", -1)) {
      String value = item.strip();
      Matcher range = RANGE.matcher(value);
      Matcher log = LOG.matcher(value);
      if (value.isEmpty()) {
        throw new InvalidInputException(
            "'%s' has an empty value in '%s': it must be %s"
                .formatted(axis.label(), text.strip(), axis.domain()));
      } else if (range.matches()) {
        addRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)), values);
      } else if (log.matches()) {
        addLog(value, log, values);
      } else {
        values.add(value);
      }
    }
    return values;
  }

  private void addRange(int from, int to, List<String> values) {
    if (to < from || to - from >= MOST_VALUES) {
      throw new InvalidInputException(
          "'%s' (%d..%d) must go upwards and have <= %d values"
              .formatted(axis.label(), from, to, MOST_VALUES));
    }
    for (int value = from; value <= to; value++) {
      values.add(Integer.toString(value));
    }
  }

  /** n values evenly spaced in the logarithm, both ends included exactly. */
  private void addLog(String text, Matcher log, List<String> values) {
    double from;
    double to;
    int n;
    try {
      from = Double.parseDouble(log.group(1));
      to = Double.parseDouble(log.group(2));
      n = Integer.parseInt(log.group(3).strip());
    } catch (NumberFormatException notANumber) {
      throw logRefusal(text);
    }
    if (!(from > 0 && to > 0) || n < 2 || n > MOST_VALUES || Double.isInfinite(from + to)) {
      throw logRefusal(text);
    }
    for (int i = 0; i < n; i++) {
      double exponent = Math.log(from) + (Math.log(to) - Math.log(from)) * i / (n - 1);
      values.add(Double.toString(i == 0 ? from : i == n - 1 ? to : Math.exp(exponent)));
    }
  }

  private InvalidInputException logRefusal(String text) {
    return new InvalidInputException(
        "'%s' (%s) must be log(a,b,n) with numbers a, b > 0 and a whole n >= 2"
            .formatted(axis.label(), text));
  }
}
