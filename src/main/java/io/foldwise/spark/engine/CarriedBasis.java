package io.foldwise.spark.engine;

import io.foldwise.learn.PolynomialBasis;
import io.foldwise.learn.Shift;
import io.foldwise.search.SearchPlan;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The columns that moments are taken of, and the point they are taken about.
 *
 * @param passes over the training rows that finding them took: one where powers need the features'
 *     ranges
 */
record CarriedBasis(PolynomialBasis basis, Shift shift, int passes) {
  private static final int SAMPLE = 256;

  static CarriedBasis of(SearchPlan plan, EngineRows rows) {
    boolean ranges =
        plan.degree() > 1 && plan.objective().basis() == PolynomialBasis.Kind.CHEBYSHEV;
    PolynomialBasis basis =
        ranges
            ? chebyshev(plan.degree(), rows)
            : PolynomialBasis.power(rows.features(), plan.degree());
    return new CarriedBasis(basis, shift(basis, rows), ranges ? 1 : 0);
  }

  private static PolynomialBasis chebyshev(int degree, EngineRows rows) {
    int d = rows.features().size();
    Bounds all = Bounds.none(d);
    for (Bounds part :
        internal(rows).mapPartitions(part -> List.of(Bounds.of(part, d)).iterator()).collect()) {
      all.extendBy(part.low, part.high);
    }
    if (!all.areFinite()) {
      throw rows.badCell().get();
    }
    return PolynomialBasis.chebyshev(rows.features(), degree, all.low, all.high);
  }

  /** The mean of the first rows: near the data, which is all that a shift is for. */
  private static Shift shift(PolynomialBasis basis, EngineRows rows) {
    int d = rows.features().size();
    List<double[]> sample = internal(rows).map(row -> numbers(row, d + 1)).take(SAMPLE);
    double[] mean = new double[basis.terms() + 1];
    double[] terms = new double[basis.terms() + 1];
    double[] scratch = new double[basis.scratchLength()];
    for (double[] row : sample) {
      basis.expandInto(row, terms, 0, scratch);
      terms[basis.terms()] = row[d];
      for (int at = 0; at < mean.length; at++) {
        mean[at] += terms[at] / sample.size();
      }
    }
    return new Shift(mean);
  }

  private static JavaRDD<InternalRow> internal(EngineRows rows) {
    return rows.training().queryExecution().toRdd().toJavaRDD();
  }

  private static double[] numbers(InternalRow row, int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, row::getDouble);
    return numbers;
  }

  /** The box around rows; NaN spreads. */
  private record Bounds(double[] low, double[] high) implements Serializable {
    static Bounds none(int d) {
      double[] low = new double[d];
      double[] high = new double[d];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, Double.NEGATIVE_INFINITY);
      return new Bounds(low, high);
    }

    static Bounds of(Iterator<InternalRow> rows, int d) {
      Bounds bounds = none(d);
      double[] x = new double[d];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        for (int j = 0; j < d; j++) {
          x[j] = row.getDouble(j);
        }
        bounds.extendBy(x, x);
      }
      return bounds;
    }

    void extendBy(double[] lowest, double[] highest) {
      for (int j = 0; j < low.length; j++) {
        low[j] = Math.min(low[j], lowest[j]);
        high[j] = Math.max(high[j], highest[j]);
      }
    }

    boolean areFinite() {
      return Arrays.stream(low).allMatch(Double::isFinite)
          && Arrays.stream(high).allMatch(Double::isFinite);
    }
  }
}
