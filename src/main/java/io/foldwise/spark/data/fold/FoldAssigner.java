package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.TestSource;

/**
 * Gives every row its fold and its position, and draws the test rows first.
 *
 * <p>All of these depend on (seed, row key) alone, the same for every partitioning, order of rows,
 * cluster and device. {@link FoldStrategy#contiguous} and {@link TestSource.Split#TAIL} depend on
 * file order instead: on path, block start, and position in the block.
 *
 * <p>Up to {@link LoadedData#SMALL_ROWS} rows no job is run, fold sizes differ by at most one
 * (group and column: as the data allow) and positions are ranks. Above, hashes decide; what costs a
 * pass is named in {@link AssignedRows#notes}.
 *
 * <p>Up to that many rows, test rows that are equal to training rows in features and label, and
 * training rows that are equal to one of another fold, are counted and named there too; above they
 * are not, since that would take a pass.
 */
public final class FoldAssigner {

  private FoldAssigner() {}

  /**
   * Deals the rows of a dataset.
   *
   * @throws InvalidInputException if there are more folds than rows or groups, if a needed column
   *     is not named or has missing values, or if no label value fills stratified folds
   */
  public static AssignedRows assign(LoadedData data, AssignmentOptions options) {
    RowTrait trait = options.strategy().trait();
    if (trait != RowTrait.NONE && trait.named(data.roles()).isEmpty()) {
      throw new InvalidInputException(
          "'fold-strategy' %s needs '%s': name a column"
              .formatted(options.strategy().option(), trait.option()));
    }
    return data.index()
        .map(rows -> new SmallAssigner(data, rows, options).assign())
        .orElseGet(() -> new LargeAssigner(data, options).assign());
  }
}
