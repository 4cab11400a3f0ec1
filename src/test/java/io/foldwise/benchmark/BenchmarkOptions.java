package io.foldwise.benchmark;

import io.foldwise.search.InvalidInputException;
import java.nio.file.Path;

/**
 * What is measured and where it goes.
 *
 * @param rows n of the Parquet files; the bounds are judged at {@link #JUDGED_ROWS} or more
 * @param work folder for the data
 * @param out the table
 * @param rounds of which the median is taken
 */
record BenchmarkOptions(long rows, Path work, Path out, int rounds) {
  static final long JUDGED_ROWS = 1_000_000;
  private static final long QUICK_ROWS = 200_000;
  private static final long LEAST_ROWS = 100_001;

  BenchmarkOptions {
    if (rows < LEAST_ROWS) {
      throw new InvalidInputException(
          "'rows' (%d) must be >= %d: below, other code deals the folds"
              .formatted(rows, LEAST_ROWS));
    }
  }

  /** Reads {@code WORK [--rows N] [--out FILE.md] [--quick]}. */
  static BenchmarkOptions parse(String[] words) {
    Path work = Path.of(words[0]);
    Path out = work.resolve("table.md");
    long rows = 0;
    boolean quick = false;
    for (int at = 1; at < words.length; at++) {
      switch (words[at]) {
        case "--quick" -> quick = true;
        case "--rows" -> rows = number(value(words, at++));
        case "--out" -> out = Path.of(value(words, at++));
        default ->
            throw new InvalidInputException(
                "'" + words[at] + "' is no option: there are --rows N, --out FILE.md, --quick");
      }
    }
    long chosen = rows > 0 ? rows : quick ? QUICK_ROWS : JUDGED_ROWS;
    return new BenchmarkOptions(chosen, work, out, quick ? 1 : 5);
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
