package io.foldwise.spark.engine;

import io.foldwise.math.ColumnSums;
import io.foldwise.search.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The column sums of each fold, and of all but one of them. */
final class FoldSums implements Serializable {
  private final int features;
  private final Map<Integer, ColumnSums> folds = new TreeMap<>();
  private transient List<ColumnSums> before;
  private transient List<ColumnSums> after;

  FoldSums(int features) {
    this.features = features;
  }

  FoldSums add(int fold, ColumnSums sums) {
    folds.merge(fold, sums, ColumnSums::merge);
    return this;
  }

  FoldSums merge(FoldSums other) {
    other.folds.forEach(this::add);
    return this;
  }

  boolean isFinite() {
    return folds.values().stream().allMatch(ColumnSums::isFinite);
  }

  /** The rows of a fold. */
  ColumnSums of(int fold) {
    return folds.getOrDefault(fold, ColumnSums.empty(features));
  }

  /** The number of rows of each of k folds. */
  long[] sizes(int k) {
    long[] sizes = new long[k];
    folds.forEach((fold, sums) -> sizes[fold] = sums.rows());
    return sizes;
  }

  /**
   * All rows but those of a fold, added up, never subtracted; {@link Trial#NONE} leaves out none.
   */
  ColumnSums without(int fold, int k) {
    if (before == null) {
      addUp(k);
    }
    return fold == Trial.NONE ? before.get(k) : before.get(fold).merge(after.get(fold + 1));
  }

  private void addUp(int k) {
    before = new ArrayList<>(List.of(ColumnSums.empty(features)));
    after = new ArrayList<>(before);
    for (int fold = 0; fold < k; fold++) {
      before.add(before.get(fold).merge(of(fold)));
      after.add(after.get(fold).merge(of(k - 1 - fold)));
    }
    java.util.Collections.reverse(after);
  }
}
