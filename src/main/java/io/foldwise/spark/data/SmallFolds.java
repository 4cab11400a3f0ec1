package io.foldwise.spark.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Deals the training rows of a small dataset, given in file order, into exact folds. */
final class SmallFolds {

  private final List<IndexedRow> rows;
  private final AssignmentOptions options;
  private final ColumnRoles roles;

  SmallFolds(List<IndexedRow> rows, AssignmentOptions options, ColumnRoles roles) {
    this.rows = rows;
    this.options = options;
    this.roles = roles;
  }

  /** The fold, in [0, k), of every row. */
  int[] deal(int k) {
    return switch (options.strategy()) {
      case RANDOM -> shared(draws(RowHash.Draw.FOLD, rows, options.seed()), k);
      case CONTIGUOUS -> contiguous(rows.size(), k);
      case STRATIFIED -> stratified(k);
      case GROUP -> groups(k);
      case COLUMN -> column();
      case NONE -> new int[rows.size()];
    };
  }

  /** A draw for each row. */
  static long[] draws(RowHash.Draw draw, List<IndexedRow> rows, long seed) {
    return rows.stream().mapToLong(row -> draw.of(row.identity(), seed)).toArray();
  }

  /** The rank, from 0, of each value; equal values rank by position. */
  static int[] ranks(long[] values) {
    int[] order = order(values.length, Comparator.comparingLong(i -> values[i]));
    int[] ranks = new int[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  /** Positions 0 to n−1 in the order of a comparator. */
  static int[] order(int n, Comparator<Integer> comparator) {
    return IntStream.range(0, n).boxed().sorted(comparator).mapToInt(Integer::intValue).toArray();
  }

  private static int[] shared(long[] draws, int k) {
    long n = draws.length;
    return Arrays.stream(ranks(draws)).map(rank -> (int) ((long) rank * k / n)).toArray();
  }

  /** The first n mod k folds have one row more, as scikit-learn's KFold. */
  private static int[] contiguous(int n, int k) {
    return IntStream.range(0, n).map(i -> Contiguous.fold(i, n, k)).toArray();
  }

  /** Rows by label value, then draw, are dealt like cards: even in each value and over all. */
  private int[] stratified(int k) {
    Map<Double, Long> counts =
        rows.stream().collect(Collectors.groupingBy(IndexedRow::label, Collectors.counting()));
    Strata.check(counts, k, roles.label());
    long[] draws = draws(RowHash.Draw.FOLD, rows, options.seed());
    Comparator<Integer> byLabel = Comparator.comparingDouble(i -> rows.get(i).label());
    int[] order = order(rows.size(), byLabel.thenComparingLong(i -> draws[i]));
    int[] folds = new int[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      folds[order[rank]] = rank % k;
    }
    return folds;
  }

  private int[] groups(int k) {
    Map<Long, Long> sizes = new HashMap<>();
    rows.forEach(row -> sizes.merge(row.group(), 1L, Long::sum));
    Map<Long, Integer> folds = GroupFolds.deal(sizes, k, options.seed());
    return rows.stream().mapToInt(row -> folds.get(row.group())).toArray();
  }

  private int[] column() {
    Map<String, Integer> folds = new TreeMap<>();
    List<String> order = foldValues();
    for (int fold = 0; fold < order.size(); fold++) {
      folds.put(order.get(fold), fold);
    }
    return rows.stream().mapToInt(row -> folds.get(row.foldValue())).toArray();
  }

  /** The distinct values of the fold column, in the order of their folds. */
  List<String> foldValues() {
    String name = roles.asked().foldColumn().orElseThrow(IllegalStateException::new);
    return FoldColumn.sorted(rows.stream().map(IndexedRow::foldValue).distinct().toList(), name);
  }
}
