package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.FoldSpans;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.fused.CachedRows;
import io.foldwise.spark.engine.fused.FoldLabels;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.FoldSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;

/**
 * The rows as flat columns that Spark caches, expanded about the shift, for an aggregate in each
 * step.
 *
 * @param weights Σ w of each block, by cut·folds + fold
 */
public record SqlRows(
    SqlFrame frame,
    FittedBasis fitted,
    MinibatchBorders borders,
    FoldSums sums,
    SortedMap<Long, Double> weights,
    SqlPasses passes)
    implements CachedRows {

  public static SqlRows of(FittedBasis fitted, MinibatchBorders borders, SqlPasses passes) {
    SqlFrame frame =
        passes
            .aggregates()
            .kept(
                SqlFrame.training(passes.rows())
                    .about(fitted.shift(), fitted.basis())
                    .cut(borders));
    FoldSums folds = new FoldSums(frame.terms());
    SortedMap<Long, Double> weights = new TreeMap<>();
    passes
        .aggregates()
        .by(frame.rows(), frame.block(borders.pieces()), SqlAggregates.tiles(columnSums(frame)))
        .forEach(
            (block, sums) -> {
              folds.add((int) (block % borders.pieces()), columnSums(sums, frame.terms() + 1));
              weights.put(block, sums[1]);
            });
    return new SqlRows(frame, fitted, borders, folds, weights, passes);
  }

  /** The sums that {@link ColumnSums} needs: rows, weights, Σ w z and Σ w z² of every column. */
  private static List<Column> columnSums(SqlFrame frame) {
    List<Column> sums = new ArrayList<>(List.of(count(lit(1)), sum(frame.weight())));
    for (int power = 1; power <= 2; power++) {
      for (int j = 0; j <= frame.terms(); j++) {
        Column z = j == frame.terms() ? SqlFrame.LABEL : SqlFrame.term(j);
        Column weighed = frame.weighed(z);
        sums.add(sum(power == 1 ? weighed : weighed.multiply(z)));
      }
    }
    return sums;
  }

  private static ColumnSums columnSums(double[] sums, int columns) {
    return new ColumnSums(
        (long) sums[0],
        sums[1],
        Arrays.copyOfRange(sums, 2, 2 + columns),
        Arrays.copyOfRange(sums, 2 + columns, 2 + 2 * columns));
  }

  @Override
  public PolynomialBasis basis() {
    return fitted.basis();
  }

  @Override
  public Shift shift() {
    return fitted.shift();
  }

  /** The first cut of minibatch b of m; where b = m, a cut that no row has. */
  long firstBorder(int b, int m) {
    int segment = borders.firstSegment(b, m);
    return segment == borders.segments()
        ? Long.MAX_VALUE / borders.pieces()
        : borders.bordersUpTo(borders.start(segment));
  }

  /** The weight of each fold's rows in minibatch b of m. */
  double[] foldWeights(int b, int m) {
    double[] folds = new double[borders.pieces()];
    weights
        .subMap(firstBorder(b, m) * folds.length, firstBorder(b + 1, m) * folds.length)
        .forEach((block, weight) -> folds[(int) (block % folds.length)] += weight);
    return folds;
  }

  FoldSpans soleFolds(int m) {
    FoldSpans spans = new FoldSpans(m);
    for (int b = 0; b < m; b++) {
      double[] folds = foldWeights(b, m);
      for (int fold = 0; fold < folds.length; fold++) {
        if (folds[fold] > 0) {
          spans.meet(b, fold);
        }
      }
    }
    return spans;
  }

  /** Whether labels fit: those that do not were seen by {@link SqlPasses#fitted}. */
  @Override
  public boolean labelsFit() {
    return true;
  }

  /** The labels, which are ordered on the CPU, since ranks are no sums. */
  @Override
  public boolean isSparse() {
    return false;
  }

  @Override
  public JavaRDD<FoldLabels> labels() {
    boolean weighted = frame.weighted();
    return frame
        .rows()
        .select(SqlFrame.LABEL, SqlFrame.FOLD, frame.weight())
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(part -> FoldLabels.of(part, weighted));
  }

  @Override
  public void close() {
    frame.drop();
  }
}
