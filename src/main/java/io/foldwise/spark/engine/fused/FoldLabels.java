package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.OrderedLabels;
import io.foldwise.learn.optim.LabelledRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.catalyst.InternalRow;

/** The labels of each fold of some rows, in ascending order. */
public record FoldLabels(Map<Integer, OrderedLabels> folds) implements Serializable {
  /** Labels and weights as they are met. */
  private record Met(DoubleStream.Builder labels, DoubleStream.Builder weights) {
    Met() {
      this(DoubleStream.builder(), DoubleStream.builder());
    }

    OrderedLabels ordered() {
      return new OrderedLabels(labels.build().toArray(), weights.build().toArray());
    }
  }

  public static FoldLabels of(PackedPart part) {
    Map<Integer, Met> met = new TreeMap<>();
    LabelledRows rows = part.rows();
    for (int i = 0; i < rows.folds().length; i++) {
      Met own = met.computeIfAbsent(rows.folds()[i], fold -> new Met());
      own.labels.add(rows.labels()[i]);
      if (rows.weights().length > 0) {
        own.weights.add(rows.weight(i));
      }
    }
    return of(met);
  }

  /**
   * Takes rows of a label, a fold and a weight.
   *
   * @param weighted whether the rows have weights of their own
   */
  public static Iterator<FoldLabels> of(Iterator<InternalRow> rows, boolean weighted) {
    Map<Integer, Met> met = new TreeMap<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      Met own = met.computeIfAbsent(row.getInt(1), fold -> new Met());
      own.labels.add(row.getDouble(0));
      if (weighted) {
        own.weights.add(row.getDouble(2));
      }
    }
    return List.of(of(met)).iterator();
  }

  private static FoldLabels of(Map<Integer, Met> met) {
    Map<Integer, OrderedLabels> ordered = new TreeMap<>();
    met.forEach((fold, own) -> ordered.put(fold, own.ordered()));
    return new FoldLabels(ordered);
  }

  /** The weight of the rows of each fold and class, k × K. */
  double[][] classWeights(int k, int classes) {
    double[][] weights = new double[k][classes];
    folds.forEach((fold, labels) -> labels.addClassWeights(weights[fold]));
    return weights;
  }

  /** The least and the greatest label. */
  double[] range() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (OrderedLabels labels : folds.values()) {
      low = Math.min(low, labels.least());
      high = Math.max(high, labels.greatest());
    }
    return new double[] {low, high};
  }

  /** The slopes at every cut except the first of each interval, without the rows left out. */
  double[][] slopes(List<BestConstant.Interval> intervals) {
    double[][] slopes = new double[intervals.size()][BestConstant.CUTS];
    for (int i = 0; i < slopes.length; i++) {
      BestConstant.Interval interval = intervals.get(i);
      for (int fold : folds.keySet()) {
        for (int cut = 1;
            cut <= BestConstant.CUTS && !interval.key().split().leavesOut(fold);
            cut++) {
          slopes[i][cut - 1] += interval.key().loss().slope(folds.get(fold), interval.cut(cut));
        }
      }
    }
    return slopes;
  }
}
