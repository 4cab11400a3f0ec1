package io.foldwise.spark.data.fold;

import java.util.Map;

/** How rows are dealt into k folds. */
sealed interface Dealing {
  /** The number of folds, k. */
  int folds();

  /**
   * Deals by the row's draw: exactly evenly where rows can be ranked, else by the draw itself,
   * which is even by chance alone.
   *
   * @param withinTrait whether each value of the trait is spread evenly, beside all rows together
   */
  record Spread(int folds, boolean withinTrait) implements Dealing {}

  /**
   * Deals by the row's number in file order: of n rows, the first n mod k folds have one row more.
   */
  record Runs(int folds, long rows) implements Dealing {
    /** The fold of the row at a number, from 0. */
    int fold(long number) {
      return (int)
          (number < larger() ? number / (size() + 1) : rows % folds + (number - larger()) / size());
    }

    /** The fold as an SQL expression over a column of row numbers. */
    String fold(String number) {
      return "int(if(%1$s < %2$d, %1$s div %3$d, %4$d + (%1$s - %2$d) div %5$d))"
          .formatted(number, larger(), size() + 1, rows % folds, size());
    }

    private long size() {
      return rows / folds;
    }

    /** The rows of those folds that have one more. */
    private long larger() {
      return rows % folds * (size() + 1);
    }
  }

  /**
   * Deals by the value of the trait.
   *
   * @param values the fold of each value
   */
  record ByValue(int folds, Map<Object, Integer> values) implements Dealing {}
}
