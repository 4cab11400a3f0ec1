package io.foldwise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The csv files that Spark writes, a header in each.
 *
 * @param parts their directory
 */
record CsvParts(FileSystem files, Path parts) {
  /** Writes rows. */
  void write(Dataset<Row> rows, String compression) {
    rows.write().option("header", true).option("compression", compression).csv(parts.toString());
  }

  /** Writes rows of one partition; the file. */
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
