package io.foldwise.learn.optim;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The columns of a descent that still move, ascending; one that stopped costs nothing more. */
public final class ActiveColumns implements Serializable {
  private int[] columns;

  /** All m columns. */
  public ActiveColumns(int m) {
    columns = new int[m];
    Arrays.setAll(columns, column -> column);
  }

  /** The number of columns that are left. */
  public int count() {
    return columns.length;
  }

  /** The i-th column of those that are left. */
  public int column(int i) {
    return columns[i];
  }

  public boolean contains(int column) {
    return Arrays.binarySearch(columns, column) >= 0;
  }

  /** Stops every column that the predicate holds for. */
  public void stop(IntPredicate stops) {
    columns = Arrays.stream(columns).filter(stops.negate()).toArray();
  }
}
