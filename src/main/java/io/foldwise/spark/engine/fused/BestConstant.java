package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.Split;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Kept;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The constant that minimises a loss on a training set, about the label's shift.
 *
 * <p>Where order statistics decide it (absolute, quantile, Huber, ε-insensitive), the interval that
 * holds it is cut into {@value #CUTS} parts at a time, by a few small jobs over labels that were
 * ordered once.
 */
final class BestConstant {
  static final int CUTS = 256;
  private static final int MOST_ROUNDS = 10;

  /** A training set and a loss. */
  record Key(Split split, Loss loss) implements Serializable {}

  private final CachedRows rows;
  private final int folds;
  private final Map<Key, Double> known = new HashMap<>();

  BestConstant(CachedRows rows, int folds) {
    this.rows = rows;
    this.folds = folds;
  }

  double of(Key key) {
    return known.computeIfAbsent(
        key, k -> k.loss.bestConstant(rows.sums().training(k.split, folds)));
  }

  /** Finds the constants of many keys at once. */
  void find(Collection<Key> keys) {
    List<Key> missing =
        keys.stream()
            .distinct()
            .filter(key -> key.loss.isOfOrder() && !known.containsKey(key))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    JavaRDD<FoldLabels> labels = rows.labels();
    try (Kept<FoldLabels> ordered = Transport.keep(labels)) {
      known.putAll(
          Jobs.described(
              labels.context(), "best constants", () -> search(missing, ordered.values())));
    }
  }

  private Map<Key, Double> search(List<Key> keys, JavaRDD<FoldLabels> ordered) {
    double[] range =
        Transport.reduce(
            ordered.map(FoldLabels::range),
            (a, b) -> new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
    List<Interval> intervals =
        keys.stream().flatMap(key -> intervals(key, range[0], range[1])).toList();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Interval> asked = intervals;
      double[][] slopes =
          Transport.reduce(ordered.map(part -> part.slopes(asked)), BestConstant::added);
      intervals =
          IntStream.range(0, asked.size()).mapToObj(i -> asked.get(i).narrowed(slopes[i])).toList();
      if (intervals.equals(asked)) {
        break;
      }
    }
    Map<Key, Double> found = new HashMap<>();
    intervals.forEach(
        interval ->
            found.merge(interval.key, interval.high, (least, most) -> least / 2 + most / 2));
    return found;
  }

  /**
   * One interval, or that of the least constant that is as good as any and that of the greatest.
   */
  private Stream<Interval> intervals(Key key, double least, double greatest) {
    double weight = rows.sums().training(key.split, folds).weight();
    double zero = weight * key.loss.zeroSlope(greatest - least);
    double beyond = key.loss.beyondLabels();
    double[] levels =
        key.loss.isBestBetweenKinks() ? new double[] {-zero, zero} : new double[] {-zero};
    return DoubleStream.of(levels)
        .mapToObj(
            level -> new Interval(key, Math.nextDown(least - beyond), greatest + beyond, level));
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
   * An interval that holds the constant: it lies above {@code low} and not above {@code high}.
   *
   * @param level the slope that is reached at the constant: zero, but for rounding
   */
  record Interval(Key key, double low, double high, double level) implements Serializable {
    double cut(int i) {
      return i == CUTS ? high : low + (high - low) * i / CUTS;
    }

    Interval narrowed(double[] slopes) {
      int first = 1;
      while (first < CUTS && slopes[first - 1] < level) {
        first++;
      }
      return new Interval(key, cut(first - 1), cut(first), level);
    }
  }
}
