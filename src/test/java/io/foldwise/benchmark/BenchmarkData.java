package io.foldwise.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.sum;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** n × 20 standard normal features and y = Σⱼ (j mod 7 − 3)·xⱼ + 10 + 3ε as Parquet files. */
final class BenchmarkData {
  static final int FEATURES = 20;
  private static final int FILES = 8;
  private static final int SEED = 7;

  private final SparkSession spark;
  private final Path path;

  private BenchmarkData(SparkSession spark, Path path) {
    this.spark = spark;
    this.path = path;
  }

  /** The files in a folder, made where they are not there yet. */
  static BenchmarkData in(SparkSession spark, Path work, long rows) {
    BenchmarkData data =
        new BenchmarkData(spark, work.resolve("data-%dx%d.parquet".formatted(rows, FEATURES)));
    if (!Files.exists(data.path.resolve("_SUCCESS"))) {
      data.generate(rows);
    }
    return data;
  }

  private void generate(long rows) {
    Column[] features =
        IntStream.range(0, FEATURES)
            .mapToObj(j -> randn(SEED + j).as("x" + j))
            .toArray(Column[]::new);
    Column label = lit(10.0).plus(randn(SEED + FEATURES).multiply(3));
    for (int j = 0; j < FEATURES; j++) {
      label = label.plus(col("x" + j).multiply(j % 7 - 3));
    }
    spark
        .range(0, rows, 1, FILES)
        .select(features)
        .withColumn("y", label)
        .write()
        .mode("overwrite")
        .parquet(path.toString());
  }

  String path() {
    return path.toString();
  }

  /** Reads every number: the sum of every column, by Spark SQL. */
  Row scan() {
    Dataset<Row> frame = spark.read().parquet(path());
    Column[] sums = IntStream.range(0, FEATURES).mapToObj(j -> sum("x" + j)).toArray(Column[]::new);
    return frame.agg(sum("y"), sums).head();
  }

  /** Writes rows of features, label and fold as an n × (d + 2) .npy file of doubles. */
  static void writeNpy(Dataset<Row> assigned, long rows, Path file) throws IOException {
    int width = FEATURES + 2;
    ByteBuffer row = ByteBuffer.allocate(8 * width).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(header(rows, width));
      for (Iterator<Row> all = assigned.toLocalIterator(); all.hasNext(); ) {
        Row next = all.next();
        row.clear();
        for (int j = 0; j <= FEATURES; j++) {
          row.putDouble(next.getDouble(j));
        }
        row.putDouble(next.getInt(FEATURES + 1));
        out.write(row.array());
      }
    }
  }

  /** Version 1.0: magic, version, length, a dictionary as text, padded to 128 bytes. */
  private static byte[] header(long rows, int width) {
    String text =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, width);
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    header.put((byte) 0).putShort((short) 118);
    header.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
