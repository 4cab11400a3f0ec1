package io.foldwise.spark.data;

import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.StoredArray;
import io.foldwise.search.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Files of a known format, as Spark frames. */
final class Source {

  private static final String SPLIT = "split";

  private final SparkSession spark;
  private final SourceFiles files;
  private final Header header;
  private final Expected expected;

  /**
   * What the features are, where it is known before the files are read.
   *
   * @param dimensions bounds vectors of features; they say nothing of other columns
   * @param names of the columns of files without a header that have as many
   */
  record Expected(Optional<Dimensions> dimensions, List<String> names) {
    static final Expected NOTHING = new Expected(Optional.empty(), List.of());
  }

  Source(SparkSession spark, SourceFiles files, Header header, Expected expected) {
    this.spark = spark;
    this.files = files;
    this.header = header;
    this.expected = expected;
    if (header != Header.AUTO && files.format() != Format.CSV) {
      throw new InvalidInputException(
          "'header' (%s): '%s' is of format %s, which has no header line: leave the option out"
              .formatted(
                  header.name().toLowerCase(Locale.ROOT), files.path(), files.format().option()));
    }
  }

  /** All rows but those that the file itself sets apart for testing. */
  SourceFrame training() {
    return frame().noting(files.notes());
  }

  private SourceFrame frame() {
    return switch (files.format()) {
      case CSV -> CsvSource.read(spark, files, header, expected.names());
      case LIBSVM -> LibsvmSource.read(spark, files, expected.dimensions());
      case PARQUET -> ParquetSource.read(spark, files, expected.dimensions());
      case PICKLE -> pickle("train");
      case AUTO -> throw new IllegalStateException("the format was not resolved");
    };
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
        new SourceFrame.Stands.InPartitions(),
        expected.dimensions());
  }
}
