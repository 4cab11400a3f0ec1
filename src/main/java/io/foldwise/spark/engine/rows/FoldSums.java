package io.foldwise.spark.engine.rows;

import io.foldwise.learn.optim.Split;
import io.foldwise.math.ColumnSums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The column sums of each fold, or piece of one, and of those that a split trains on. */
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

  private ColumnSums of(int fold) {
    return folds.getOrDefault(fold, ColumnSums.empty(features));
  }

  /** The sums of the rows that a split is scored on. */
  public ColumnSums scored(Split split) {
    return IntStream.range(split.scored().from(), split.scored().end())
        .mapToObj(this::of)
        .reduce(ColumnSums::merge)
        .orElseGet(() -> ColumnSums.empty(features));
  }

  /** The number of rows of each of k folds, or pieces. */
  public long[] sizes(int k) {
    long[] sizes = new long[k];
    folds.forEach((fold, sums) -> sizes[fold] = sums.rows());
    return sizes;
  }

  /**
   * The sums of the rows of k folds, or pieces, that a split trains on, added up, never subtracted
   * from a total.
   */
  public ColumnSums training(Split split, int k) {
    if (before == null) {
      addUp(k);
    }
    return split.isNone()
        ? before.get(k)
        : before.get(split.out().from()).merge(after.get(split.out().end()));
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
