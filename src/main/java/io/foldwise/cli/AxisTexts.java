package io.foldwise.cli;

import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.Figures;
import java.util.LinkedHashMap;
import java.util.Map;

/** A candidate's values as people read them. */
final class AxisTexts {
  private static final int MOST_CHARACTERS = 8;

  private AxisTexts() {}

  /**
   * The values by name of axis.
   *
   * @param epochs the epochs trained
   * @param rate the learning rate that {@code auto} came to; NaN leaves the word alone
   */
  static Map<String, String> of(Candidate candidate, long epochs, double rate) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<Axis, Object> axis : candidate.values().entrySet()) {
      Object value = axis.getKey() == Axis.EPOCHS ? (Object) epochs : axis.getValue();
      texts.put(
          axis.getKey().label(), value instanceof Double number ? text(number) : value.toString());
    }
    if (!Double.isNaN(rate)) {
      texts.replace(Axis.LEARNING_RATE.label(), "auto", text(rate) + " (auto)");
    }
    return texts;
  }

  /** A number as it was written where that is short (0.1, 1.0E-4 as 1e-4), else four digits. */
  private static String text(double value) {
    String exact = Double.toString(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
    return exact.length() <= MOST_CHARACTERS ? exact : Figures.brief(value);
  }
}
