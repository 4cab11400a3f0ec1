package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import java.util.List;
import java.util.Map;

/** How rows are dealt into k folds, or into the pieces of folds that a purge cuts in two. */
sealed interface Dealing {
  /** The number of folds, k. */
  int folds();

  /** What a person should know of it, one line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Deals by the row's draw: exactly evenly where rows can be ranked, else by the draw itself,
   * which is even by chance alone.
   *
   * @param withinTrait whether each value of the trait is spread evenly, beside all rows together
   */
  record Spread(int folds, boolean withinTrait) implements Dealing {}

  /**
   * Deals by the row's number in file order: of n rows, the first n mod k folds have one row more.
   *
   * @param purge the rows at the end of each fold that are a piece of their own; 0 where folds are
   *     not cut
   */
  record Runs(int folds, long rows, long purge) implements Dealing {
    public Runs {
      if (purge > 0 && rows >= folds && purge >= rows / folds) {
        throw new InvalidInputException(
            "'purge' (%d) must be < %d, the rows of a fold, of which nothing would be left: take less, or fewer folds"
                .formatted(purge, rows / folds));
      }
    }

    /** The piece of the row at a number, from 0; its fold where folds are not cut. */
    int piece(long number) {
      return purge == 0 ? fold(number) : fold(number) + fold(number + purge);
    }

    /** The piece as an SQL expression over a column of row numbers. */
    String piece(String number) {
      return purge == 0
          ? fold(number)
          : fold(number) + " + " + fold("(%s + %d)".formatted(number, purge));
    }

    /** The fold of the row at a number, from 0. */
    int fold(long number) {
      return (int)
          (number < larger() ? number / (size() + 1) : rows % folds + (number - larger()) / size());
    }

    private String fold(String number) {
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
   * @param values the fold of each value, or its piece
   */
  record ByValue(int folds, Map<Object, Integer> values, List<String> notes) implements Dealing {
    ByValue(int folds, Map<Object, Integer> values) {
      this(folds, values, List.of());
    }
  }
}
