package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.search.Assignment;
import java.util.List;
import java.util.Map;

/**
 * How training rows are dealt into folds. A strategy says by which trait of a row, and how; it is
 * written once for small data, whose rows the driver holds, and for large data, of which only
 * columns and counts are known.
 */
public interface FoldStrategy {
  /** Deals rows evenly by (seed, row key). */
  static FoldStrategy random() {
    return new RandomFolds();
  }

  /** Deals consecutive runs of file order, as scikit-learn's KFold(shuffle=False). */
  static FoldStrategy contiguous() {
    return new ContiguousFolds();
  }

  /**
   * Deals consecutive runs of file order, which is time: each except the first is scored by a model
   * that was trained on the runs before it. Where k divides the rows, this is scikit-learn's
   * TimeSeriesSplit(k − 1); else the first runs have one row more, where scikit-learn's first
   * training set is longer.
   */
  static FoldStrategy forward() {
    return new ForwardFolds(0);
  }

  /**
   * Deals consecutive runs of time, of a column's values in their order: each except the first is
   * scored by a model that was trained on the runs before it. Rows of one time share a fold.
   */
  static FoldStrategy time() {
    return new TimeFolds(0);
  }

  /** Deals rows evenly within each label value, as scikit-learn's StratifiedKFold(shuffle=True). */
  static FoldStrategy stratified() {
    return new StratifiedFolds(true);
  }

  /**
   * The strategy where none is named: stratified for classes, of which folds by chance might lack
   * one, and random for all else, and where no class has a row for each fold.
   */
  static FoldStrategy of(Loss loss) {
    return loss.isOfClasses() ? new StratifiedFolds(false) : random();
  }

  /** Rows of one group share a fold, as scikit-learn's GroupKFold. */
  static FoldStrategy group() {
    return new GroupFolds();
  }

  /** The distinct values of the fold column, sorted, are folds 0 to k−1. */
  static FoldStrategy column() {
    return new ColumnFolds();
  }

  /** No folds: every row is in fold 0. */
  static FoldStrategy none() {
    return new NoFolds();
  }

  /** The strategies that a user may name, the default first. */
  static List<FoldStrategy> named() {
    return List.of(random(), contiguous(), forward(), time(), stratified(), group());
  }

  /** The name on the command line. */
  String option();

  /** What it does, in a few words. */
  String about();

  /** The trait of a row that decides its fold, beside its key and its number in the file. */
  default RowTrait trait() {
    return RowTrait.NONE;
  }

  /** Whether it deals by the column of groups. */
  default boolean isOfGroups() {
    return trait() == RowTrait.GROUP;
  }

  /** Whether it deals by a column of times. */
  default boolean isOfTimes() {
    return trait() == RowTrait.TIME;
  }

  /** Whether the number of folds is the user's to choose. */
  default boolean takesCount() {
    return true;
  }

  /** What it comes to over rows so many that folds follow hashes. */
  default FoldStrategy ofMany() {
    return this;
  }

  /** Whether the seed has a say. */
  default boolean isDrawn() {
    return true;
  }

  /** Whether rows are dealt one by one by chance, so that another dealing would do as well. */
  default boolean isByChance() {
    return isDrawn() && !isOfGroups();
  }

  /** Whether rows are dealt by where they stand in the file. */
  default boolean byRowNumber() {
    return false;
  }

  /** Which rows a model is trained on, given the fold that it is scored on. */
  default Assignment.TrainedOn trainedOn() {
    return Assignment.TrainedOn.OTHERS;
  }

  /**
   * This strategy with a purge, for labels that reach into the future: the rows just before a fold
   * are not trained on where that fold is scored. They are scored with their own fold, and trained
   * on for later folds.
   *
   * @param purge under {@link #forward} a number of rows, as the gap of scikit-learn's
   *     TimeSeriesSplit; under {@link #time} the rows with start − purge ≤ time &lt; start of the
   *     fold are left out, in the units of times that are numbers, in days where they are dates
   * @throws InvalidInputException if it is no such number ≥ 0, or models are trained on later folds
   *     too
   */
  default FoldStrategy purged(double purge) {
    throw new InvalidInputException(
        "'purge' needs 'fold-strategy' forward or time, by which models are trained on the past alone, not %s: take one of them, or leave it out"
            .formatted(option()));
  }

  /**
   * Decides how rows are dealt.
   *
   * @param rows what is asked for, and of how many rows
   * @param counts how many rows have each value of the trait; empty where nothing is counted
   * @throws InvalidInputException if a fold would be empty, or a purge leaves nothing of one
   */
  Dealing dealing(Asked rows, Map<Object, Long> counts);

  /**
   * What is asked of a strategy.
   *
   * @param rows the number of rows to train on
   * @param folds the number of folds, k; not read where the strategy decides it
   * @param seed the seed of what is drawn
   * @param column the name of the column of the trait; empty where it has none
   */
  record Asked(long rows, int folds, long seed, String column) {}
}
