package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured and where it goes.
 *
 * @param sections in the order in which they run
 * @param rows n of the Parquet files; the bounds are judged at {@link #JUDGED_ROWS} or more
 * @param work folder for the data
 * @param out the table
 * @param rounds of which the median is taken
 */
record BenchmarkOptions(List<Section> sections, long rows, Path work, Path out, int rounds) {
  static final long JUDGED_ROWS = 1_000_000;
  private static final long QUICK_ROWS = 200_000;
  private static final long LEAST_ROWS = 100_001;
  private static final int ROUNDS = 3;

  BenchmarkOptions {
    sections = List.copyOf(sections);
    if (rows < LEAST_ROWS) {
      throw new InvalidInputException(
          "'rows' (%d) must be >= %d: below, other code deals the folds"
              .formatted(rows, LEAST_ROWS));
    }
  }

  /** Reads {@code WORK [SECTION ...] [--rows N] [--out FILE.md] [--quick]}. */
  static BenchmarkOptions parse(String[] words) {
    Path work = Path.of(words[0]);
    Path out = work.resolve("table.md");
    Set<Section> sections = EnumSet.noneOf(Section.class);
    long rows = 0;
    boolean quick = false;
    for (int at = 1; at < words.length; at++) {
      switch (words[at]) {
        case "--quick" -> quick = true;
        case "--rows" -> rows = number(value(words, at++));
        case "--out" -> out = Path.of(value(words, at++));
        default -> sections.addAll(sections(words[at]));
      }
    }
    long chosen = rows > 0 ? rows : quick ? QUICK_ROWS : JUDGED_ROWS;
    return new BenchmarkOptions(
        List.copyOf(sections.isEmpty() ? sections("all") : sections),
        chosen,
        work,
        out,
        quick ? 1 : ROUNDS);
  }

  private static Set<Section> sections(String word) {
    if (word.startsWith("--")) {
      throw new InvalidInputException(
          "'" + word + "' is no option: there are --rows N, --out FILE.md, --quick");
    }
    return word.equals("all") ? Section.ofSpeed() : EnumSet.of(Section.of(word));
  }

  private static String value(String[] words, int option) {
    if (option + 1 == words.length) {
      throw new InvalidInputException("'" + words[option] + "' needs a value");
    }
    return words[option + 1];
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new InvalidInputException("'rows' (" + text + ") must be a whole number");
    }
  }

  /** Whether there are rows enough for the bounds to be meant. */
  boolean isJudged() {
    return rows >= JUDGED_ROWS;
  }
}
