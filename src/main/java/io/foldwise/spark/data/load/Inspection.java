package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.sum;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.Format;
import io.foldwise.spark.data.source.Source;
import io.foldwise.spark.data.source.SourceErrors;
import io.foldwise.spark.data.source.SourceFiles;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * What a dataset holds, by one pass over the rows after that of loading.
 *
 * @param path the path as the user wrote it
 * @param format the format that was found
 * @param arrays the arrays of a pickle: name, shape and type; empty for other formats
 * @param training the rows, or those that the file sets apart for training
 * @param test the rows that the file sets apart for testing
 * @param notes what a person should know of how it was read, each one line
 */
public record Inspection(
    String path,
    Format format,
    List<String> arrays,
    Table training,
    Optional<Table> test,
    List<String> notes) {

  public Inspection {
    arrays = List.copyOf(arrays);
    notes = List.copyOf(notes);
  }

  /**
   * What a table holds.
   *
   * @param equal the number of rows that are equal to an earlier one, exact up to 1,000,000 rows,
   *     above wrong by about 2 % of them
   * @param columns the columns in file order, except for a vector of all features
   * @param vector the vectors that hold all features, where there are such
   */
  public record Table(long rows, long equal, List<Facts> columns, Optional<Vectors> vector) {
    /** Whether the number of equal rows is exact. */
    public boolean isExact() {
      return rows <= TableFacts.MOST_EXACT;
    }

    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Vectors of features.
   *
   * @param dimensions the number of features, d
   * @param nonzeros the number of values that are not zero, of rows × d
   */
  public record Vectors(int dimensions, long nonzeros) {}

  /**
   * What a column holds.
   *
   * @param name its name
   * @param index whether it is taken for the index of a pandas DataFrame
   * @param type its type
   * @param missing the number of empty or NaN cells
   * @param distinct the number of different values, exact up to 1,000, above to about 2 %
   * @param range the range of the cells that are not missing; empty where there are none
   * @param shares the shares of its numbers in ten parts of equal width of its range, exact of few
   *     rows and columns, else to about 0.4 %, and 4 % of very many columns; empty where it holds
   *     none, or one
   * @param asNumbers how a column of text can be read as numbers, in files of cells
   */
  public record Facts(
      String name,
      boolean index,
      DataType type,
      long missing,
      long distinct,
      Optional<Range> range,
      List<Double> shares,
      Optional<AsNumbers> asNumbers) {
    public Facts {
      shares = List.copyOf(shares);
    }

    /** Whether the number of different values is exact. */
    public boolean isCounted() {
      return distinct <= TableFacts.MOST_COUNTED;
    }
  }

  /**
   * How texts can be read as numbers.
   *
   * @param missing the texts that stand for missing cells
   * @param decimalComma whether there are commas in the place of points
   */
  public record AsNumbers(List<String> missing, boolean decimalComma) {
    public AsNumbers {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Where values lie.
   *
   * @param min the least, as text
   * @param max the greatest, as text
   * @param mean the mean of a column of numbers
   */
  public record Range(String min, String max, Optional<Double> mean) {}

  /**
   * Reads a dataset and describes its columns.
   *
   * @param options the options, whose roles are not read
   * @throws InvalidInputException if it cannot be read, as when a line or a vector is malformed; a
   *     missing or text cell is no reason
   */
  public static Inspection of(SparkSession spark, DataOptions options) {
    return SourceErrors.named(options.path(), () -> read(spark, options));
  }

  private static Inspection read(SparkSession spark, DataOptions options) {
    SourceFiles files =
        SourceFiles.find(
            spark.sessionState().newHadoopConf(), "data", options.path(), options.format());
    Source source = new Source(spark, files, options.dialect(), Source.Expected.NOTHING);
    SourceFrame training = source.training();
    return new Inspection(
        options.path(),
        files.format(),
        source.arrays(),
        table(training, files.format()),
        source.hasTest() ? Optional.of(table(source.test(), files.format())) : Optional.empty(),
        training.notes());
  }

  private static Table table(SourceFrame source, Format format) {
    List<StructField> columns =
        source.columns().stream()
            .filter(column -> source.dimensions().isEmpty() || !VectorColumn.is(column))
            .toList();
    TableFacts found = TableFacts.of(source, columns);
    List<Facts> facts = new ArrayList<>();
    for (int j = 0; j < columns.size(); j++) {
      StructField column = columns.get(j);
      facts.add(
          new Facts(
              column.name(),
              ColumnRoles.isIndex(column),
              column.dataType(),
              source.rows() - found.present(j),
              Math.min(found.distinct(j), found.present(j)),
              found.range(j),
              found.shares(j),
              format.equals(Format.csv()) ? found.asNumbers(j) : Optional.empty()));
    }
    return new Table(
        source.rows(),
        Math.max(0, source.rows() - found.distinctRows()),
        facts,
        source.dimensions().map(d -> new Vectors(d, nonzeros(source))));
  }

  private static long nonzeros(SourceFrame source) {
    return source.frame().agg(sum(VectorColumn.nonzeros())).head().getLong(0);
  }
}
