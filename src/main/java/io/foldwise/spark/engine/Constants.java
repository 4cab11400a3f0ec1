package io.foldwise.spark.engine;

import io.foldwise.learn.ConstantFit;
import io.foldwise.learn.Loss;
import io.foldwise.learn.OrderedLabels;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The constant that minimises a loss on a training set, about the label's shift.
 *
 * <p>Where order statistics decide it (absolute, quantile, Huber), the interval that holds it is
 * cut into parts again and again: a few small jobs over the labels.
 */
final class Constants {
  /** Halvings after which no interval is left between two doubles. */
  private static final double MOST_HALVINGS = 80;

  /** A training set and a loss. */
  record Key(int heldOut, Loss loss) implements Serializable {}

  private final HeldRows rows;
  private final int folds;
  private final Map<Key, Double> known = new HashMap<>();

  Constants(HeldRows rows, int folds) {
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
    try (LabelSlopes labels = rows.labels()) {
      search(missing, labels);
    }
  }

  private void search(List<Key> keys, LabelSlopes labels) {
    int parts = labels.parts(keys.size());
    double rounds = MOST_HALVINGS / (Math.log(parts) / Math.log(2));
    double[] range = labels.range();
    List<Interval> intervals = keys.stream().map(key -> interval(key, range, parts)).toList();
    for (int round = 0; round < rounds; round++) {
      List<Interval> asked = intervals;
      double[][] slopes = labels.slopes(asked);
      intervals =
          IntStream.range(0, asked.size()).mapToObj(i -> asked.get(i).narrowed(slopes[i])).toList();
      if (intervals.equals(asked)) {
        break;
      }
    }
    intervals.forEach(interval -> known.put(interval.key, interval.high));
  }

  private Interval interval(Key key, double[] range, int parts) {
    double weight = rows.sums().without(key.heldOut, folds).weight();
    double zero = weight * OrderedLabels.zero(key.loss, range[1] - range[0]);
    return new Interval(key, Math.nextDown(range[0]), range[1], zero, parts);
  }

  /**
   * The constant lies above {@code low} and not above {@code high}.
   *
   * @param zero a slope this near to zero is zero
   * @param parts that it is cut into
   */
  record Interval(Key key, double low, double high, double zero, int parts)
      implements Serializable {
    /** The upper end of the i-th part, from 1; the lower end of the first is cut 0. */
    double cut(int i) {
      return i == parts ? high : low + (high - low) * i / parts;
    }

    private Interval narrowed(double[] slopes) {
      int first = 1;
      while (first < parts && slopes[first - 1] < -zero) {
        first++;
      }
      return new Interval(key, cut(first - 1), cut(first), zero, parts);
    }
  }
}
