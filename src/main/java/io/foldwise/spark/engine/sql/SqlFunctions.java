package io.foldwise.spark.engine.sql;

import io.foldwise.spark.engine.plan.SqlPlan;
import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * Functions side by side, some of which predict in a query.
 *
 * @param coefficients row-major p × m: constants, then coefficients of the terms
 * @param p of each function
 * @param m functions
 */
record SqlFunctions(double[] coefficients, int p, int m) {
  /**
   * How many a query takes, ≥ 1.
   *
   * @param each sums of each of them
   * @param besides sums of the query besides
   */
  int together(SqlParameters.Kind kind, int each, int besides) {
    int most = Math.min((SqlPlan.MOST_SUMS - besides) / each, kind.mostTerms() / p);
    return Math.max(1, most);
  }

  /** Those from {@code from} to before {@code to} one after the other, then other numbers. */
  double[] numbers(int from, int to, double... more) {
    int own = p * (to - from);
    double[] numbers = new double[own + more.length];
    for (int at = 0; at < own; at++) {
      numbers[at] = coefficients[at % p * m + from + at / p];
    }
    System.arraycopy(more, 0, numbers, own, more.length);
    return numbers;
  }

  /** What the i-th of {@link #numbers} predicts. */
  Column prediction(SqlParameters numbers, int i) {
    Column[] terms = new Column[p];
    terms[0] = numbers.at(i * p);
    for (int j = 1; j < p; j++) {
      terms[j] = SqlFrame.term(j - 1).multiply(numbers.at(i * p + j));
    }
    return SqlFrame.added(Arrays.asList(terms));
  }
}
