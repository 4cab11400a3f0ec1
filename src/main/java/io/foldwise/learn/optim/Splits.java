package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.List;

/**
 * The splits of columns that stand side by side, ordered by what they leave out: columns that leave
 * out a fold lie together, those among them that are scored on it last.
 */
public final class Splits implements Serializable {
  private final int[] folds;
  private final int[] ends;

  /**
   * Takes the splits of ordered columns.
   *
   * @param splits one for each column, both their folds and their ends ascending
   */
  public Splits(List<Split> splits) {
    folds = splits.stream().mapToInt(Split::fold).toArray();
    ends = splits.stream().mapToInt(Split::end).toArray();
    for (int column = 1; column < folds.length; column++) {
      if (folds[column] < folds[column - 1] || ends[column] < ends[column - 1]) {
        throw new IllegalArgumentException("columns must be ordered by what they leave out");
      }
    }
  }

  /** The number of columns. */
  public int count() {
    return folds.length;
  }

  /** The first column that leaves a fold out, if any does; the last is before {@link #endOut}. */
  public int firstOut(int fold) {
    return firstAbove(ends, fold);
  }

  /** The first column that is scored on a fold, if any is; the last is before {@link #endOut}. */
  public int firstScored(int fold) {
    return firstAbove(folds, fold - 1);
  }

  /** The column after those that leave a fold out. */
  public int endOut(int fold) {
    return firstAbove(folds, fold);
  }

  /** Whether two columns leave out the same folds. */
  public boolean isSame(int column, int other) {
    return folds[column] == folds[other] && ends[column] == ends[other];
  }

  /** The first place in ascending numbers of one that is greater. */
  private static int firstAbove(int[] ascending, int number) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
