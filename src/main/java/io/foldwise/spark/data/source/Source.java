package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.Format;
import io.foldwise.spark.data.schema.Header;
import io.foldwise.spark.data.source.pickle.PickleInventory;
import io.foldwise.spark.data.source.pickle.PickleSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Files of a known format, as Spark frames. */
public final class Source {

  private final SparkSession spark;
  private final SourceFiles files;
  private final Header header;
  private final Expected expected;

  /**
   * What the features are, where it is known before the files are read.
   *
   * @param dimensions bounds vectors of features; they say nothing of other columns
   * @param names of the columns of files without a header that have as many
   * @param needed names of columns that decide what is read of a pickle whose arrays differ in
   *     their rows
   */
  public record Expected(Optional<Dimensions> dimensions, List<String> names, List<String> needed) {
    public static final Expected NOTHING = new Expected(Optional.empty(), List.of(), List.of());
  }

  public Source(SparkSession spark, SourceFiles files, Header header, Expected expected) {
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
  public SourceFrame training() {
    return frame().noting(files.notes());
  }

  private SourceFrame frame() {
    return switch (files.format()) {
      case CSV -> CsvSource.read(spark, files, header, expected.names());
      case LIBSVM -> LibsvmSource.read(spark, files, expected.dimensions());
      case PARQUET -> ParquetSource.read(spark, files, expected.dimensions());
      case PICKLE -> pickle("train").noting(inventory().notes());
      case AUTO -> throw new IllegalStateException("the format was not resolved");
    };
  }

  /** Whether the file itself sets rows apart for testing. */
  public boolean hasTest() {
    return files.format() == Format.PICKLE && inventory().test().isPresent();
  }

  public SourceFrame test() {
    return pickle("test");
  }

  /** What a pickle holds: name, shape and type, or why it is not read; none in another format. */
  public List<String> arrays() {
    return files.format() == Format.PICKLE ? inventory().lines() : List.of();
  }

  private PickleInventory inventory() {
    return PickleSource.inventory(spark, files.path(), expected.needed());
  }

  private SourceFrame pickle(String split) {
    return SourceFrame.counted(
        spark
            .read()
            .format("pickle")
            .option(PickleSource.SPLIT, split)
            .option(PickleSource.NEEDED, String.join("\n", expected.needed()))
            .load(files.path()),
        files.path(),
        new SourceFrame.Stands.InPartitions(),
        expected.dimensions());
  }
}
