package io.foldwise.spark.engine.rows;

import io.foldwise.learn.optim.Split;
import io.foldwise.math.ColumnSums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The column sums of each fold, and of those that a split trains on. */
public final class FoldSums implements Serializable {
  private final int features;
  private final Map<Integer, ColumnSums> folds = new TreeMap<>();
  private transient List<ColumnSums> before;
  private transient List<ColumnSums> after;

  public FoldSums(int features) {
    this.features = features;
  }

  public FoldSums add(int fold, ColumnSums sums) {
    folds.merge(fold, sums, ColumnSums::merge);
    return this;
  }

  public FoldSums merge(FoldSums other) {
    other.folds.forEach(this::add);
    return this;
  }

  public boolean isFinite() {
    return folds.values().stream().allMatch(ColumnSums::isFinite);
  }

  /** The sums of the rows of a fold. */
  public ColumnSums of(int fold) {
    return folds.getOrDefault(fold, ColumnSums.empty(features));
  }

  /** The number of rows of each of k folds. */
  public long[] sizes(int k) {
    long[] sizes = new long[k];
    folds.forEach((fold, sums) -> sizes[fold] = sums.rows());
    return sizes;
  }

  /**
   * The sums of the rows of k folds that a split trains on, added up, never subtracted from a
   * total.
   */
  public ColumnSums training(Split split, int k) {
    if (before == null) {
      addUp(k);
    }
    return split.isNone() ? before.get(k) : before.get(split.fold()).merge(after.get(split.end()));
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
