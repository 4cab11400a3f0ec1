package io.foldwise.spark.data.schema;

import io.foldwise.input.InvalidInputException;
import java.util.Optional;

/** Where the rows come from that score the final model and that nothing else has seen. */
public sealed interface TestSource {

  /** The test set that the file itself holds (a pickle's x_test, y_test), else none. */
  record Own() implements TestSource {}

  /**
   * Another dataset of the same format and columns.
   *
   * @param labels the file whose n-th row holds the label of the n-th test row; if empty, the
   *     dataset holds it
   */
  record Separate(String path, Optional<String> labels) implements TestSource {
    public Separate {
      if (path == null || path.isBlank()) {
        throw new InvalidInputException("'test-data' is empty: name a file or a directory");
      }
    }

    /** A dataset that holds its labels. */
    public Separate(String path) {
      this(path, Optional.empty());
    }
  }

  /**
   * A part of the rows: ⌈fraction·n⌉ of n, up to 100,000 rows; above, {@link Split#RANDOM} takes
   * that many on average.
   */
  record Fraction(double fraction, Split split) implements TestSource {
    public Fraction {
      if (!(fraction > 0 && fraction < 1)) {
        throw new InvalidInputException(
            "'test-fraction' (" + fraction + ") must be > 0 and < 1: both sets need rows");
      }
    }

    /** ⌈fraction·n⌉, where a product within 1e-9 of an integer counts as that integer. */
    public long rowsOf(long n) {
      long rows = (long) Math.ceil(fraction * n - 1e-9);
      if (rows >= n) {
        throw new InvalidInputException(
            "'test-fraction' ("
                + fraction
                + ") of "
                + n
                + " rows leaves none to train on: lower it or add rows");
      }
      return Math.max(1, rows);
    }
  }

  /** The rows that are drawn. */
  enum Split {
    /** Rows drawn by (seed, row key). */
    RANDOM,
    /** The last rows in file order. */
    TAIL
  }
}
