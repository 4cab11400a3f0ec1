package io.foldwise.spark.data.fold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.load.ColumnRoles;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The fold of each row of a large training set, as a column.
 *
 * <p>A hash takes no pass. A strategy that deals by a trait takes one, which counts its values, and
 * one that deals by position takes one, which counts the rows of each block of the files.
 */
final class LargeFolds {

  /** The column that holds the fold, or the piece of it, an int. */
  static final String DEALT = "__foldwise_dealt";

  private static final int ROWS_PER_FOLD = 100;

  private final ColumnRoles roles;
  private final AssignmentOptions options;
  private final FoldStrategy strategy;
  private final RowTrait trait;
  private final long rows;

  /** Takes the number of rows, under a random test split the expected one. */
  LargeFolds(ColumnRoles roles, AssignmentOptions options, long rows) {
    this.roles = roles;
    this.options = options.ofMany();
    this.strategy = this.options.strategy();
    this.trait = strategy.trait();
    this.rows = rows;
  }

  /**
   * The rows with their fold.
   *
   * @param folds the number of folds, k
   * @param isSpread whether chance spreads the rows, so that folds are lopsided where many are
   *     equal
   * @param notes what the dealing took, one line each
   */
  record Dealt(Dataset<Row> frame, int folds, boolean isSpread, List<String> notes) {}

  Dealt deal(Dataset<Row> training) {
    Optional<Map<Object, Long>> counts = counts(training);
    if (counts.isEmpty()) {
      return new Dealt(
          training.withColumn(DEALT, hashed(trait.column(roles), options.folds())),
          options.folds(),
          false,
          List.of(
              "%s folds: over %,d values of '%s', spread by hash, even by chance alone"
                  .formatted(strategy.option(), trait.mostValues(), column())));
    }
    Dealing dealing = options.dealing(rows, counts.get(), roles);
    if (dealing instanceof Dealing.Runs runs) {
      return inRuns(training, runs);
    }
    if (dealing instanceof Dealing.ByValue by) {
      List<String> notes = new ArrayList<>(List.of(counted("")));
      notes.addAll(by.notes());
      return new Dealt(joined(training, by.values()), by.folds(), false, notes);
    }
    return spread(training, (Dealing.Spread) dealing);
  }

  private Dealt spread(Dataset<Row> training, Dealing.Spread spread) {
    int k = spread.folds();
    if (k > 1 && k > rows / ROWS_PER_FOLD) {
      throw new InvalidInputException(
          "'folds' (%d) must be <= rows/%d (%d) where folds follow hashes: a fold could be empty"
              .formatted(k, ROWS_PER_FOLD, rows / ROWS_PER_FOLD));
    }
    return new Dealt(
        training.withColumn(DEALT, k == 1 ? lit(0) : hashed(Columns.KEY, k)),
        k,
        true,
        spread.withinTrait()
            ? List.of(counted("; each value is spread by hash, even by chance alone"))
            : List.of());
  }

  private Column hashed(String identity, int k) {
    Column draw = RowHash.Draw.FOLD.of(Columns.named(identity), options.seed());
    return pmod(draw, lit((long) k)).cast(DataTypes.IntegerType);
  }

  private Dealt inRuns(Dataset<Row> training, Dealing.Runs expected) {
    RowNumbers numbers = RowNumbers.of(training);
    Dealing.Runs runs = new Dealing.Runs(expected.folds(), numbers.rows(), expected.purge());
    return new Dealt(
        numbers.frame().withColumn(DEALT, expr(runs.piece(RowNumbers.NUMBER))),
        runs.folds(),
        false,
        List.of(
            "%s folds: one pass counted the rows of each block of the files"
                .formatted(strategy.option())));
  }

  private String counted(String more) {
    return "%s folds: one pass %s%s".formatted(strategy.option(), trait.counting(), more);
  }

  private String column() {
    return trait.named(roles).orElseThrow();
  }

  /** How many rows have each value of the trait; empty where there are too many to be counted. */
  private Optional<Map<Object, Long>> counts(Dataset<Row> training) {
    Map<Object, Long> counts = new HashMap<>();
    if (trait == RowTrait.NONE) {
      return Optional.of(counts);
    }
    List<Row> values =
        training
            .groupBy(Columns.named(trait.column(roles)))
            .count()
            .limit(trait.mostValues() + 1)
            .collectAsList();
    if (values.size() > trait.mostValues()) {
      if (!trait.instead().isEmpty()) {
        throw new InvalidInputException(
            "'fold-strategy' %s: '%s' has more than %d values: %s"
                .formatted(strategy.option(), column(), trait.mostValues(), trait.instead()));
      }
      refuseMissing(training);
      return Optional.empty();
    }
    for (Row value : values) {
      refuseMissing(value);
      counts.put(value.get(0), value.getLong(1));
    }
    return Optional.of(counts);
  }

  /** Looks for a missing value by one more pass: among so many, it need not be counted yet. */
  private void refuseMissing(Dataset<Row> training) {
    Column value = Columns.named(trait.column(roles));
    training
        .select(value)
        .filter(value.isNull())
        .limit(1)
        .collectAsList()
        .forEach(this::refuseMissing);
  }

  private void refuseMissing(Row value) {
    if (value.isNullAt(0)) {
      throw new InvalidInputException(
          "column '%s' has missing cells, and folds are dealt by it: fill them in"
              .formatted(column()));
    }
  }

  private Dataset<Row> joined(Dataset<Row> training, Map<Object, Integer> values) {
    String by = trait.column(roles);
    StructType schema =
        new StructType().add(by, trait.type(), false).add(DEALT, DataTypes.IntegerType, false);
    List<Row> table =
        values.entrySet().stream()
            .map(value -> RowFactory.create(value.getKey(), value.getValue()))
            .toList();
    Dataset<Row> folds = training.sparkSession().createDataFrame(table, schema);
    return training.join(broadcast(folds), by);
  }
}
