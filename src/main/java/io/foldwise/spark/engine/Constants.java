package io.foldwise.spark.engine;

import io.foldwise.learn.ConstantFit;
import io.foldwise.learn.Loss;
import io.foldwise.learn.OrderedLabels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * The constant that minimises a loss on a training set, about the label's shift.
 *
 * <p>Where order statistics decide it (absolute, quantile, Huber), the interval that holds it is
 * cut into {@value #CUTS} parts at a time: a few small jobs over labels that were ordered once.
 */
final class Constants {
  private static final int CUTS = 256;
  private static final int MOST_ROUNDS = 10;

  /** A training set and a loss. */
  record Key(int heldOut, Loss loss) implements Serializable {}

  private final PackedRows rows;
  private final int folds;
  private final Map<Key, Double> known = new HashMap<>();

  Constants(PackedRows rows, int folds) {
    this.rows = rows;
    this.folds = folds;
  }

  double of(Key key) {
    return known.computeIfAbsent(
        key, k -> ConstantFit.of(k.loss, rows.sums().without(k.heldOut, folds)));
  }

  /** Finds many at once. */
  void find(Collection<Key> keys) {
    List<Key> missing =
        keys.stream()
            .distinct()
            .filter(key -> !ConstantFit.isOfSums(key.loss) && !known.containsKey(key))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    JavaRDD<Ordered> ordered = rows.parts().map(Ordered::of);
    ordered.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      search(missing, ordered);
    } finally {
      ordered.unpersist(false);
    }
  }

  private void search(List<Key> keys, JavaRDD<Ordered> ordered) {
    double[] range =
        ordered
            .map(Ordered::range)
            .reduce((a, b) -> new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
    List<Interval> intervals = keys.stream().map(key -> interval(key, range[0], range[1])).toList();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Interval> asked = intervals;
      double[][] slopes = ordered.map(part -> part.slopes(asked)).reduce(Constants::added);
      intervals =
          IntStream.range(0, asked.size()).mapToObj(i -> asked.get(i).narrowed(slopes[i])).toList();
      if (intervals.equals(asked)) {
        break;
      }
    }
    intervals.forEach(interval -> known.put(interval.key, interval.high));
  }

  private Interval interval(Key key, double least, double greatest) {
    double weight = rows.sums().without(key.heldOut, folds).weight();
    double zero = weight * OrderedLabels.zero(key.loss, greatest - least);
    return new Interval(key, Math.nextDown(least), greatest, zero);
  }

  private static double[][] added(double[][] one, double[][] other) {
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[i].length; j++) {
        one[i][j] += other[i][j];
      }
    }
    return one;
  }

  /**
   * The constant lies above {@code low} and not above {@code high}.
   *
   * @param zero a slope this near to zero is zero
   */
  private record Interval(Key key, double low, double high, double zero) implements Serializable {
    double cut(int i) {
      return i == CUTS ? high : low + (high - low) * i / CUTS;
    }

    Interval narrowed(double[] slopes) {
      int first = 1;
      while (first < CUTS && slopes[first - 1] < -zero) {
        first++;
      }
      return new Interval(key, cut(first - 1), cut(first), zero);
    }
  }

  /** The ordered labels of each fold of a part. */
  private record Ordered(Map<Integer, OrderedLabels> folds) implements Serializable {
    static Ordered of(PackedPart part) {
      Map<Integer, List<Integer>> members = new TreeMap<>();
      int[] folds = part.rows().folds();
      for (int i = 0; i < folds.length; i++) {
        members.computeIfAbsent(folds[i], fold -> new ArrayList<>()).add(i);
      }
      boolean weighted = part.rows().weights().length > 0;
      Map<Integer, OrderedLabels> ordered = new TreeMap<>();
      members.forEach(
          (fold, own) ->
              ordered.put(
                  fold,
                  new OrderedLabels(
                      own.stream().mapToDouble(i -> part.rows().labels()[i]).toArray(),
                      weighted
                          ? own.stream().mapToDouble(i -> part.rows().weights()[i]).toArray()
                          : new double[0])));
      return new Ordered(ordered);
    }

    double[] range() {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (OrderedLabels labels : folds.values()) {
        low = Math.min(low, labels.least());
        high = Math.max(high, labels.greatest());
      }
      return new double[] {low, high};
    }

    double[][] slopes(List<Interval> intervals) {
      double[][] slopes = new double[intervals.size()][CUTS];
      for (int i = 0; i < slopes.length; i++) {
        Interval interval = intervals.get(i);
        for (Iterator<Integer> all = folds.keySet().iterator(); all.hasNext(); ) {
          int fold = all.next();
          for (int cut = 1; cut <= CUTS && fold != interval.key.heldOut; cut++) {
            slopes[i][cut - 1] += folds.get(fold).slope(interval.key.loss, interval.cut(cut));
          }
        }
      }
      return slopes;
    }
  }
}
