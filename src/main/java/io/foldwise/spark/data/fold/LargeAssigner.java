package io.foldwise.spark.data.fold;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftrightunsigned;

import io.foldwise.search.Assignment;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.schema.TestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Folds, positions and test rows by hash, as columns of the plan: no shuffle of the data, and no
 * pass except those that {@link LargeFolds} and {@link RowNumbers} name.
 */
final class LargeAssigner implements AssignedRows.Origin {

  private static final String TEST = "__foldwise_test";
  private static final String OCCURRENCE = "__foldwise_occurrence";
  private static final int POSITION_SHIFT = 32;
  private static final double LOPSIDED = 0.05;
  private static final double DEVIATIONS = 5;

  private final LoadedData data;
  private final AssignmentOptions options;
  private final List<String> notes = new ArrayList<>();
  private boolean isSpread;

  LargeAssigner(LoadedData data, AssignmentOptions options) {
    this.data = data;
    this.options = options;
  }

  AssignedRows assign() {
    return dealt(split());
  }

  /** The test rows, where they stand apart. */
  static Optional<Dataset<Row>> apart(LoadedData data) {
    return data.test() instanceof TestRows.Apart apart
        ? Optional.of(apart.numbers())
        : Optional.empty();
  }

  @Override
  public Optional<AssignedRows> rebalanced(long[] foldSizes) {
    if (!isSpread || !isLopsided(foldSizes)) {
      return Optional.empty();
    }
    notes.clear();
    notes.add("duplicate rows made folds lopsided: they were numbered, at a shuffle in each pass");
    Split split = split();
    return Optional.of(dealt(new Split(numbered(split.training()), split.test(), split.rows())));
  }

  @Override
  public void close() {}

  static boolean isLopsided(long[] foldSizes) {
    double n = Arrays.stream(foldSizes).sum();
    double share = 1.0 / foldSizes.length;
    double allowed = LOPSIDED * n * share + DEVIATIONS * Math.sqrt(n * share * (1 - share));
    return Arrays.stream(foldSizes).anyMatch(size -> Math.abs(size - n * share) > allowed);
  }

  private record Split(Dataset<Row> training, Optional<Dataset<Row>> test, long rows) {}

  private Split split() {
    if (!(data.test() instanceof TestRows.Drawn drawn)) {
      return new Split(rows(), apart(data), data.rowCount());
    }
    TestSource.Fraction fraction = drawn.fraction();
    long rows = data.rowCount() - fraction.rowsOf(data.rowCount());
    Dataset<Row> marked =
        switch (fraction.split()) {
          case RANDOM -> rows().withColumn(TEST, isDrawn(fraction.fraction()));
          case TAIL -> tail(rows);
        };
    Column[] columns = Columns.named(data.roles().testColumns());
    Dataset<Row> test = marked.where(Columns.named(TEST)).select(columns);
    return new Split(marked.where(not(Columns.named(TEST))), Optional.of(test), rows);
  }

  /** The rows; where each one stands is read only for folds that ask. */
  private Dataset<Row> rows() {
    return options.strategy().byRowNumber() ? data.orderedRows() : data.rows();
  }

  private Column isDrawn(double fraction) {
    Column draw = RowHash.Draw.TEST.of(Columns.named(Columns.KEY), options.testSeed());
    long threshold = (long) Math.ceil(fraction * Assignment.HASHED_POSITIONS);
    return shiftrightunsigned(draw, POSITION_SHIFT).lt(lit(threshold));
  }

  private Dataset<Row> tail(long trainingRows) {
    notes.add("test split tail: one pass counted the rows of each block of the files");
    Column number = Columns.named(RowNumbers.NUMBER);
    return RowNumbers.of(data.orderedRows())
        .frame()
        .withColumn(TEST, number.geq(lit(trainingRows)));
  }

  private AssignedRows dealt(Split split) {
    LargeFolds folds = new LargeFolds(data.roles(), options, split.rows());
    LargeFolds.Dealt dealt = folds.deal(split.training());
    notes.addAll(dealt.notes());
    Column position =
        shiftrightunsigned(
            RowHash.Draw.POSITION.of(Columns.named(Columns.KEY), options.seed()), POSITION_SHIFT);
    isSpread = dealt.isSpread();
    Assignment assignment =
        new Assignment(
            split.rows(),
            dealt.folds(),
            Assignment.HASHED_POSITIONS,
            options.strategy().trainedOn());
    Dataset<Row> training =
        dealt
            .frame()
            .withColumn(Columns.FOLD, Columns.named(LargeFolds.DEALT))
            .withColumn(Columns.POSITION, position);
    AssignedRows.Frames frames =
        new AssignedRows.Frames(
            training.select(Columns.named(data.roles().trainingColumns())),
            KeyedRows.of(training, data.roles()),
            split.test());
    return new AssignedRows(data, frames, assignment, notes, this);
  }

  /** The rows with the key replaced by an identity that tells duplicates apart. */
  private static Dataset<Row> numbered(Dataset<Row> rows) {
    Column occurrence =
        row_number()
            .over(Window.partitionBy(Columns.KEY).orderBy(Columns.VALUES))
            .minus(1)
            .cast(DataTypes.IntegerType);
    Column identity = RowHash.identity(Columns.named(Columns.KEY), Columns.named(OCCURRENCE));
    return rows.withColumn(OCCURRENCE, occurrence).withColumn(Columns.KEY, identity);
  }
}
