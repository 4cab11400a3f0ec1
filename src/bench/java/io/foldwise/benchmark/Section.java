package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be asked for, in the order in which it runs. */
enum Section {
  SQUARED,
  LOGISTIC,
  TUNING,
  GROWTH,
  WIDE,
  MEMORY,
  START,
  DEFAULTS,
  COVERAGE;

  Measurement on(Stage stage) {
    return switch (this) {
      case SQUARED -> new SquaredLoss(stage);
      case LOGISTIC -> new LogisticLoss(stage);
      case TUNING -> new Tuning(stage);
      case GROWTH -> new Growth(stage);
      case WIDE -> new WideRows(stage);
      case MEMORY -> new MemoryBound(stage);
      case START -> new Start(stage);
      case DEFAULTS -> new Defaults(stage);
      case COVERAGE -> new Coverage(stage);
    };
  }

  /** Those whose bounds are on times: what {@code all} runs. */
  static Set<Section> ofSpeed() {
    return EnumSet.complementOf(EnumSet.of(DEFAULTS, COVERAGE));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Section of(String label) {
    return Arrays.stream(values())
        .filter(section -> section.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'%s' is no section: there are %s, all".formatted(label, labels())));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Section::label).collect(Collectors.joining(", "));
  }
}
