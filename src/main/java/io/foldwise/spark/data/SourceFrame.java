package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.shiftright;

import io.foldwise.search.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * A dataset as its source has it: typed columns, missing values as null, and beside them where each
 * row stands.
 *
 * @param frame the user's columns, then {@link #ORDER}; sorted by these, rows are in file order
 * @param columns the user's columns in file order
 * @param rows number of rows, n ≥ 1
 * @param origin what messages call the dataset: its path
 */
record SourceFrame(Dataset<Row> frame, List<StructField> columns, long rows, String origin) {

  /** File, block and place in the block. */
  static final List<String> ORDER = List.of(Columns.FILE, Columns.START, Columns.WITHIN);

  /** A partition's number stands above these bits of Spark's increasing id. */
  private static final int PARTITION_SHIFT = 33;

  SourceFrame {
    columns = List.copyOf(columns);
    if (rows < 1) {
      throw new InvalidInputException("'" + origin + "' holds no rows: at least one is needed");
    }
    for (StructField column : columns) {
      if (Columns.isReserved(column.name())) {
        throw new InvalidInputException(
            "'%s': column '%s' begins with '__', which is reserved: rename it"
                .formatted(origin, column.name()));
      }
    }
  }

  /** A frame that comes from files, counted. */
  static SourceFrame ofFiles(Dataset<Row> frame, String origin) {
    return of(frame, fileOrder(), origin);
  }

  /** A frame whose file order is Spark's order of partitions, counted. */
  static SourceFrame ofPartitions(Dataset<Row> frame, String origin) {
    Column within = monotonically_increasing_id();
    Column[] order = {
      lit("").as(Columns.FILE),
      shiftright(within, PARTITION_SHIFT).as(Columns.START),
      within.as(Columns.WITHIN)
    };
    return of(frame, order, origin);
  }

  /** The columns of {@link #ORDER} for a frame that comes from files. */
  static Column[] fileOrder() {
    return new Column[] {
      col("_metadata.file_path").as(Columns.FILE),
      col("_metadata.file_block_start").as(Columns.START),
      monotonically_increasing_id().as(Columns.WITHIN)
    };
  }

  private static SourceFrame of(Dataset<Row> frame, Column[] order, String origin) {
    List<StructField> columns = List.of(frame.schema().fields());
    Column[] all =
        Stream.concat(
                columns.stream().map(column -> Columns.named(column.name())), Stream.of(order))
            .toArray(Column[]::new);
    return new SourceFrame(frame.select(all), columns, frame.count(), origin);
  }

  List<String> names() {
    return columns.stream().map(StructField::name).toList();
  }

  /** The column of that name. */
  StructField column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
