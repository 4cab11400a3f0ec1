package io.foldwise.spark.data.fold;

import java.util.Map;

/** How rows are dealt into k folds. */
sealed interface Dealing {
  /** k. */
  int folds();

  /**
   * By the row's draw: exactly evenly where rows can be ranked, else by the draw itself, which is
   * even by chance alone.
   *
   * @param withinTrait whether each value of the trait is spread evenly, beside all rows together
   */
  record Spread(int folds, boolean withinTrait) implements Dealing {}

  /** By the row's position in file order: of n rows, the first n mod k folds have one row more. */
  record Runs(int folds, long rows) implements Dealing {
    /** The fold of the row at a position, from 0. */
    int fold(long position) {
      return (int)
          (position < larger()
              ? position / (size() + 1)
              : rows % folds + (position - larger()) / size());
    }

    /** The same as an SQL expression over a column of positions. */
    String fold(String position) {
      return "int(if(%1$s < %2$d, %1$s div %3$d, %4$d + (%1$s - %2$d) div %5$d))"
          .formatted(position, larger(), size() + 1, rows % folds, size());
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
   * By the value of the trait.
   *
   * @param values the fold of each
   */
  record ByValue(int folds, Map<Object, Integer> values) implements Dealing {}
}
