package io.foldwise.spark.engine.sql;

import io.foldwise.spark.engine.plan.SqlPlan;
import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * Functions side by side, some of which predict in a query.
 *
 * @param coefficients the functions, row-major p × m: constants, then coefficients of the terms
 * @param p the number of coefficients of each function
 * @param m the number of functions
 */
record SqlFunctions(double[] coefficients, int p, int m) {
  /**
   * The number of functions that a query takes, ≥ 1.
   *
   * @param each the number of sums of each function
   * @param besides the number of the query's other sums
   */
  int together(SqlParameters.Kind kind, int each, int besides) {
    int most = Math.min((SqlPlan.MOST_SUMS - besides) / each, kind.mostTerms() / p);
    return Math.max(1, most);
  }

  /** The functions {@code from} to before {@code to}, one after the other, then other numbers. */
  double[] numbers(int from, int to, double... more) {
    int own = p * (to - from);
    double[] numbers = new double[own + more.length];
    for (int at = 0; at < own; at++) {
      numbers[at] = coefficients[at % p * m + from + at / p];
    }
    System.arraycopy(more, 0, numbers, own, more.length);
    return numbers;
  }

  /** What the i-th function of {@link #numbers} predicts. */
  Column prediction(SqlParameters numbers, int i) {
    Column[] terms = new Column[p];
    terms[0] = numbers.at(i * p);
    for (int j = 1; j < p; j++) {
      terms[j] = SqlFrame.term(j - 1).multiply(numbers.at(i * p + j));
    }
    return SqlFrame.added(Arrays.asList(terms));
  }
}
