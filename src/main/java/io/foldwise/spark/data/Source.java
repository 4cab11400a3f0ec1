package io.foldwise.spark.data;

import org.apache.spark.sql.SparkSession;

/** Files of a known format, as Spark frames. */
final class Source {

  private static final String SPLIT = "split";

  private final SparkSession spark;
  private final SourceFiles files;

  Source(SparkSession spark, SourceFiles files) {
    this.spark = spark;
    this.files = files;
  }

  /** All rows but those that the file itself sets apart for testing. */
  SourceFrame training() {
    return switch (files.format()) {
      case CSV -> CsvSource.read(spark, files);
      case PARQUET -> SourceFrame.ofFiles(spark.read().parquet(files.path()), files.path());
      case PICKLE -> pickle("train");
      case AUTO -> throw new IllegalStateException("the format was not resolved");
    };
  }

  /** Whether the file itself sets rows apart for testing. */
  boolean hasTest() {
    return false;
  }

  SourceFrame test() {
    return pickle("test");
  }

  private SourceFrame pickle(String split) {
    return SourceFrame.ofPartitions(
        spark.read().format("pickle").option(SPLIT, split).load(files.path()), files.path());
  }
}
