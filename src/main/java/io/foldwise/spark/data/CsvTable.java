package io.foldwise.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.foldwise.search.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Csv files that begin alike, so that Spark reads them at once: every cell as text.
 *
 * <p>A column without a name is not a column of the dataset: it is left out where it counts the
 * rows, as the index that pandas writes does, where it is the first and holds text, as R's row
 * names do, and where it is empty, as beside a spreadsheet's cells; else it is refused.
 */
final class CsvTable {

  private static final String RAGGED = "__foldwise_ragged";
  private static final String BYTES = "__foldwise_bytes";
  private static final String NAMELESS = "__foldwise_nameless";

  private final SparkSession spark;
  private final List<Path> files;
  private final CsvHead head;
  private final SourceFrame.Stands stands;

  /**
   * The files of these heads.
   *
   * @param heads at least one, alike except for their files
   */
  CsvTable(SparkSession spark, List<CsvHead> heads, SourceFrame.Stands stands) {
    this.spark = spark;
    this.files = heads.stream().map(CsvHead::file).toList();
    this.head = heads.get(0);
    this.stands = stands;
    checkDistinct();
  }

  /** The path of its first file. */
  String origin() {
    return SourceFiles.shown(files.get(0));
  }

  CsvHead head() {
    return head;
  }

  /** The columns that have names, in file order. */
  List<String> names() {
    return head.cells().stream().filter(Predicate.not(String::isEmpty)).toList();
  }

  /** The position of a named column, whatever the case of its letters. */
  int position(String name) {
    return IntStream.range(0, head.cells().size())
        .filter(j -> head.cells().get(j).equalsIgnoreCase(name))
        .findFirst()
        .orElse(-1);
  }

  /**
   * Counts the cells, in one pass.
   *
   * @throws InvalidInputException if a line is not UTF-8 or has not the header's width
   */
  CellCounts counted() {
    // A reader that skips columns does not see how wide a line is.
    Dataset<Row> whole = text(spark.read().option("columnPruning", false));
    int[] nameless = nameless().toArray();
    Dataset<Row> rows = nameless.length > 0 ? with(whole, SourceFrame.block()) : whole;
    CellCounts counts = CellCounts.of(rows, head.cells().size(), nameless);
    if (counts.damaged() > 0) {
      refuseOtherEncodings();
    }
    if (counts.ragged() > 0) {
      throw ragged(whole);
    }
    return counts;
  }

  /**
   * The named columns with their types and names, then {@link SourceFrame#BLOCK}.
   *
   * @param types by name, in the order of the columns
   */
  Dataset<Row> typed(Map<String, DataType> types) {
    Dataset<Row> text = text(spark.read());
    Stream<Column> cells =
        types.entrySet().stream()
            .map(type -> read(cell(position(type.getKey())), type.getValue()).as(type.getKey()));
    return text.select(Stream.concat(cells, Stream.of(SourceFrame.block())).toArray(Column[]::new));
  }

  /**
   * What became of the columns without a name.
   *
   * @param origin what messages call the files
   * @throws InvalidInputException if one of them holds what would be lost
   */
  List<String> leftOut(CellCounts counts, String origin) {
    List<String> notes = new ArrayList<>();
    int[] nameless = nameless().toArray();
    int empty = 0;
    for (int k = 0; k < nameless.length; k++) {
      int j = nameless[k];
      boolean numbers = counts.numbers(j) == counts.present(j);
      if (counts.present(j) == 0) {
        empty++;
      } else if (numbers && counts.isIndex(k)) {
        notes.add(
            "column %d of '%s' has no name and counts the rows: it is left out"
                .formatted(j + 1, origin));
      } else if (j == 0 && !numbers) {
        notes.add(
            "column 1 of '%s' has no name and holds text: it is taken for names of the rows and left out"
                .formatted(origin));
      } else {
        throw nameless(j);
      }
    }
    if (empty > 0 && counts.rows() > 0) {
      notes.add(
          "'%s' has %d %s without a name and without values: left out"
              .formatted(origin, empty, empty == 1 ? "column" : "columns"));
    }
    return notes;
  }

