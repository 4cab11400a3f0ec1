package io.foldwise.spark.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of a known format, as Spark frames. */
final class Source {

  private final SparkSession spark;
  private final SourceFiles files;
  private final Optional<Dimensions> dimensions;
  private final List<String> needed;

  /**
   * Dimensions bound vectors of features; they say nothing of other columns. What is needed are
   * names of columns: they decide what is read of a pickle whose arrays differ in their rows.
   */
  Source(
      SparkSession spark, SourceFiles files, Optional<Dimensions> dimensions, List<String> needed) {
    this.spark = spark;
    this.files = files;
    this.dimensions = dimensions;
    this.needed = List.copyOf(needed);
  }

  /** All rows but those that the file itself sets apart for testing. */
  SourceFrame training() {
    return switch (files.format()) {
      case CSV -> CsvSource.read(spark, files);
      case LIBSVM -> LibsvmSource.read(spark, files, dimensions);
      case PARQUET -> parquet();
      case PICKLE -> pickle("train").noting(inventory().notes());
      case AUTO -> throw new IllegalStateException("the format was not resolved");
    };
  }

  private SourceFrame parquet() {
    Dataset<Row> frame = spark.read().parquet(files.path());
    SourceFrame.Stands stands = SourceFrame.Stands.IN_FILES;
    return SourceFrame.counted(frame, files.path(), stands, dimensions);
  }

  /** Whether the file itself sets rows apart for testing. */
  boolean hasTest() {
    return files.format() == Format.PICKLE && inventory().test().isPresent();
  }

  SourceFrame test() {
    return pickle("test");
  }

  /** What a pickle holds: name, shape and type, or why it is not read; none in another format. */
  List<String> arrays() {
    return files.format() == Format.PICKLE ? inventory().lines() : List.of();
  }

  private PickleInventory inventory() {
    return PickleSource.inventory(spark, files.path(), needed);
  }

  private SourceFrame pickle(String split) {
    return SourceFrame.counted(
        spark
            .read()
            .format("pickle")
            .option(PickleSource.SPLIT, split)
            .option(PickleSource.NEEDED, String.join("\n", needed))
            .load(files.path()),
        files.path(),
        SourceFrame.Stands.IN_PARTITIONS,
        dimensions);
  }
}
