package io.foldwise.spark.data.fold;

import io.foldwise.spark.data.load.ColumnRoles;
import io.foldwise.spark.data.load.IndexedRow;
import io.foldwise.spark.data.schema.RowHash;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Deals the training rows of a small dataset, given in file order, into exact folds.
 *
 * @param dealing what the strategy made of the rows
 */
record SmallFolds(List<IndexedRow> rows, AssignmentOptions options, Dealing dealing) {
  /** Asks the strategy how to deal the rows. */
  static SmallFolds of(List<IndexedRow> rows, AssignmentOptions options, ColumnRoles roles) {
    RowTrait trait = options.strategy().trait();
    Map<Object, Long> counts = new HashMap<>();
    if (trait != RowTrait.NONE) {
      rows.forEach(row -> counts.merge(trait.of(row), 1L, Long::sum));
    }
    return new SmallFolds(rows, options, options.dealing(rows.size(), counts, roles));
  }

  /** The fold, in [0, k), of every row, or the piece of it. */
  int[] deal() {
    if (dealing instanceof Dealing.Runs runs) {
      return IntStream.range(0, rows.size()).map(runs::piece).toArray();
    }
    if (dealing instanceof Dealing.ByValue by) {
      RowTrait trait = options.strategy().trait();
      return rows.stream().mapToInt(row -> by.values().get(trait.of(row))).toArray();
    }
    long[] draws = draws(RowHash.Draw.FOLD, rows, options.seed());
    return ((Dealing.Spread) dealing).withinTrait() ? stratified(draws) : shared(draws);
  }

  private int[] shared(long[] draws) {
    long n = draws.length;
    return IntStream.of(ranks(draws))
        .map(rank -> (int) ((long) rank * dealing.folds() / n))
        .toArray();
  }

  /** Rows by label value, then draw, are dealt like cards: even in each value and over all. */
  private int[] stratified(long[] draws) {
    Comparator<Integer> byLabel = Comparator.comparingDouble(i -> rows.get(i).label());
    int[] order = IndexedRow.order(rows.size(), byLabel.thenComparingLong(i -> draws[i]));
    int[] folds = new int[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      folds[order[rank]] = rank % dealing.folds();
    }
    return folds;
  }

  /** A draw for each row. */
  static long[] draws(RowHash.Draw draw, List<IndexedRow> rows, long seed) {
    return rows.stream().mapToLong(row -> draw.of(row.identity(), seed)).toArray();
  }

  /** The rank, from 0, of each value; equal values rank by position. */
  static int[] ranks(long[] values) {
    int[] order = IndexedRow.order(values.length, Comparator.comparingLong(i -> values[i]));
    int[] ranks = new int[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }
}
