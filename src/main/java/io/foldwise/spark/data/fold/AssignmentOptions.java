package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Assignment;
import io.foldwise.spark.data.load.ColumnRoles;
import java.util.Map;
import java.util.Objects;

/**
 * How to deal rows into folds and positions.
 *
 * @param folds the number of folds, k ≥ 2, or k ≥ 3 in forward chaining; it is not read under
 *     {@link FoldStrategy#column} and {@link FoldStrategy#none}
 * @param strategy what decides a row's fold
 * @param seed the seed of folds and positions
 * @param testSeed the seed of the random test split; it stays the same over repeats
 */
public record AssignmentOptions(int folds, FoldStrategy strategy, long seed, long testSeed) {
  /** The number of folds where none is named. */
  public static final int DEFAULT_FOLDS = 5;

  /** The seed where none is named. */
  public static final long DEFAULT_SEED = 42;

  public AssignmentOptions {
    Objects.requireNonNull(strategy);
    if (strategy.takesCount() && folds < 2) {
      throw new InvalidInputException(
          "'folds' (" + folds + ") must be >= 2: one fold leaves nothing to train on");
    }
    if (strategy.trainedOn() != Assignment.TrainedOn.OTHERS && strategy.takesCount() && folds < 3) {
      throw new InvalidInputException(
          "'folds' (%d) must be >= 3 where 'fold-strategy' is %s: the first is never held out, and one other has no standard error"
              .formatted(folds, strategy.option()));
    }
  }

  /** Options by which folds, positions and test split all come from one seed. */
  public static AssignmentOptions of(int folds, FoldStrategy strategy, long seed) {
    return new AssignmentOptions(folds, strategy, seed, seed);
  }

  /** Options without folds, for a single fit. */
  public static AssignmentOptions withoutFolds(long seed) {
    return of(1, FoldStrategy.none(), seed);
  }

  /** Options by which the fold column decides the folds. */
  public static AssignmentOptions byColumn(long seed) {
    return of(2, FoldStrategy.column(), seed);
  }

  /** Asks the strategy how so many rows are dealt, of which so many have each of its values. */
  Dealing dealing(long rows, Map<Object, Long> counts, ColumnRoles roles) {
    String column = strategy.trait().named(roles).orElse("");
    return strategy.dealing(new FoldStrategy.Asked(rows, folds, seed, column), counts);
  }

  /** These options over rows so many that folds follow hashes. */
  AssignmentOptions ofMany() {
    return new AssignmentOptions(folds, strategy.ofMany(), seed, testSeed);
  }

  /** The options of another repeat: new folds and positions, the same test rows. */
  public AssignmentOptions withSeed(long newSeed) {
    return new AssignmentOptions(folds, strategy, newSeed, testSeed);
  }
}
