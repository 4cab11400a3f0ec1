package io.foldwise.spark.engine;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** An aggregate a round, of the slope at every cut. */
record SqlSlopes(SqlFrame frame, SqlAggregates aggregates, SqlParameters.Kind kind)
    implements LabelSlopes {
  private static final int MOST_PARTS = 256;

  /** As many as one query takes. */
  @Override
  public int parts(int constants) {
    return Math.max(2, Math.min(MOST_PARTS, SqlAggregates.MOST_SUMS / constants));
  }

  @Override
  public double[] range() {
    return aggregates.over(frame.rows(), List.of(min(SqlFrame.LABEL), max(SqlFrame.LABEL)));
  }

  @Override
  public double[][] slopes(List<Constants.Interval> intervals) {
    int parts = intervals.get(0).parts();
    double[] cuts = new double[intervals.size() * parts];
    for (int at = 0; at < cuts.length; at++) {
      cuts[at] = intervals.get(at / parts).cut(at % parts + 1);
    }
    SqlParameters parameters = kind.of(cuts);
    List<Column> sums = new ArrayList<>();
    for (int at = 0; at < cuts.length; at++) {
      sums.add(sum(slope(intervals.get(at / parts).key(), parameters.at(at))));
    }
    double[] all = aggregates.over(parameters.addedTo(frame.rows()), sums);
    double[][] slopes = new double[intervals.size()][parts];
    for (int at = 0; at < all.length; at++) {
      slopes[at / parts][at % parts] = all[at];
    }
    return slopes;
  }

  private Column slope(Constants.Key key, Column constant) {
    Column slope = LossColumns.slope(key.loss(), constant, SqlFrame.LABEL);
    return SqlFrame.unlessOfFold(key.heldOut(), frame.weighed(slope));
  }

  @Override
  public void close() {
    // the rows are held by who made this
  }
}
