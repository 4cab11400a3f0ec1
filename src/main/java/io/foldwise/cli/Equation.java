package io.foldwise.cli;

import static io.foldwise.search.Figures.brief;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes {@code y = 1.5 + 2 x - 0.3 x^2}, up to a number of terms, beyond which they are only
 * counted. Names of more than one word stand in brackets: {@code 2.973 * [living area]^2}.
 */
enum Equation {
  /** Writes as many terms as people would read. */
  BRIEF(15),
  /** Writes every term. */
  WHOLE(Integer.MAX_VALUE);

  /** A feature in the name of a term, which are divided by {@code *} and may end in a power. */
  private static final Pattern FEATURE_WITH_BLANK = Pattern.compile("[^*^]*\\s[^*^]*");

  private final int mostTerms;

  Equation(int mostTerms) {
    this.mostTerms = mostTerms;
  }

  /** The equation of a model by its intercept and its coefficients. */
  String of(String label, double intercept, Map<String, Double> coefficients) {
    String start = label + " = " + brief(intercept);
    if (coefficients.size() > mostTerms) {
      return start
          + " + "
          + SummaryText.counted(coefficients.size(), "term")
          + " (--verbose shows them)";
    }
    StringBuilder equation = new StringBuilder(start);
    coefficients.forEach((name, value) -> equation.append(term(name, value)));
    return equation.toString();
  }

  private static String term(String name, double value) {
    String sign = value < 0 ? " - " : " + ";
    String shown = FEATURE_WITH_BLANK.matcher(name).replaceAll("[$0]");
    String times = shown.equals(name) ? " " : " * ";
    return sign + brief(Math.abs(value)) + times + shown;
  }
}
