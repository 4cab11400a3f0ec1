package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Split;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a frame under names of our own, all of them doubles except for fold and cut: {@code
 * x}ⱼ the features, or {@code t}ᵢ the terms, then {@code y}, {@code fold}, {@code cut}, {@code w}.
 *
 * @param rows the frame
 * @param terms the number of terms, or of features where the frame was not expanded
 * @param weighted whether there is a {@code w}
 */
public record SqlFrame(Dataset<Row> rows, int terms, boolean weighted) {
  static final Column LABEL = col("y");
  static final Column FOLD = col("fold");
  static final Column CUT = col("cut");
  private static final String WEIGHT = "w";
  private static final String POSITION = "position";
  private static final String ARRAY = "features";

  /** The frame of training rows, with the features as they were loaded. */
  static SqlFrame training(EngineRows rows) {
    return renamed(rows.training(), rows.layout(), "fold", POSITION);
  }

  /** The frame of test rows, with the features as they were loaded, without fold and position. */
  static SqlFrame test(Dataset<Row> rows, EngineRows.Layout layout) {
    return renamed(rows, layout);
  }

  private static SqlFrame renamed(
      Dataset<Row> rows, EngineRows.Layout layout, String... afterLabel) {
    int d = layout.features().size();
    List<String> others =
        Stream.of(
                Stream.of("y"),
                Stream.of(afterLabel),
                Stream.of(WEIGHT).limit(layout.weighted() ? 1 : 0))
            .flatMap(each -> each)
            .toList();
    List<String> features = IntStream.range(0, d).mapToObj(SqlTerms::feature).toList();
    Dataset<Row> flat =
        layout.form() == EngineRows.Layout.Form.ARRAY
            ? unpacked(named(rows, List.of(ARRAY), others), features, others)
            : named(rows, features, others);
    return new SqlFrame(flat, d, layout.weighted());
  }

  private static Dataset<Row> named(Dataset<Row> rows, List<String> first, List<String> others) {
    return rows.toDF(Stream.concat(first.stream(), others.stream()).toArray(String[]::new));
  }

  /** Takes features out of one array, into columns of their own. */
  private static Dataset<Row> unpacked(
      Dataset<Row> rows, List<String> features, List<String> others) {
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < features.size(); j++) {
      columns.add(get(col(ARRAY), lit(j)).as(features.get(j)));
    }
    others.forEach(name -> columns.add(col(name)));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** This frame with the terms of a basis in place of the features. */
  SqlFrame expanded(PolynomialBasis basis) {
    return about(new Shift(new double[basis.terms() + 1]), basis);
  }

  /** This frame with the terms of a basis about a shift, and the label about its own. */
  SqlFrame about(Shift shift, PolynomialBasis basis) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < basis.terms(); i++) {
      columns.add(less(term(i), shift.feature(i)).as(SqlTerms.term(i)));
    }
    columns.add(less(LABEL, shift.label()).as("y"));
    return select(SqlTerms.addedTo(rows, basis), columns, basis.terms());
  }

  private static Column less(Column column, double shift) {
    return shift == 0 ? column : column.minus(lit(shift));
  }

  private SqlFrame select(Dataset<Row> expanded, List<Column> first, int count) {
    List<String> names = List.of(expanded.columns());
    List<Column> columns = new ArrayList<>(first);
    Stream.of("fold", POSITION, "cut", WEIGHT)
        .filter(names::contains)
        .forEach(name -> columns.add(col(name)));
    return new SqlFrame(expanded.select(columns.toArray(Column[]::new)), count, weighted);
  }

  /**
   * This frame with the cut of each row's position in the shuffled order: the number of minibatch
   * borders, of all batch sizes together, at or below it. A segment of {@link MinibatchBorders} is
   * all rows of one cut.
   */
  SqlFrame cut(MinibatchBorders borders) {
    long positions = borders.assignment().positions();
    Column cut =
        borders.minibatches().stream()
            .filter(m -> m > 1)
            .map(m -> call_function("div", col(POSITION).multiply(lit((long) m)), lit(positions)))
            .reduce(Column::plus)
            .orElse(lit(0L));
    return new SqlFrame(rows.withColumn("cut", cut).drop(POSITION), terms, weighted);
  }

  /** The block of a row, cut·pieces + piece. */
  Column block(int pieces) {
    return CUT.multiply(lit((long) pieces)).plus(FOLD);
  }

  /** Forgets rows that were kept. */
  void drop() {
    rows.unpersist(false);
  }

  /** The i-th term. */
  static Column term(int i) {
    return col(SqlTerms.term(i));
  }

  /** The weight of a row; 1 where rows have no weights. */
  Column weight() {
    return weighted ? col(WEIGHT) : lit(1.0);
  }

  /** The sum of numbers of a row, by halves: the depth of the expression is the logarithm. */
  static Column added(List<Column> numbers) {
    int half = numbers.size() / 2;
    return half == 0
        ? numbers.get(0)
        : added(numbers.subList(0, half)).plus(added(numbers.subList(half, numbers.size())));
  }

  /** A number on the rows that a split trains on, else 0. */
  static Column trainedOn(Split split, Column number) {
    return split.isNone() ? number : when(within(split.out()), lit(0.0)).otherwise(number);
  }

  /** A number on the rows that a split is scored on, else 0. */
  static Column scoredOn(Split split, Column number) {
    return split.isNone() ? lit(0.0) : when(within(split.scored()), number).otherwise(lit(0.0));
  }

  private static Column within(Split.Pieces pieces) {
    return pieces.end() == pieces.from() + 1
        ? FOLD.equalTo(lit(pieces.from()))
        : FOLD.geq(lit(pieces.from())).and(FOLD.lt(lit(pieces.end())));
  }

  /** A number times the row's weight. */
  Column weighed(Column number) {
    return weighted ? col(WEIGHT).multiply(number) : number;
  }
}
