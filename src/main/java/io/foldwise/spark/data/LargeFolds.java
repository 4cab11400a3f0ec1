package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import io.foldwise.input.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The fold of each row of a large training set, as a column.
 *
 * <p>Passes: none by hash; contiguous counts the rows of each block, stratified those of each label
 * value, group those of each group, column finds the distinct values.
 */
final class LargeFolds {

  /** Holds the fold, an int. */
  static final String DEALT = "__foldwise_dealt";

  private static final int ROWS_PER_FOLD = 100;
  private static final int MOST_LABELS = 10_000;
  private static final int MOST_FOLDS = 10_000;
  private static final int MOST_GROUPS = 1_000_000;

  private final ColumnRoles roles;
  private final AssignmentOptions options;
  private final long rows;

  /** Rows are expected ones under a random test split. */
  LargeFolds(ColumnRoles roles, AssignmentOptions options, long rows) {
    this.roles = roles;
    this.options = options;
    this.rows = rows;
  }

  /** Rows with their fold, the number of folds, and remarks. */
  record Dealt(Dataset<Row> frame, int folds, List<String> notes) {}

  Dealt deal(Dataset<Row> training) {
    return switch (options.strategy()) {
      case RANDOM -> hashed(training, List.of());
      case CONTIGUOUS -> contiguous(training);
      case STRATIFIED -> stratified(training);
      case GROUP -> groups(training);
      case COLUMN -> column(training);
      case NONE -> new Dealt(training.withColumn(DEALT, lit(0)), 1, List.of());
    };
  }

  private Dealt hashed(Dataset<Row> training, List<String> notes) {
    if (options.folds() > rows / ROWS_PER_FOLD) {
      throw new InvalidInputException(
          "'folds' (%d) must be <= rows/%d (%d) where folds follow hashes: a fold could be empty"
              .formatted(options.folds(), ROWS_PER_FOLD, rows / ROWS_PER_FOLD));
    }
    return new Dealt(
        training.withColumn(DEALT, hashed(Columns.named(Columns.KEY))), options.folds(), notes);
  }

  private Column hashed(Column identity) {
    Column draw = RowHash.Draw.FOLD.of(identity, options.seed());
    return pmod(draw, lit((long) options.folds())).cast(DataTypes.IntegerType);
  }

  private Dealt contiguous(Dataset<Row> training) {
    Positions positions = Positions.of(training);
    Column fold = Contiguous.fold(Positions.POSITION, positions.rows(), options.folds());
    return new Dealt(
        positions.frame().withColumn(DEALT, fold),
        options.folds(),
        List.of("contiguous folds: one pass counted the rows of each block of the files"));
  }

  private Dealt stratified(Dataset<Row> training) {
    Strata.check(labelCounts(training), options.folds(), roles.label());
    return hashed(
        training,
        List.of(
            "stratified folds: one pass counted the label values; each value is spread by hash,"
                + " even by chance alone"));
  }

  private Map<Double, Long> labelCounts(Dataset<Row> training) {
    List<Row> values =
        training
            .groupBy(Columns.named(roles.label()))
            .count()
            .limit(MOST_LABELS + 1)
            .collectAsList();
    if (values.size() > MOST_LABELS) {
      throw new InvalidInputException(
          "'fold-strategy' stratified: '%s' has more than %d values: use random"
              .formatted(roles.label(), MOST_LABELS));
    }
    Map<Double, Long> counts = new HashMap<>();
    values.forEach(value -> counts.put(value.getDouble(0), value.getLong(1)));
    return counts;
  }

  private Dealt groups(Dataset<Row> training) {
    List<Row> counted =
        training.groupBy(Columns.GROUP).count().limit(MOST_GROUPS + 1).collectAsList();
    if (counted.size() > MOST_GROUPS) {
      refuseMissing(training);
      return new Dealt(
          training.withColumn(DEALT, hashed(Columns.named(Columns.GROUP))),
          options.folds(),
          List.of("group folds: over 1,000,000 groups, spread by hash, even by chance alone"));
    }
    return new Dealt(
        joined(training, Columns.GROUP, DataTypes.LongType, groupTable(counted)),
        options.folds(),
        List.of("group folds: one pass counted the rows of each group"));
  }

  /** One more pass: among so many groups, the missing one need not be counted yet. */
  private void refuseMissing(Dataset<Row> training) {
    Column group = Columns.named(Columns.GROUP);
    training
        .select(group)
        .filter(group.isNull())
        .limit(1)
        .collectAsList()
        .forEach(row -> refuseMissing(row, roles.asked().group().orElseThrow()));
  }

  private List<Row> groupTable(List<Row> counted) {
    Map<Long, Long> sizes = new HashMap<>();
    for (Row group : counted) {
      refuseMissing(group, roles.asked().group().orElseThrow());
      sizes.put(group.getLong(0), group.getLong(1));
    }
    return GroupFolds.deal(sizes, options.folds(), options.seed()).entrySet().stream()
        .map(group -> RowFactory.create(group.getKey(), group.getValue()))
        .toList();
  }

  private Dealt column(Dataset<Row> training) {
    List<String> order = foldValues(training, roles.asked().foldColumn().orElseThrow());
    List<Row> table =
        IntStream.range(0, order.size())
            .mapToObj(fold -> RowFactory.create(order.get(fold), fold))
            .toList();
    return new Dealt(
        joined(training, Columns.FOLD_VALUE, DataTypes.StringType, table),
        order.size(),
        List.of("fold column: one pass found its values"));
  }

  private static List<String> foldValues(Dataset<Row> training, String name) {
    List<Row> distinct =
        training.select(Columns.FOLD_VALUE).distinct().limit(MOST_FOLDS + 1).collectAsList();
    if (distinct.size() > MOST_FOLDS) {
      throw new InvalidInputException(
          "'fold-column' (%s) has more than %d values: a fold column names folds"
              .formatted(name, MOST_FOLDS));
    }
    distinct.forEach(row -> refuseMissing(row, name));
    return FoldColumn.sorted(distinct.stream().map(row -> row.getString(0)).toList(), name);
  }

  private static Dataset<Row> joined(
      Dataset<Row> training, String by, DataType type, List<Row> table) {
    StructType schema =
        new StructType().add(by, type, false).add(DEALT, DataTypes.IntegerType, false);
    Dataset<Row> folds = training.sparkSession().createDataFrame(table, schema);
    return training.join(broadcast(folds), by);
  }

  private static void refuseMissing(Row value, String name) {
    if (value.isNullAt(0)) {
      throw new InvalidInputException(
          "column '" + name + "' has missing cells, and folds are dealt by it: fill them in");
    }
  }
}
