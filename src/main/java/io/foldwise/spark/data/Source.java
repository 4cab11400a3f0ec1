package io.foldwise.spark.data;

import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.StoredArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of a known format, as Spark frames. */
final class Source {

  private static final String SPLIT = "split";

  private final SparkSession spark;
  private final SourceFiles files;
  private final Optional<Dimensions> dimensions;

  /** Dimensions bound vectors of features; they say nothing of other columns. */
  Source(SparkSession spark, SourceFiles files, Optional<Dimensions> dimensions) {
    this.spark = spark;
    this.files = files;
    this.dimensions = dimensions;
  }

  /** All rows but those that the file itself sets apart for testing. */
  SourceFrame training() {
    return switch (files.format()) {
      case CSV -> CsvSource.read(spark, files);
      case LIBSVM -> LibsvmSource.read(spark, files, dimensions);
      case PARQUET -> parquet();
      case PICKLE -> pickle("train");
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
    return files.format() == Format.PICKLE && PickleSource.hasTestRows(spark, files.path());
  }

  SourceFrame test() {
    return pickle("test");
  }

  /** The arrays of a pickle: name, shape and type; none in another format. */
  List<String> arrays() {
    if (files.format() != Format.PICKLE) {
      return List.of();
    }
    PickledLayout layout =
        PickleFile.scan(files.path(), spark.sparkContext().hadoopConfiguration());
    return Stream.concat(
            layout.arrays().entrySet().stream()
                .map(array -> described(array.getKey(), array.getValue())),
            layout.leftOut().entrySet().stream()
                .map(other -> other.getKey() + ": " + other.getValue() + ", not read"))
        .toList();
  }

  private static String described(String name, StoredArray array) {
    String shape =
        Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    return "%s: (%s) %s".formatted(name, shape, array.typeName());
  }

  private SourceFrame pickle(String split) {
    return SourceFrame.counted(
        spark.read().format("pickle").option(SPLIT, split).load(files.path()),
        files.path(),
        SourceFrame.Stands.IN_PARTITIONS,
        dimensions);
  }
}
