package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.Format;
import io.foldwise.spark.data.source.Source;
import io.foldwise.spark.data.source.SourceErrors;
import io.foldwise.spark.data.source.SourceFiles;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * What a dataset holds, by one pass over the rows after those of loading.
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

  private static final double DISTINCT_ERROR = 0.02;
  private static final int STATISTICS = 5;

  public Inspection {
    arrays = List.copyOf(arrays);
    notes = List.copyOf(notes);
  }

  /**
   * What a table holds.
   *
   * @param columns the columns in file order, except for a vector of all features
   * @param vector the vectors that hold all features, where there are such
   */
  public record Table(long rows, List<Facts> columns, Optional<Vectors> vector) {
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
   * @param type Spark's name of its type
   * @param missing the number of empty or NaN cells
   * @param distinct the number of different values, to about 2 %
   * @param range the range of the cells that are not missing; empty where there are none or no
   *     order
   */
  public record Facts(
      String name, String type, long missing, long distinct, Optional<Range> range) {}

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
    return SourceErrors.named(options.path(), () -> read(spark, options, NarrowRows.MOST_COLUMNS));
  }

  /** Reads and describes a dataset; of more than so many columns, the numbers are packed. */
  static Inspection read(SparkSession spark, DataOptions options, int mostColumns) {
    SourceFiles files =
        SourceFiles.find(
            spark.sessionState().newHadoopConf(), "data", options.path(), options.format());
    Source source = new Source(spark, files, options.dialect(), Source.Expected.NOTHING);
    SourceFrame training = source.training();
    return new Inspection(
        options.path(),
        files.format(),
        source.arrays(),
        table(training, mostColumns),
        source.hasTest() ? Optional.of(table(source.test(), mostColumns)) : Optional.empty(),
        training.notes());
  }

  private static Table table(SourceFrame source, int mostColumns) {
    List<StructField> columns =
        source.columns().stream()
            .filter(column -> source.dimensions().isEmpty() || !VectorColumn.is(column))
            .toList();
    Map<String, Facts> packed = source.isWide(mostColumns) ? packed(source, columns) : Map.of();
    List<StructField> others =
        columns.stream().filter(column -> !packed.containsKey(column.name())).toList();
    Stream<Column> statistics =
        others.stream()
            .flatMap(column -> statistics(Columns.named(column.name()), column.dataType()));
    Stream<Column> nonzeros = source.dimensions().stream().map(d -> sum(VectorColumn.nonzeros()));
    Row row =
        source
            .frame()
            .agg(count(lit(1)), Stream.concat(statistics, nonzeros).toArray(Column[]::new))
            .head();
    List<Facts> facts = new ArrayList<>();
    Iterator<Facts> rest = facts(others, row).iterator();
    columns.forEach(
        column ->
            facts.add(packed.containsKey(column.name()) ? packed.get(column.name()) : rest.next()));
    return new Table(
        row.getLong(0),
        facts,
        source.dimensions().map(d -> new Vectors(d, row.getLong(row.size() - 1))));
  }

  /** The facts of the columns of numbers, by name. */
  private static Map<String, Facts> packed(SourceFrame source, List<StructField> columns) {
    List<StructField> numbers =
        columns.stream().filter(column -> Columns.isNumber(column.dataType())).toList();
    List<String> names = numbers.stream().map(StructField::name).toList();
    NumberFacts found =
        NumberFacts.of(NarrowRows.of(source, names, List.of()), numbers.size(), DISTINCT_ERROR);
    Map<String, Facts> facts = new HashMap<>();
    for (int j = 0; j < numbers.size(); j++) {
      StructField column = numbers.get(j);
      facts.put(
          column.name(),
          new Facts(
              column.name(),
              column.dataType().simpleString(),
              source.rows() - found.present(j),
              found.distinct(j),
              found.range(j)));
    }
    return facts;
  }

  private static List<Facts> facts(List<StructField> columns, Row row) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> facts(columns.get(i), row.getLong(0), row, 1 + i * STATISTICS))
        .toList();
  }

  private static Stream<Column> statistics(Column cell, DataType type) {
    boolean number = Columns.isNumber(type);
    Column value = number ? cell.cast(DataTypes.DoubleType) : orderable(cell, type);
    Column present = number ? when(isnan(value), null).otherwise(value) : value;
    return Stream.of(
        count(present),
        approx_count_distinct(present, DISTINCT_ERROR),
        min(present).cast(DataTypes.StringType),
        max(present).cast(DataTypes.StringType),
        number ? avg(present) : lit(null).cast(DataTypes.DoubleType));
  }

  private static Column orderable(Column cell, DataType type) {
    boolean ordered = type instanceof AtomicType || type instanceof ArrayType;
    return ordered ? cell : cell.cast(DataTypes.StringType);
  }

  /**
   * The facts of a column.
   *
   * @param row the row that holds its statistics
   * @param at where the statistics begin
   */
  private static Facts facts(StructField column, long rows, Row row, int at) {
    Optional<Range> range =
        row.isNullAt(at + 2)
            ? Optional.empty()
            : Optional.of(
                new Range(
                    row.getString(at + 2),
                    row.getString(at + 3),
                    Optional.ofNullable((Double) row.get(at + 4))));
    return new Facts(
        column.name(),
        column.dataType().simpleString(),
        rows - row.getLong(at),
        row.getLong(at + 1),
        range);
  }
}
