package io.foldwise.spark.engine.sql;

import io.foldwise.spark.engine.plan.SqlPlan;
import io.foldwise.spark.job.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs the queries of the SQL engine: every one of them is an aggregate of doubles, and all that is
 * ever collected are its groups.
 *
 * @param gpu how the GPU is turned for the queries
 * @param witness sees each query before it runs, and rows before they are kept
 */
public record SqlAggregates(GpuSwitch gpu, Consumer<Dataset<Row>> witness) {
  private static final String KEY = "key";

  /** Keeps rows that several queries read, cached until they are dropped. */
  SqlFrame kept(SqlFrame frame) {
    witness.accept(frame.rows());
    gpu.during(
        frame.rows().sparkSession(), () -> frame.rows().persist(StorageLevel.MEMORY_AND_DISK()));
    return frame;
  }

  /** The sums over all rows; 0 where there are none. */
  double[] over(Dataset<Row> rows, List<Column> sums) {
    return tiles(sums).stream()
        .flatMapToDouble(tile -> DoubleStream.of(collected(aggregated(rows, tile)).get(0)))
        .toArray();
  }

  private static Dataset<Row> aggregated(Dataset<Row> rows, List<Column> sums) {
    Column[] named = named(sums);
    return rows.agg(named[0], Arrays.copyOfRange(named, 1, named.length));
  }

  /**
   * The sums over the rows of each key.
   *
   * @param key a long that a double holds exactly
   * @param tiles the sums, those of each tile by a query of their own; at most {@link
   *     SqlPlan#MOST_SUMS} and at least one in each
   * @return for each key the sums of all tiles, one after the other
   */
  SortedMap<Long, double[]> by(Dataset<Row> rows, Column key, List<List<Column>> tiles) {
    int length = tiles.stream().mapToInt(List::size).sum();
    SortedMap<Long, double[]> groups = new TreeMap<>();
    int at = 0;
    for (List<Column> tile : tiles) {
      for (double[] row : collected(grouped(rows, key, tile))) {
        double[] sums = groups.computeIfAbsent((long) row[0], k -> new double[length]);
        System.arraycopy(row, 1, sums, at, tile.size());
      }
      at += tile.size();
    }
    return groups;
  }

  private static Dataset<Row> grouped(Dataset<Row> rows, Column key, List<Column> sums) {
    Column[] named = named(sums);
    return rows.groupBy(key.as(KEY))
        .agg(named[0], Arrays.copyOfRange(named, 1, named.length))
        .withColumn(KEY, functions.col(KEY).cast("double"));
  }

  private static Column[] named(List<Column> sums) {
    return IntStream.range(0, sums.size())
        .mapToObj(i -> sums.get(i).cast("double").as("s" + i))
        .toArray(Column[]::new);
  }

  private List<double[]> collected(Dataset<Row> query) {
    witness.accept(query);
    int columns = query.columns().length;
    return gpu.during(
        query.sparkSession(),
        () ->
            Transport.collect(
                query.queryExecution().toRdd().toJavaRDD().map(row -> numbers(row, columns))));
  }

  /** The numbers of a row, with 0 for a sum over no rows, which is null. */
  private static double[] numbers(InternalRow row, int columns) {
    double[] numbers = new double[columns];
    for (int i = 0; i < columns; i++) {
      numbers[i] = row.isNullAt(i) ? 0 : row.getDouble(i);
    }
    return numbers;
  }

  /** Cuts a list of sums into tiles. */
  static List<List<Column>> tiles(List<Column> sums) {
    return IntStream.iterate(0, from -> from < sums.size(), from -> from + SqlPlan.MOST_SUMS)
        .mapToObj(from -> sums.subList(from, Math.min(sums.size(), from + SqlPlan.MOST_SUMS)))
        .toList();
  }
}
