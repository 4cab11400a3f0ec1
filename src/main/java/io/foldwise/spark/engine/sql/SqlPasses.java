package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.foldwise.learn.loss.LabelDomain;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FittedBasis;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.engine.score.RankingPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Column;

/** All passes as SQL aggregates of built-in functions over flat columns of doubles. */
public record SqlPasses(EngineRows rows, SqlAggregates aggregates, SqlParameters.Kind kind)
    implements Passes {
  private static final int RANGED = 3;

  /**
   * Looks at all rows once, for whether they can be used, their means, and the ranges for powers.
   */
  @Override
  public FittedBasis fitted(SearchPlan plan) {
    SqlFrame frame = SqlFrame.training(rows);
    int d = frame.terms();
    int each = plan.needsRanges() ? RANGED : 1;
    List<Column> wanted = new ArrayList<>(checks(frame, plan.objective().loss().labels()));
    wanted.add(avg(SqlFrame.LABEL));
    int first = wanted.size();
    for (int j = 0; j < d; j++) {
      Column x = col(SqlTerms.feature(j));
      wanted.addAll(List.of(avg(x), min(x), max(x)).subList(0, each));
    }
    double[] found = aggregates.over(frame.rows(), wanted);
    if (found[0] > 0 || found[1] > 0 || !DoubleStream.of(found).allMatch(Double::isFinite)) {
      throw rows.badCell().get();
    }
    double[] means = new double[d];
    Arrays.setAll(means, j -> found[first + j * each]);
    PolynomialBasis basis = basis(plan, found, first);
    return new FittedBasis(basis, shift(basis, means, found[first - 1]), 1);
  }

  /** The number of weights that are none, and of labels that the loss cannot take. */
  private static List<Column> checks(SqlFrame frame, LabelDomain domain) {
    Column y = SqlFrame.LABEL;
    return List.of(
        counted(frame.weight().geq(lit(0.0)).and(frame.weight().lt(lit(Double.POSITIVE_INFINITY)))),
        counted(
            switch (domain) {
              case NUMBERS, CLASSES -> lit(true);
              case NON_NEGATIVE -> y.geq(lit(0.0));
              case POSITIVE -> y.gt(lit(0.0));
              case BINARY -> y.equalTo(lit(0.0)).or(y.equalTo(lit(1.0)));
            }));
  }

  private static Column counted(Column fits) {
    return sum(when(fits, lit(0.0)).otherwise(lit(1.0)));
  }

  private PolynomialBasis basis(SearchPlan plan, double[] found, int first) {
    if (!plan.needsRanges()) {
      return PolynomialBasis.power(rows.features(), plan.degree())
          .imputing(rows.layout().imputed());
    }
    double[] low = new double[rows.features().size()];
    double[] high = new double[low.length];
    Arrays.setAll(low, j -> found[first + RANGED * j + 1]);
    Arrays.setAll(high, j -> found[first + RANGED * j + 2]);
    return PolynomialBasis.chebyshev(rows.features(), plan.degree(), low, high)
        .imputing(rows.layout().imputed());
  }

  /** The terms of the mean row: near the data, which is all that a shift is for. */
  private static Shift shift(PolynomialBasis basis, double[] means, double label) {
    double[] shift = new double[basis.terms() + 1];
    basis.expandInto(means, shift, 0, new double[basis.scratchLength()]);
    shift[basis.terms()] = label;
    return new Shift(shift);
  }

  @Override
  public MomentsTable moments(PolynomialBasis basis, Shift shift, MinibatchBorders borders) {
    return new SqlMoments(SqlFrame.training(rows).about(shift, basis), borders, aggregates).run();
  }

  /**
   * Scores by SQL, except for the AUC, which is of ranks, which no sum tells: it comes from the
   * CPU.
   */
  @Override
  public TrialEngine.Scored score(List<TrialResult> trained, Metric metric) {
    return metric == Metric.AUC
        ? RankingPass.score(rows, trained)
        : new SqlScoring(trained, aggregates, kind).score(rows);
  }

  @Override
  public MetricSums scoreTest(TrialResult trained) {
    return new SqlScoring(List.of(trained), aggregates, kind).scoreTest(rows);
  }
}
