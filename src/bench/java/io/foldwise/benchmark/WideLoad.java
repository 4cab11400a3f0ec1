package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;

import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of many columns, from the path to the first pass over dealt rows, against Spark's reader of
 * the same file: every number added up as Spark hands out its rows, types known beforehand.
 */
final class WideLoad implements Measurement {
  private static final int FEATURES = 2000;
  private static final long ROWS = 2000;
  private static final double BOUND = 2;

  private final Stage stage;
  private final BenchmarkData data;

  WideLoad(Stage stage) {
    this.stage = stage;
    this.data = stage.data(BenchmarkData.Label.LINEAR, ROWS, FEATURES);
  }

  @Override
  public void run() {
    SparkSession spark = stage.spark();
    StructType schema = spark.read().parquet(data.path()).schema();
    String csv = csv(spark);
    compare("Parquet", () -> spark.read().parquet(data.path()), data.path());
    compare("csv", () -> spark.read().schema(schema).option("header", true).csv(csv), csv);
  }

  /** The same rows as csv, made where they are not there yet. */
  private String csv(SparkSession spark) {
    Path folder = Path.of(data.path().replaceAll("[.]parquet$", "-csv"));
    if (!Files.exists(folder.resolve("_SUCCESS"))) {
      spark
          .read()
          .parquet(data.path())
          .write()
          .mode("overwrite")
          .option("header", true)
          .csv(folder.toString());
    }
    return folder.toString();
  }

  /** What opens a file. */
  private interface Opened {
    Dataset<Row> frame();
  }

  private void compare(String format, Opened opened, String path) {
    Contestant<Double> scan = new Contestant<>("scan, " + format, () -> scanned(opened.frame()));
    Contestant<Double> load = new Contestant<>("load, " + format, () -> loaded(path));
    stage.race(List.of(scan, load));
    double difference = Math.abs(load.median().value() / scan.median().value() - 1);
    if (!(difference < 1e-9)) {
      throw new IllegalStateException("the sums differ by " + difference);
    }
    stage
        .table()
        .add(
            "load of %,d rows × %,d columns of %s over a bare scan"
                .formatted(ROWS, FEATURES, format),
            scan.median(),
            load.median(),
            COSTS,
            BOUND);
  }

  /** The squares of all features, added up. */
  private static double scanned(Dataset<Row> frame) {
    return sum(
        frame,
        row -> {
          double sum = 0;
          for (int j = 0; j < FEATURES; j++) {
            sum += row.getDouble(j) * row.getDouble(j);
          }
          return sum;
        });
  }

  private double loaded(String path) {
    try (LoadedData loaded = DataLoader.load(stage.spark(), DataOptions.of(path));
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS)) {
      return sum(
          assigned.frame(),
          row -> {
            ArrayData features = row.getArray(0);
            double sum = 0;
            for (int j = 0; j < FEATURES; j++) {
              sum += features.getDouble(j) * features.getDouble(j);
            }
            return sum;
          });
    }
  }

  private interface OfRow extends java.io.Serializable {
    double number(InternalRow row);
  }

  private static double sum(Dataset<Row> frame, OfRow each) {
    return frame
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(part -> List.of(sum(part, each)).iterator())
        .reduce(Double::sum);
  }

  private static double sum(Iterator<InternalRow> rows, OfRow each) {
    double sum = 0;
    while (rows.hasNext()) {
      sum += each.number(rows.next());
    }
    return sum;
  }
}
