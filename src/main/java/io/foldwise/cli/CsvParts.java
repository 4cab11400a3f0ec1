package io.foldwise.cli;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The csv files that Spark writes, a header in each.
 *
 * @param parts their directory
 */
record CsvParts(FileSystem files, Path parts) {
  /** Below 2⁵³ a double holds every whole number. */
  private static final double WHOLE = 0x1p53;

  /** The text of a double, whole numbers without a point. */
  static Column whole(Column number) {
    Column whole = number.equalTo(rint(number)).and(abs(number).lt(WHOLE));
    return when(whole, number.cast(DataTypes.LongType).cast(DataTypes.StringType))
        .otherwise(number.cast(DataTypes.StringType));
  }

  /** Writes rows. */
  void write(Dataset<Row> rows, String compression) {
    rows.write()
        .option("header", true)
        .option("escape", "\"")
        .option("compression", compression)
        .csv(parts.toString());
  }

  /** Writes rows of one partition, and returns the file that they are in. */
  Path only(Dataset<Row> rows, String compression) {
    write(rows, compression);
    try {
      return Arrays.stream(files.listStatus(parts))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
