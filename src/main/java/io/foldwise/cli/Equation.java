package io.foldwise.cli;

import java.util.Map;

/** y = 1.5 + 2 x - 0.3 x^2, as far as people would read it. */
final class Equation {
  private static final int MOST_TERMS = 8;

  private Equation() {}

  static String of(String label, double intercept, Map<String, Double> coefficients) {
    String start = label + " = " + SummaryText.brief(intercept);
    if (coefficients.size() > MOST_TERMS) {
      return start + " + " + SummaryText.counted(coefficients.size(), "term");
    }
    StringBuilder equation = new StringBuilder(start);
    coefficients.forEach(
        (name, value) ->
            equation
                .append(value < 0 ? " - " : " + ")
                .append(SummaryText.brief(Math.abs(value)))
                .append(' ')
                .append(name));
    return equation.toString();
  }
}
