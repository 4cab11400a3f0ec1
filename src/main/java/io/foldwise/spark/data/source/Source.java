package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Dimensions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Files of a known format, as Spark frames.
 *
 * @param dialect how files of cells are written
 * @param expected what is known of the features before the files are read
 */
public record Source(SparkSession spark, SourceFiles files, Dialect dialect, Expected expected) {
  /**
   * What the features are, where it is known before the files are read.
   *
   * @param dimensions the bound of vectors of features, which says nothing of other columns
   * @param names the names of the columns of files without a header that have as many
   * @param needed the names of columns that decide what is read of a pickle whose arrays differ in
   *     their rows
   */
  public record Expected(Optional<Dimensions> dimensions, List<String> names, List<String> needed) {
    public static final Expected NOTHING = new Expected(Optional.empty(), List.of(), List.of());
  }

  public Source {
    if (dialect.stated().isPresent() && !files.format().isOfCells()) {
      throw new InvalidInputException(
          "%s: '%s' is of format %s, which has no lines of cells: leave the option out"
              .formatted(dialect.stated().get(), files.path(), files.format().option()));
    }
  }

  /** All rows except those that the files themselves set apart for testing. */
  public SourceFrame training() {
    return files.format().training(this).noting(files.notes());
  }

  /** Whether the files themselves set rows apart for testing. */
  public boolean hasTest() {
    return files.format().hasTest(this);
  }

  public SourceFrame test() {
    return files.format().test(this);
  }

  /** What a pickle holds: name, shape and type, or why it is not read; none in another format. */
  public List<String> arrays() {
    return files.format().arrays(this);
  }
}
