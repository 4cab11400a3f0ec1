package io.foldwise.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.sum;

import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.schema.Labels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * n × d standard normal features and a label as Parquet files. With s = Σⱼ (j mod 7 − 3)·xⱼ, scaled
 * to the variance of {@value #FEATURES} features, the label is s + 10 + 3ε, or 1 with probability
 * 1/(1 + exp(½ − s/5)) and else 0.
 */
record BenchmarkData(SparkSession spark, Path folder, Shape shape) {
  static final int FEATURES = 20;
  private static final int FILES = 8;
  private static final int SEED = 7;

  /** Of which loss the label is. */
  enum Label {
    LINEAR,
    LOGISTIC
  }

  /** What the files hold. */
  record Shape(Label label, long rows, int features) {
    @Override
    public String toString() {
      return "%,d rows × %,d features in Parquet".formatted(rows, features);
    }
  }

  /** The files in a folder, made where they are not there yet. */
  static BenchmarkData in(SparkSession spark, Path work, Shape shape) {
    String name =
        "%s-%dx%d.parquet"
            .formatted(shape.label.name().toLowerCase(Locale.ROOT), shape.rows, shape.features);
    BenchmarkData data = new BenchmarkData(spark, work.resolve(name), shape);
    if (!Files.exists(data.folder.resolve("_SUCCESS"))) {
      System.err.println("preparing " + shape);
      data.generate();
    }
    return data;
  }

  private void generate() {
    Column[] features =
        IntStream.range(0, shape.features)
            .mapToObj(j -> randn(SEED + j).as("x" + j))
            .toArray(Column[]::new);
    spark
        .range(0, shape.rows, 1, FILES)
        .select(features)
        .withColumn("y", label(score(0, shape.features)))
        .write()
        .mode("overwrite")
        .parquet(path());
  }

  /** The terms of s of features {@code from} to before {@code to}, added up as a balanced tree. */
  private Column score(int from, int to) {
    if (to - from == 1) {
      double scale = Math.sqrt((double) FEATURES / shape.features);
      return col("x" + from).multiply(scale * (from % 7 - 3));
    }
    int middle = (from + to) / 2;
    return score(from, middle).plus(score(middle, to));
  }

  private Column label(Column score) {
    int seed = SEED + shape.features;
    return switch (shape.label) {
      case LINEAR -> score.plus(10).plus(randn(seed).multiply(3));
      case LOGISTIC -> {
        Column odds = exp(negate(score.divide(5).minus(0.5)));
        yield rand(seed).multiply(odds.plus(1)).lt(1).cast(DataTypes.DoubleType);
      }
    };
  }

  String path() {
    return folder.toString();
  }

  DataOptions options() {
    Labels labels = shape.label == Label.LOGISTIC ? Labels.BINARY : Labels.NUMBERS;
    return DataOptions.of(path()).with(DataOptions.Roles.defaults().with(labels));
  }

  /** Reads every number: the sum of every column, by Spark SQL. */
  Row scan() {
    Dataset<Row> frame = spark.read().parquet(path());
    Column[] sums =
        IntStream.range(0, shape.features).mapToObj(j -> sum("x" + j)).toArray(Column[]::new);
    return frame.agg(sum("y"), sums).head();
  }
}
