package io.foldwise.spark.engine.rows;

import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LocalTableScanExec;

/**
 * The rows of a frame as passes read them. Those of small data stand on the driver, in one
 * partition, and a pass over them is no job of Spark's.
 */
public final class FrameRows {

  /** What a pass makes of the rows of a partition; each may stand in place of the one before it. */
  public interface Reading<T> extends Function<Iterator<InternalRow>, T>, Serializable {}

  /** What is made of a row. */
  interface RowReading<T> extends Function<InternalRow, T>, Serializable {}

  /** The cells of a frame up to which a pass over it takes less than a job's start. */
  private static final long MOST_CELLS = 200_000;

  private FrameRows() {}

  /** The rows, for jobs. */
  public static JavaRDD<InternalRow> of(Dataset<Row> rows) {
    JavaRDD<InternalRow> all = rows.queryExecution().toRdd().toJavaRDD();
    return local(rows).isPresent() ? all.coalesce(1) : all;
  }

  /** The rows, where they stand on the driver. */
  public static Optional<List<InternalRow>> onDriver(Dataset<Row> rows) {
    return local(rows).map(scan -> Arrays.asList(scan.executeCollect()));
  }

  private static Optional<LocalTableScanExec> local(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan() instanceof LocalTableScanExec scan
            && (long) scan.rows().size() * scan.output().size() <= MOST_CELLS
        ? Optional.of(scan)
        : Optional.empty();
  }

  /** What a reading makes of each partition, in order. */
  public static <T> List<T> pass(Dataset<Row> rows, Reading<T> reading) {
    return onDriver(rows)
        .map(all -> List.of(reading.apply(all.iterator())))
        .orElseGet(
            () ->
                Transport.collect(
                    of(rows).mapPartitions(part -> List.of(reading.apply(part)).iterator())));
  }

  /** What a reading makes of the first rows, at most so many. */
  static <T> List<T> first(Dataset<Row> rows, int most, RowReading<T> reading) {
    return onDriver(rows)
        .map(all -> all.stream().limit(most).map(reading).toList())
        .orElseGet(() -> Transport.take(of(rows).map(reading::apply), most));
  }
}
