package io.foldwise.spark.data.fold;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.search.Assignment;
import io.foldwise.spark.data.load.IndexedRow;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.load.TestRows;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Exact folds and positions: ranks on the driver, which cached rows look up without a Spark job.
 */
final class SmallAssigner {

  private static final String CODE = "__foldwise_code";

  private final LoadedData data;
  private final List<IndexedRow> rows;
  private final AssignmentOptions options;
  private final List<String> notes = new ArrayList<>();

  SmallAssigner(LoadedData data, List<IndexedRow> rows, AssignmentOptions options) {
    this.data = data;
    this.rows = rows;
    this.options = options;
  }

  AssignedRows assign() {
    boolean[] test = testRows();
    int[] indices = IntStream.range(0, rows.size()).filter(i -> !test[i]).toArray();
    List<IndexedRow> training = Arrays.stream(indices).mapToObj(rows::get).toList();
    SmallFolds folds = SmallFolds.of(training, options, data.roles());
    Assignment assignment =
        new Assignment(
            training.size(),
            folds.dealing().folds(),
            training.size(),
            options.strategy().trainedOn());
    long[] codes = new long[rows.size()];
    Arrays.fill(codes, RowCodes.TEST);
    int[] dealt = folds.deal();
    int[] positions =
        SmallFolds.ranks(SmallFolds.draws(RowHash.Draw.POSITION, training, options.seed()));
    for (int i = 0; i < indices.length; i++) {
      codes[indices[i]] = ((long) dealt[i] << RowCodes.FOLD_SHIFT) + positions[i];
    }
    notes.addAll(folds.dealing().notes());
    notes.addAll(
        EqualRows.notes(
            training.stream().mapToLong(IndexedRow::contents).toArray(),
            Arrays.stream(dealt).map(assignment.trainedOn()::fold).toArray(),
            contents(test)));
    return joined(
        assignment, RowCodes.of(rows.stream().mapToLong(IndexedRow::within).toArray(), codes));
  }

  /** The hashes of the test rows. */
  private long[] contents(boolean[] test) {
    return data.test() instanceof TestRows.Drawn
        ? IntStream.range(0, rows.size())
            .filter(i -> test[i])
            .mapToLong(i -> rows.get(i).contents())
            .toArray()
        : data.testContents();
  }

  private boolean[] testRows() {
    boolean[] test = new boolean[rows.size()];
    if (data.test() instanceof TestRows.Drawn drawn) {
      int count = (int) drawn.fraction().rowsOf(rows.size());
      int[] ranks = testRanks(drawn.fraction().split());
      for (int i = 0; i < test.length; i++) {
        test[i] = ranks[i] < count;
      }
    }
    return test;
  }

  private int[] testRanks(TestSource.Split split) {
    return switch (split) {
      case RANDOM ->
          SmallFolds.ranks(SmallFolds.draws(RowHash.Draw.TEST, rows, options.testSeed()));
      case TAIL -> IntStream.range(0, rows.size()).map(i -> rows.size() - 1 - i).toArray();
    };
  }

  private AssignedRows joined(Assignment assignment, RowCodes codes) {
    Shared<RowCodes> shared = Transport.share(data.rows().sparkSession().sparkContext(), codes);
    Column[] test = Columns.named(data.roles().testColumns());
    Dataset<Row> coded = data.rows().withColumn(CODE, looked(row -> shared.value().code(row)));
    Column trains = Columns.named(CODE).geq(0L);
    Dataset<Row> training = withFoldAndPosition(coded.where(trains));
    Column number = looked(row -> shared.value().number(row));
    Optional<Dataset<Row>> drawn =
        data.test() instanceof TestRows.Drawn
            ? Optional.of(coded.where(Columns.named(CODE).lt(0L)).select(test))
            : LargeAssigner.apart(data);
    return new AssignedRows(
        data,
        new AssignedRows.Frames(
            training.select(Columns.named(data.roles().trainingColumns())),
            KeyedRows.numbered(training.withColumn(Columns.ROW, number), data.roles()),
            drawn),
        assignment,
        notes,
        new Exact(shared));
  }

  private static Column looked(UDF1<Long, Long> up) {
    return udf(up, DataTypes.LongType).asNonNullable().apply(Columns.named(Columns.WITHIN));
  }

  private Dataset<Row> withFoldAndPosition(Dataset<Row> training) {
    Column code = Columns.named(CODE);
    return training
        .withColumn(Columns.FOLD, shiftright(code, RowCodes.FOLD_SHIFT).cast(DataTypes.IntegerType))
        .withColumn(Columns.POSITION, code.bitwiseAND(lit(0xFFFF_FFFFL)));
  }

  /** The origin of exact folds, which never need dealing again. */
  private record Exact(Shared<RowCodes> codes) implements AssignedRows.Origin {

    @Override
    public Optional<AssignedRows> rebalanced(long[] foldSizes) {
      return Optional.empty();
    }

    @Override
    public void close() {
      codes.destroy();
    }
  }
}
