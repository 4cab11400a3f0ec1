package io.foldwise.spark.data.fold;

import io.foldwise.spark.data.load.ColumnRoles;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Training rows with what tells them apart.
 *
 * @param frame the columns of {@link AssignedRows#frame}, then the key if there is one
 * @param key {@link #ID} where an id column is named, else {@link #ROW} of up to {@link
 *     LoadedData#SMALL_ROWS} rows, else nothing: numbering more would take a pass
 */
public record KeyedRows(Dataset<Row> frame, Optional<String> key) {
  /** The column of ids, as they stand in the file. */
  public static final String ID = Columns.ID;

  /**
   * The column of the row's number in file order, a long from 0; test rows that were split off are
   * counted.
   */
  public static final String ROW = Columns.ROW;

  /** Takes rows with fold, position and whatever else was found out about them. */
  static KeyedRows of(Dataset<Row> rows, ColumnRoles roles) {
    Optional<String> key = roles.asked().id().map(name -> ID);
    List<String> columns = new ArrayList<>(roles.trainingColumns());
    key.ifPresent(columns::add);
    return new KeyedRows(rows.select(Columns.named(columns)), key);
  }

  /** Takes rows with {@link #ROW}, and puts them in its order, in one partition. */
  static KeyedRows numbered(Dataset<Row> rows, ColumnRoles roles) {
    Dataset<Row> ordered = rows.coalesce(1).sortWithinPartitions(Columns.named(ROW));
    KeyedRows byId = of(ordered, roles);
    List<String> columns = new ArrayList<>(roles.trainingColumns());
    columns.add(ROW);
    return byId.key.isPresent()
        ? byId
        : new KeyedRows(ordered.select(Columns.named(columns)), Optional.of(ROW));
  }
}
