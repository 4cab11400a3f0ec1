package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.foldwise.search.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Comma-separated text, UTF-8 with or without a byte order mark, one header line in each file.
 *
 * <p>Every cell is read as text, and one pass counts the rows, the lines of another width than the
 * header and, for each column, the cells that are numbers or booleans. A column is a number where
 * all its cells are; an empty cell is a missing one. So a single text cell makes a text column,
 * never a silent null.
 */
final class CsvSource {

  private static final String RAGGED = "__foldwise_ragged";

  private final SparkSession spark;
  private final SourceFiles files;
  private final List<String> header;
  private final List<String> names;

  private CsvSource(SparkSession spark, SourceFiles files) {
    this.spark = spark;
    this.files = files;
    this.header = CsvHeader.names(spark.sessionState().newHadoopConf(), files);
    checkSeparator();
    this.names = readable(header);
  }

  static SourceFrame read(SparkSession spark, SourceFiles files) {
    return new CsvSource(spark, files).typed();
  }

  private SourceFrame typed() {
    Row counts = checked();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      DataType type = type(counts, 2 + 3 * i);
      columns.add(read(Columns.named(names.get(i)), type).as(names.get(i)));
    }
    Dataset<Row> frame = text(spark.read()).select(columns.toArray(Column[]::new));
    return new SourceFrame(frame, counts.getLong(0), files.path(), SourceFrame.Stands.IN_CSV_LINES);
  }

  /** The counts of {@link #counters}, of lines that all have the header's width. */
  private Row checked() {
    // A reader that skips columns does not see how wide a line is.
    Dataset<Row> whole = text(spark.read().option("columnPruning", false));
    Row counts = whole.agg(count(lit(1)), counters()).head();
    if (counts.getLong(1) > 0) {
      throw ragged(whole);
    }
    return counts;
  }

  /** The cells as text, then {@link #RAGGED}: the whole line if it is ragged. */
  private Dataset<Row> text(DataFrameReader reader) {
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    String[] all = Stream.concat(names.stream(), Stream.of(RAGGED)).toArray(String[]::new);
    Dataset<Row> cells =
        reader
            .schema(schema.add(RAGGED, DataTypes.StringType))
            .option("header", true)
            .option("enforceSchema", !header.equals(names))
            .option("columnNameOfCorruptRecord", RAGGED)
            .option("ignoreLeadingWhiteSpace", true)
            .option("ignoreTrailingWhiteSpace", true)
            .csv(files.path());
    return header.equals(names) ? cells : cells.toDF(all);
  }

  private Column[] counters() {
    Stream<Column> ofColumns =
        names.stream()
            .map(Columns::named)
            .flatMap(
                cell ->
                    Stream.of(
                        count(when(isPresent(cell), 1)),
                        count(cell.try_cast(DataTypes.DoubleType)),
                        count(when(isBoolean(cell), 1))));
    return Stream.concat(Stream.of(count(Columns.named(RAGGED))), ofColumns).toArray(Column[]::new);
  }

  /** From the counts of present cells, numbers and booleans at a position. */
  private static DataType type(Row counts, int at) {
    long present = counts.getLong(at);
    if (present == counts.getLong(at + 1)) {
      return DataTypes.DoubleType;
    }
    return present == counts.getLong(at + 2) ? DataTypes.BooleanType : DataTypes.StringType;
  }

  private static Column read(Column cell, DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return cell.try_cast(type);
    }
    Column value = type.equals(DataTypes.BooleanType) ? lower(cell).equalTo("true") : cell;
    return when(isPresent(cell), value);
  }

  private static Column isPresent(Column cell) {
    return length(trim(cell)).gt(0);
  }

  private static Column isBoolean(Column cell) {
    return lower(cell).isin("true", "false");
  }

  private InvalidInputException ragged(Dataset<Row> text) {
    // Spark refuses to read the ragged lines alone, so an ordinary column goes with them.
    Dataset<Row> placed =
        text.select(
            Stream.of(Columns.named(List.of(text.columns())), SourceFrame.fileOrder())
                .flatMap(Stream::of)
                .toArray(Column[]::new));
    List<String> shown = List.of(RAGGED, names.get(0));
    RowSearch.Found row =
        RowSearch.first(placed, Columns.named(RAGGED).isNotNull(), shown).orElseThrow();
    return new InvalidInputException(
        "%s does not have the %d cells of the header: '%s'"
            .formatted(
                row.place(spark, SourceFrame.Stands.IN_CSV_LINES),
                names.size(),
                RowSearch.shortened(row.cells().get(0))));
  }

  private void checkSeparator() {
    String only = header.get(0);
    if (header.size() == 1 && (only.contains(";") || only.contains("\t"))) {
      throw new InvalidInputException(
          "'%s': the header '%s' has no comma: separate cells by commas"
              .formatted(files.path(), RowSearch.shortened(only)));
    }
  }

  private List<String> readable(List<String> raw) {
    Set<String> seen = new HashSet<>();
    List<String> unique =
        IntStream.range(0, raw.size())
            .mapToObj(i -> raw.get(i).isEmpty() ? "_c" + i : raw.get(i))
            .toList();
    for (String name : unique) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException(
            "'%s': the header has '%s' twice (case does not count): rename one column"
                .formatted(files.path(), name));
      }
    }
    return unique;
  }
}
