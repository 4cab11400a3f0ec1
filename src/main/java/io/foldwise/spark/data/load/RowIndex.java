package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.lit;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Brings to the driver what the rows of a small dataset are dealt by. */
final class RowIndex {

  private static final int FILE = 0;
  private static final int START = 1;
  private static final int WITHIN = 2;
  private static final int KEY = 3;
  private static final int VALUES = 4;
  private static final int LABEL = 5;
  private static final int BAD = 6;
  private static final int GROUP = 7;
  private static final int FOLD_VALUE = 8;
  private static final int WEIGHT = 9;
  private static final int CONTENTS = 10;
  private static final int TINY = 11;

  /** The least sum of weights, which must divide others without losing digits. */
  private static final double LEAST_WEIGHT = 1e-290;

  private static final Comparator<Row> FILE_ORDER =
      Comparator.<Row, String>comparing(row -> row.getString(FILE))
          .thenComparing(row -> row.getLong(START))
          .thenComparing(row -> row.getLong(WITHIN));

  private RowIndex() {}

  /**
   * The rows in file order, by one job, which fills the cache.
   *
   * @param firstBadCell finds the cell to refuse, where there is any
   * @param refuseTiny looks at whole columns, where a cell is too small to be squared
   */
  static List<IndexedRow> collect(
      Dataset<Row> rows,
      ColumnRoles roles,
      Supplier<Optional<BadCell>> firstBadCell,
      Runnable refuseTiny) {
    DataOptions.Roles asked = roles.asked();
    List<Row> sorted = new ArrayList<>(rows.select(columns(rows, roles)).collectAsList());
    sorted.sort(FILE_ORDER);
    if (sorted.stream().anyMatch(row -> row.getBoolean(BAD))) {
      throw new InvalidInputException(firstBadCell.get().orElseThrow().message());
    }
    if (sorted.stream().anyMatch(row -> row.getBoolean(TINY))) {
      refuseTiny.run();
    }
    asked.weight().ifPresent(name -> refuseWeightless(sorted, name));
    asked.group().ifPresent(name -> refuseMissing(sorted, GROUP, name));
    asked.foldColumn().ifPresent(name -> refuseMissing(sorted, FOLD_VALUE, name));
    return of(sorted);
  }

  private static Column[] columns(Dataset<Row> rows, ColumnRoles roles) {
    return new Column[] {
      Columns.named(Columns.FILE),
      Columns.named(Columns.START),
      Columns.named(Columns.WITHIN),
      Columns.named(Columns.KEY),
      Columns.named(Columns.VALUES),
      Columns.named(roles.label()),
      roles.isBad(),
      orNull(roles.asked().group(), Columns.GROUP, DataTypes.LongType),
      orNull(roles.asked().foldColumn(), Columns.FOLD_VALUE, DataTypes.StringType),
      orNull(roles.asked().weight(), Columns.WEIGHT, DataTypes.DoubleType),
      RowHash.ofContents(rows.schema(), roles.numbers()),
      roles.isTiny()
    };
  }

  private static List<IndexedRow> of(List<Row> rows) {
    long[] identities = identities(rows);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> indexed(rows.get(i), identities[i]))
        .toList();
  }

  private static IndexedRow indexed(Row row, long identity) {
    long group = row.isNullAt(GROUP) ? 0 : row.getLong(GROUP);
    String foldValue = row.isNullAt(FOLD_VALUE) ? "" : row.getString(FOLD_VALUE);
    return new IndexedRow(
        row.getLong(WITHIN),
        identity,
        row.getLong(CONTENTS),
        row.getDouble(LABEL),
        group,
        foldValue);
  }

  /** The identities of the rows: equal keys are numbered by the hash of all values, from 0. */
  private static long[] identities(List<Row> rows) {
    Comparator<Integer> byKey = Comparator.comparingLong(i -> rows.get(i).getLong(KEY));
    int[] order =
        IndexedRow.order(rows.size(), byKey.thenComparingLong(i -> rows.get(i).getLong(VALUES)));
    long[] identities = new long[rows.size()];
    int occurrence = 0;
    for (int r = 0; r < order.length; r++) {
      long key = rows.get(order[r]).getLong(KEY);
      boolean again = r > 0 && rows.get(order[r - 1]).getLong(KEY) == key;
      occurrence = again ? occurrence + 1 : 0;
      identities[order[r]] = RowHash.identity(key, occurrence);
    }
    return identities;
  }

  private static Column orNull(Optional<String> role, String column, DataType type) {
    return role.isPresent() ? Columns.named(column) : lit(null).cast(type);
  }

  private static void refuseWeightless(List<Row> rows, String name) {
    refuseWeightless(rows.stream().mapToDouble(row -> row.getDouble(WEIGHT)).sum(), name);
  }

  /** Refuses rows whose weights add to nothing, or next to nothing. */
  static void refuseWeightless(double sum, String name) {
    if (sum == 0) {
      throw new InvalidInputException(
          "'weight' (" + name + ") is 0 in every row: no row would count; leave out the option");
    }
    if (sum < LEAST_WEIGHT) {
      throw new InvalidInputException(
          "'weight' (%s): all weights together are %.3e, too small to divide by: rescale them"
              .formatted(name, sum));
    }
  }

  private static void refuseMissing(List<Row> rows, int cell, String name) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isNullAt(cell)) {
        throw new InvalidInputException(
            "row %d: column '%s' is missing, and folds are dealt by it: fill it in"
                .formatted(i + 1, name));
      }
    }
  }
}
