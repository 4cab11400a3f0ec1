package io.foldwise.cli;

import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A candidate's values as people read them. */
final class AxisTexts {
  private AxisTexts() {}

  /** By name of axis; {@code epochs} are those trained. */
  static Map<String, String> of(Candidate candidate, long epochs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<Axis, Object> axis : candidate.values().entrySet()) {
      Object value = axis.getKey() == Axis.EPOCHS ? (Object) epochs : axis.getValue();
      String text = value instanceof Double number ? SummaryText.brief(number) : value.toString();
      texts.put(axis.getKey().label(), text);
    }
    return texts;
  }
}