  private IntStream nameless() {
    return IntStream.range(0, head.cells().size()).filter(j -> head.cells().get(j).isEmpty());
  }

  private static Dataset<Row> with(Dataset<Row> frame, Column[] more) {
    return frame.select(
        Stream.of(Columns.named(List.of(frame.columns())), more)
            .flatMap(Stream::of)
            .toArray(Column[]::new));
  }

  /** The cells as text, then {@link #RAGGED}: the whole line if it is ragged. */
  private Dataset<Row> text(DataFrameReader reader) {
    StructType schema = new StructType();
    for (int j = 0; j < head.cells().size(); j++) {
      schema = schema.add(column(j), DataTypes.StringType);
    }
    return reader
        .schema(schema.add(RAGGED, DataTypes.StringType))
        .options(head.options())
        .option("enforceSchema", true)
        .option("columnNameOfCorruptRecord", RAGGED)
        .csv(SourceFiles.literal(files));
  }

  private String column(int j) {
    String name = head.cells().get(j);
    return name.isEmpty() ? NAMELESS + j : name;
  }

  private Column cell(int j) {
    return Columns.named(column(j));
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

  /** Spark reads other bytes as a character that stands for them, which a file may hold itself. */
  private void refuseOtherEncodings() {
    Dataset<Row> lines =
        spark
            .read()
            .text(SourceFiles.literal(files))
            .select(
                Stream.concat(
                        Stream.of(
                            col("value"), hex(col("value").cast(DataTypes.BinaryType)).as(BYTES)),
                        Stream.of(SourceFrame.fileOrder()))
                    .toArray(Column[]::new));
    RowSearch.first(lines, not(is_valid_utf8(col("value"))), List.of(BYTES))
        .ifPresent(
            line -> {
              byte[] bytes = HexFormat.of().parseHex(line.cells().get(0).toLowerCase(Locale.ROOT));
              throw TextLines.notUtf8(line.path(), line.row(), bytes);
            });
  }

  private InvalidInputException ragged(Dataset<Row> text) {
    // Spark refuses to read the ragged lines alone, so an ordinary column goes with them.
    Dataset<Row> placed = with(text, SourceFrame.fileOrder());
    RowSearch.Found row =
        RowSearch.first(placed, Columns.named(RAGGED).isNotNull(), List.of(RAGGED, column(0)))
            .orElseThrow();
    String line = row.cells().get(0);
    boolean open = line.chars().filter(c -> c == '"').count() % 2 == 1;
    return new InvalidInputException(
        "%s does not have the %d cells of the %s: '%s'%s"
            .formatted(
                row.place(stands),
                head.cells().size(),
                head.header() == CsvHead.Place.NOWHERE ? "first row" : "header",
                RowSearch.shortened(line),
                open ? "; a quoted cell must end in its own line" : ""));
  }

  private InvalidInputException nameless(int j) {
    Dataset<Row> placed = with(text(spark.read()), SourceFrame.fileOrder());
    RowSearch.Found row =
        RowSearch.first(placed, isPresent(cell(j)), List.of(column(j))).orElseThrow();
    String value = RowSearch.shortened(row.cells().get(0));
    return new InvalidInputException(
        j == 0
            ? ("%s: the first column has no name and holds '%s', so it does not count the rows from 0"
                    + " or 1: name it, or write the file without it (pandas: index=False)")
                .formatted(row.place(stands), value)
            : "%s: column %d has no name and holds '%s': name it, or remove the cell"
                .formatted(row.place(stands), j + 1, value));
  }

  private void checkDistinct() {
    Set<String> seen = new HashSet<>();
    for (String name : names()) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException(
            "'%s': the header has '%s' twice (case does not count): rename one column"
                .formatted(origin(), name));
      }
    }
  }
}
