package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.CurvatureSums;
import io.foldwise.learn.optim.GradientSums;
import io.foldwise.learn.optim.LossSums;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.SummedObjective;
import io.foldwise.learn.optim.TrialColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The objective as SQL: r<sub>c</sub> = w ℓ′(ŷ<sub>c</sub>, y) a column for each trial, 0 on rows
 * that it holds out, and Σ r<sub>c</sub> tⱼ. Every query is built anew on the cached rows, so plans
 * stay as they are however many steps there are.
 */
public final class SqlObjective extends SummedObjective {
  private final TrialColumns columns;
  private final SqlRows rows;
  private final int p;

  public SqlObjective(TrialColumns columns, int minibatches, SqlRows rows) {
    super(columns, rows.soleFolds(minibatches));
    this.columns = columns;
    this.rows = rows;
    this.p = columns.width();
  }

  private SqlFunctions side() {
    return new SqlFunctions(functions().coefficients(), p, functions().side().count());
  }

  @Override
  protected GradientSums gradients(int b) {
    SqlFunctions side = side();
    double[] sums = new double[p * side.m()];
    int width = side.together(rows.passes().kind(), p, 0);
    for (int from = 0; from < side.m(); from += width) {
      Query query = new Query(side, from, Math.min(side.m(), from + width));
      double[] found = query.sums(query.of(b, "r", this::residual), this::products);
      for (int at = 0; at < found.length; at++) {
        sums[at % p * side.m() + from + at / p] = found[at];
      }
    }
    return new GradientSums(sums, rows.foldWeights(b, minibatches()));
  }

  private Column residual(int c, Column prediction) {
    Column slope = LossColumns.derivative(loss(c), prediction, SqlFrame.LABEL);
    return SqlFrame.trainedOn(split(c), rows.frame().weighed(slope));
  }

  private List<Column> products(int c) {
    Column residual = col("r" + c);
    List<Column> products = new ArrayList<>(List.of(sum(residual)));
    for (int j = 1; j < p; j++) {
      products.add(sum(residual.multiply(SqlFrame.term(j - 1))));
    }
    return products;
  }

  /** The planner takes no SQL where optima are solved for. */
  @Override
  protected GradientSums gradients() {
    throw new IllegalStateException("gradients of all rows are summed over packed rows alone");
  }

  /** The planner takes no SQL where optima are solved for. */
  @Override
  protected CurvatureSums curvatures(double[] widths, int every) {
    throw new IllegalStateException("curvatures are summed over packed rows alone");
  }

  @Override
  protected LossSums losses() {
    SqlFunctions side = side();
    double[] sums = new double[2 * side.m()];
    int width = side.together(rows.passes().kind(), 2, 0);
    for (int from = 0; from < side.m(); from += width) {
      Query query = new Query(side, from, Math.min(side.m(), from + width));
      double[] found = query.sums(query.ofAll("l", this::loss), this::bothLosses);
      for (int at = 0; at < found.length; at++) {
        sums[at % 2 * side.m() + from + at / 2] = found[at];
      }
    }
    return LossSums.of(sums);
  }

  private Column loss(int c, Column prediction) {
    return rows.frame().weighed(LossColumns.value(loss(c), prediction, SqlFrame.LABEL));
  }

  /**
   * The losses over the rows that a function is trained on, and over those that it is scored on.
   */
  private List<Column> bothLosses(int c) {
    Column loss = col("l" + c);
    return List.of(sum(SqlFrame.trainedOn(split(c), loss)), sum(SqlFrame.scoredOn(split(c), loss)));
  }

  private Loss loss(int c) {
    return columns.losses().get(functions().side().columns()[c]);
  }

  private Split split(int c) {
    return columns.splits().get(functions().side().columns()[c]);
  }

  /** Some functions of a side over some rows. */
  private final class Query {
    private final SqlFunctions side;
    private final int from;
    private final int to;

    Query(SqlFunctions side, int from, int to) {
      this.side = side;
      this.from = from;
      this.to = to;
    }

    /** The rows of minibatch b with a column made of each function's predictions. */
    Dataset<Row> of(int b, String name, BiFunction<Integer, Column, Column> made) {
      int m = minibatches();
      if (m == 1) {
        return ofAll(name, made);
      }
      SqlParameters numbers =
          numbers((double) rows.firstBorder(b, m), (double) rows.firstBorder(b + 1, m));
      int borders = p * (to - from);
      Column own =
          SqlFrame.CUT.geq(numbers.at(borders)).and(SqlFrame.CUT.lt(numbers.at(borders + 1)));
      return with(numbers.addedTo(rows.frame().rows()).where(own), numbers, name, made);
    }

    /** All rows with a column made of each function's predictions. */
    Dataset<Row> ofAll(String name, BiFunction<Integer, Column, Column> made) {
      SqlParameters numbers = numbers();
      return with(numbers.addedTo(rows.frame().rows()), numbers, name, made);
    }

    private SqlParameters numbers(double... more) {
      return rows.passes().kind().of(side.numbers(from, to, more));
    }

    private Dataset<Row> with(
        Dataset<Row> own,
        SqlParameters numbers,
        String name,
        BiFunction<Integer, Column, Column> made) {
      Map<String, Column> more = new LinkedHashMap<>();
      for (int c = from; c < to; c++) {
        more.put(name + c, made.apply(c, side.prediction(numbers, c - from)));
      }
      return own.withColumns(more);
    }

    /** The sums of each function, one after the other. */
    double[] sums(Dataset<Row> made, IntFunction<List<Column>> ofEach) {
      List<Column> wanted = new ArrayList<>();
      for (int c = from; c < to; c++) {
        wanted.addAll(ofEach.apply(c));
      }
      return rows.passes().aggregates().over(made, wanted);
    }
  }
}
