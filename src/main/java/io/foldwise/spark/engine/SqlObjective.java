package io.foldwise.spark.engine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.learn.ActiveColumns;
import io.foldwise.learn.Functions;
import io.foldwise.learn.GradientSums;
import io.foldwise.learn.Loss;
import io.foldwise.learn.LossSums;
import io.foldwise.learn.Objective;
import io.foldwise.learn.SoleFolds;
import io.foldwise.learn.TrialColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The objective as SQL: r<sub>c</sub> = w ℓ′(ŷ<sub>c</sub>, y) a column for each trial, 0 on rows
 * that it holds out, and Σ r<sub>c</sub> tⱼ. Every query is built anew on the cached rows, so plans
 * stay as they are however many steps there are.
 */
final class SqlObjective implements Objective {
  private final TrialColumns columns;
  private final int minibatches;
  private final SqlRows rows;
  private final Functions functions;
  private final SoleFolds soles;
  private final int p;

  SqlObjective(TrialColumns columns, int minibatches, SqlRows rows) {
    this.columns = columns;
    this.minibatches = minibatches;
    this.rows = rows;
    this.functions = new Functions(columns);
    this.soles = rows.soleFolds(minibatches);
    this.p = columns.width();
  }

  @Override
  public int minibatches() {
    return minibatches;
  }

  @Override
  public boolean isEmpty(int b, int column) {
    return soles.isEmpty(b, columns.heldOut()[column]);
  }

  @Override
  public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
    functions.moveTo(w, active);
    int m = functions.side().count();
    double[] sums = new double[p * m];
    int width = Math.max(1, SqlAggregates.MOST_SUMS / p);
    for (int from = 0; from < m; from += width) {
      addGradients(b, from, Math.min(m, from + width), sums);
    }
    functions.gradientInto(new GradientSums(sums, rows.foldWeights(b, minibatches)), gradient);
  }

  /** Of the functions {@code from} to before {@code to}. */
  private void addGradients(int b, int from, int to, double[] sums) {
    Query query = new Query(from, to, b);
    Dataset<Row> residuals = query.with("r", this::residual);
    List<Column> products = new ArrayList<>();
    for (int c = from; c < to; c++) {
      for (int j = 0; j < p; j++) {
        Column residual = col("r" + c);
        products.add(sum(j == 0 ? residual : residual.multiply(SqlFrame.term(j - 1))));
      }
    }
    double[] found = rows.passes().aggregates().over(residuals, products);
    int m = functions.side().count();
    for (int at = 0; at < found.length; at++) {
      sums[at % p * m + from + at / p] = found[at];
    }
  }

  private Column residual(int c, Column prediction) {
    Column slope = LossColumns.derivative(loss(c), prediction, SqlFrame.LABEL);
    return SqlFrame.unlessOfFold(heldOut(c), rows.frame().weighed(slope));
  }

  /** The losses of the active columns over all rows. */
  LossSums losses(double[] w, ActiveColumns active) {
    functions.moveTo(w, active);
    int m = functions.side().count();
    double[] sums = new double[2 * m];
    int width = SqlAggregates.MOST_SUMS / 2;
    for (int from = 0; from < m; from += width) {
      addLosses(from, Math.min(m, from + width), sums);
    }
    return LossSums.of(sums);
  }

  private void addLosses(int from, int to, double[] sums) {
    Dataset<Row> losses = new Query(from, to, Query.ALL).with("l", this::loss);
    List<Column> wanted = new ArrayList<>();
    for (int c = from; c < to; c++) {
      wanted.add(sum(SqlFrame.unlessOfFold(heldOut(c), col("l" + c))));
      wanted.add(sum(SqlFrame.ofFold(heldOut(c), col("l" + c))));
    }
    double[] found = rows.passes().aggregates().over(losses, wanted);
    int m = functions.side().count();
    for (int at = 0; at < found.length; at++) {
      sums[at % 2 * m + from + at / 2] = found[at];
    }
  }

  private Column loss(int c, Column prediction) {
    return rows.frame().weighed(LossColumns.value(loss(c), prediction, SqlFrame.LABEL));
  }

  private Loss loss(int c) {
    return columns.losses().get(functions.side().columns()[c]);
  }

  private int heldOut(int c) {
    return columns.heldOut()[functions.side().columns()[c]];
  }

  /** Some functions over the rows of a minibatch. */
  private final class Query {
    static final int ALL = -1;

    private final int from;
    private final int to;
    private final int b;
    private final SqlParameters parameters;

    Query(int from, int to, int b) {
      this.from = from;
      this.to = to;
      this.b = b;
      this.parameters = rows.passes().kind().of(numbers());
    }

    /**
     * The functions, one after the other, then the first cut of the minibatch and that after it.
     */
    private double[] numbers() {
      int m = functions.side().count();
      double[] numbers = new double[p * (to - from) + 2];
      for (int at = 0; at < p * (to - from); at++) {
        numbers[at] = functions.coefficients()[at % p * m + from + at / p];
      }
      if (!isWhole()) {
        numbers[numbers.length - 2] = rows.firstCut(b, minibatches);
        numbers[numbers.length - 1] = rows.firstCut(b + 1, minibatches);
      }
      return numbers;
    }

    private boolean isWhole() {
      return b == ALL || minibatches == 1;
    }

    /** The rows with a column made of each function's predictions. */
    Dataset<Row> with(String name, BiFunction<Integer, Column, Column> made) {
      Dataset<Row> all = parameters.addedTo(rows.frame().rows());
      int borders = p * (to - from);
      Dataset<Row> own =
          isWhole()
              ? all
              : all.where(
                  SqlFrame.CUT
                      .geq(parameters.at(borders))
                      .and(SqlFrame.CUT.lt(parameters.at(borders + 1))));
      Map<String, Column> columns = new LinkedHashMap<>();
      for (int c = from; c < to; c++) {
        columns.put(name + c, made.apply(c, prediction((c - from) * p)));
      }
      return own.withColumns(columns);
    }

    private Column prediction(int first) {
      Column[] terms = new Column[p];
      terms[0] = parameters.at(first);
      for (int j = 1; j < p; j++) {
        terms[j] = SqlFrame.term(j - 1).multiply(parameters.at(first + j));
      }
      return SqlFrame.added(Arrays.asList(terms));
    }
  }
}
