package io.foldwise.spark.data.generate;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Data that were made, and what they were made of.
 *
 * @param frame the features, then y
 * @param options what was asked for
 * @param intercept the intercept, b
 * @param coefficients the coefficients by the names that a model reports: x0, x0^2, …
 */
public record GeneratedData(
    Dataset<Row> frame,
    GeneratorOptions options,
    double intercept,
    Map<String, Double> coefficients) {

  /** Up to this many rows a dataset is one file, in order; above, a directory of files. */
  private static final long ROWS_PER_FILE = 1_000_000;

  private static final long MOST_PICKLED = 1L << 24;

  public GeneratedData {
    coefficients = Collections.unmodifiableMap(new LinkedHashMap<>(coefficients));
  }

  /**
   * Writes the data, as a single file where they are at most 1,000,000 rows or a pickle.
   *
   * @throws InvalidInputException if the path exists, or a pickle would hold more than 2²⁴ numbers
   */
  public void write(String path, WrittenFormat format) {
    try {
      write(new Path(path), format);
    } catch (IOException failed) {
      throw new UncheckedIOException("'out' (" + path + "): " + failed.getMessage(), failed);
    }
  }

  private void write(Path target, WrittenFormat format) throws IOException {
    Configuration hadoop = frame.sparkSession().sessionState().newHadoopConf();
    FileSystem files = target.getFileSystem(hadoop);
    if (files.exists(target)) {
      throw new InvalidInputException(
          "'out' (" + target + ") exists: remove it or choose another path");
    }
    if (format == WrittenFormat.PICKLE) {
      pickle(files, target);
    } else if (options.rows() > ROWS_PER_FILE) {
      save(frame, target, format);
    } else {
      Path parts = target.suffix("_parts");
      save(frame.coalesce(1), parts, format);
      moveOnlyPart(files, parts, target);
    }
  }

  private static void save(Dataset<Row> rows, Path target, WrittenFormat format) {
    DataFrameWriter<Row> writer = rows.write().option("header", true);
    boolean compressed = target.getName().replace("_parts", "").endsWith(".gz");
    writer
        .option(
            "compression", format == WrittenFormat.CSV ? compressed ? "gzip" : "none" : "snappy")
        .format(format.option())
        .save(target.toString());
  }

  private static void moveOnlyPart(FileSystem files, Path parts, Path target) throws IOException {
    Path part =
        Stream.of(files.listStatus(parts))
            .map(FileStatus::getPath)
            .filter(path -> path.getName().startsWith("part-"))
            .findFirst()
            .orElseThrow();
    files.rename(part, target);
    files.delete(parts, true);
  }

  private void pickle(FileSystem files, Path target) throws IOException {
    int d = options.features();
    if (options.rows() > MOST_PICKLED / (d + 1L)) {
      throw new InvalidInputException(
          "'rows' (%d) times columns (%d) must be <= %d for a pickle: use csv or parquet"
              .formatted(options.rows(), d + 1L, MOST_PICKLED));
    }
    int n = Math.toIntExact(options.rows());
    double[] x = new double[n * d];
    double[] y = new double[n];
    collect(x, y);
    try (OutputStream raw = files.create(target, false);
        OutputStream out = target.getName().endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      NumpyPickle pickle = new NumpyPickle(out);
      pickle.begin();
      pickle.entry("x", x, n, d);
      pickle.entry("y", y, n, 1);
      pickle.end();
    }
  }

  /** Fills x, row-major n × d, and y, n long, from one partition after the other. */
  private void collect(double[] x, double[] y) {
    int d = options.features();
    Iterator<Row> rows = frame.toLocalIterator();
    for (int i = 0; rows.hasNext(); i++) {
      Row row = rows.next();
      for (int j = 0; j < d; j++) {
        x[i * d + j] = row.getDouble(j);
      }
      y[i] = row.getDouble(d);
    }
  }
}
