package io.foldwise.spark.engine;

import io.foldwise.learn.PolynomialBasis;
import io.foldwise.learn.Shift;
import io.foldwise.search.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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
    List<Column> bounds = new ArrayList<>();
    for (int j = 0; j < d; j++) {
      Column feature = column(rows.training(), j);
      bounds.add(functions.min(feature));
      bounds.add(functions.max(feature));
    }
    Row row = rows.training().agg(bounds.get(0), rest(bounds)).head();
    double[] low = new double[d];
    double[] high = new double[d];
    for (int j = 0; j < d; j++) {
      low[j] = row.getDouble(2 * j);
      high[j] = row.getDouble(2 * j + 1);
      if (!Double.isFinite(low[j]) || !Double.isFinite(high[j])) {
        throw rows.badCell().get();
      }
    }
    return PolynomialBasis.chebyshev(rows.features(), degree, low, high);
  }

  private static Column column(Dataset<Row> frame, int j) {
    return functions.col("`" + frame.columns()[j].replace("`", "``") + "`");
  }

  private static Column[] rest(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(Column[]::new);
  }

  /** The mean of the first rows: near the data, which is all that a shift is for. */
  private static Shift shift(PolynomialBasis basis, EngineRows rows) {
    int d = rows.features().size();
    double[] sums = new double[basis.terms() + 1];
    double[] x = new double[d];
    double[] terms = new double[basis.terms()];
    double[] scratch = new double[basis.scratchLength()];
    List<Row> sample = rows.training().limit(SAMPLE).collectAsList();
    for (Row row : sample) {
      for (int j = 0; j < d; j++) {
        x[j] = row.getDouble(j);
      }
      basis.expandInto(x, terms, 0, scratch);
      for (int term = 0; term < terms.length; term++) {
        sums[term] += terms[term] / sample.size();
      }
      sums[terms.length] += row.getDouble(d) / sample.size();
    }
    return new Shift(sums);
  }
}
