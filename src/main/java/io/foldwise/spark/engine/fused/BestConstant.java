package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.MulticlassLoss;
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
 * The constant that minimises a loss on a training set, about the label's shift; of K classes one
 * for each, which one small job finds by counting.
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
  private final int pieces;
  private final Map<Key, double[]> known = new HashMap<>();

  /** The weight of each class in each piece, once it is known. */
  private double[][] classWeights = new double[0][];

  BestConstant(CachedRows rows, int pieces) {
    this.rows = rows;
    this.pieces = pieces;
  }

  double[] of(Key key) {
    find(List.of(key));
    return known.computeIfAbsent(
        key, k -> new double[] {k.loss.bestConstant(rows.sums().training(k.split, pieces))});
  }

  /** Finds the constants of many keys at once. */
  void find(Collection<Key> keys) {
    List<Key> missing =
        keys.stream()
            .distinct()
            .filter(key -> key.loss.isOfOrder() || key.loss instanceof MulticlassLoss)
            .filter(key -> !known.containsKey(key))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    JavaRDD<FoldLabels> labels = rows.labels();
    try (Kept<FoldLabels> ordered = Transport.keep(labels)) {
      known.putAll(
          Jobs.described(
              labels.context(),
              "best constants",
              () ->
                  missing.get(0).loss instanceof MulticlassLoss several
                      ? counted(several, missing, ordered.values())
                      : search(missing, ordered.values())));
    }
  }

  /** The constants of classes, from the weight of each class in each fold. */
  private Map<Key, double[]> counted(
      MulticlassLoss loss, List<Key> keys, JavaRDD<FoldLabels> labels) {
    int classes = loss.classes();
    int k = pieces;
    classWeights =
        Transport.reduce(labels.map(part -> part.classWeights(k, classes)), BestConstant::added);
    Map<Key, double[]> found = new HashMap<>();
    for (Key key : keys) {
      found.put(key, loss.bestConstants(classWeights(key.split)));
    }
    return found;
  }

  /** The weight of each class in the rows that a split trains on. */
  private double[] classWeights(Split split) {
    double[] training = new double[classWeights[0].length];
    for (int piece = 0; piece < pieces; piece++) {
      for (int c = 0; c < training.length && !split.leavesOut(piece); c++) {
        training[c] += classWeights[piece][c];
      }
    }
    return training;
  }

  /** Whether the rows that a split trains on lack a class that other rows have. */
  boolean lacksClass(Split split) {
    if (classWeights.length == 0) {
      return false;
    }
    double[] all = classWeights(Split.NONE);
    double[] training = classWeights(split);
    return IntStream.range(0, all.length).anyMatch(c -> training[c] == 0 && all[c] > 0);
  }

  private Map<Key, double[]> search(List<Key> keys, JavaRDD<FoldLabels> ordered) {
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
    Map<Key, double[]> found = new HashMap<>();
    intervals.forEach(
        interval ->
            found.merge(
                interval.key,
                new double[] {interval.high},
                (least, most) -> new double[] {least[0] / 2 + most[0] / 2}));
    return found;
  }

  /**
   * One interval, or that of the least constant that is as good as any and that of the greatest.
   */
  private Stream<Interval> intervals(Key key, double least, double greatest) {
    double weight = rows.sums().training(key.split, pieces).weight();
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
