package io.foldwise.spark.engine;

import io.foldwise.learn.OrderedLabels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** From labels that each part orders once: a small job a round. */
final class OrderedSlopes implements LabelSlopes {
  private static final int PARTS = 256;

  private final JavaRDD<Ordered> ordered;

  OrderedSlopes(JavaRDD<PackedPart> parts) {
    this.ordered = parts.map(Ordered::of);
    ordered.persist(StorageLevel.MEMORY_AND_DISK());
  }

  @Override
  public int parts(int constants) {
    return PARTS;
  }

  @Override
  public double[] range() {
    return ordered
        .map(Ordered::range)
        .reduce((a, b) -> new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
  }

  @Override
  public double[][] slopes(List<Constants.Interval> intervals) {
    return ordered.map(part -> part.slopes(intervals)).reduce(OrderedSlopes::added);
  }

  private static double[][] added(double[][] one, double[][] other) {
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[i].length; j++) {
        one[i][j] += other[i][j];
      }
    }
    return one;
  }

  @Override
  public void close() {
    ordered.unpersist(false);
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

    double[][] slopes(List<Constants.Interval> intervals) {
      double[][] slopes = new double[intervals.size()][];
      for (int i = 0; i < slopes.length; i++) {
        Constants.Interval interval = intervals.get(i);
        slopes[i] = new double[interval.parts()];
        for (int fold : folds.keySet()) {
          for (int cut = 1; cut <= interval.parts() && fold != interval.key().heldOut(); cut++) {
            slopes[i][cut - 1] += folds.get(fold).slope(interval.key().loss(), interval.cut(cut));
          }
        }
      }
      return slopes;
    }
  }
}
