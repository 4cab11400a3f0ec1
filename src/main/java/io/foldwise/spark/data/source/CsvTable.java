package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

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
  private final CsvSyntax syntax;
  private final SourceFrame.Stands stands;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * Makes a table of the files of these heads.
   *
   * @param heads at least one, alike except for their files
   */
  CsvTable(SparkSession spark, List<CsvHead> heads, SourceFrame.Stands stands) {
    this.spark = spark;
    this.files = heads.stream().map(CsvHead::file).toList();
    this.head = heads.get(0);
    this.syntax = head.syntax();
    this.stands = stands;
    findPositions();
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

  /** The position of a named column, whatever the case of its letters; −1 where there is none. */
  int position(String name) {
    return positions.getOrDefault(name.toLowerCase(Locale.ROOT), -1);
  }

  /**
   * Counts the cells, in one pass.
   *
   * @throws InvalidInputException if a line is not UTF-8 or has not the header's width
   */
  CellCounts counted() {
    CellCounts counts = CellCounts.of(lines(), head, nameless().toArray());
    if (counts.damaged() > 0) {
      refuseOtherEncodings();
    }
    if (counts.ragged() > 0) {
      throw ragged();
    }
    return counts;
  }

  /**
   * The named columns with their types and names, then {@link SourceFrame#BLOCK}.
   *
   * @param types the types by name, in the order of the columns
   */
  Dataset<Row> typed(Map<String, DataType> types) {
    Stream<Column> cells =
        types.entrySet().stream()
            .map(type -> read(cell(position(type.getKey())), type.getValue()).as(type.getKey()));
    return text().select(Stream.concat(cells, Stream.of(block())).toArray(Column[]::new));
  }

  /**
   * The rows of {@link #typed}, without code that Spark would compile for each column.
   *
   * @param types the types as there
   */
  JavaRDD<InternalRow> rows(Map<String, DataType> types) {
    int[] positions = types.keySet().stream().mapToInt(this::position).toArray();
    DataType[] typed = types.values().toArray(DataType[]::new);
    CsvHead begins = head;
    return lines()
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(part -> new TypedRows(new CsvRows(part, begins), positions, typed));
  }

  /** Rows in Spark's own form, each in place of the one before it. */
  private static final class TypedRows implements Iterator<InternalRow> {

    private final CsvRows rows;
    private final CsvSyntax syntax;
    private final int[] positions;
    private final DataType[] types;
    private final GenericInternalRow row;

    TypedRows(CsvRows rows, int[] positions, DataType[] types) {
      this.rows = rows;
      this.syntax = rows.head().syntax();
      this.positions = positions;
      this.types = types;
      this.row = new GenericInternalRow(types.length + SourceFrame.BLOCK.size());
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      rows.next();
      for (int j = 0; j < types.length; j++) {
        String cell = rows.cell(positions[j]);
        row.update(j, cell == null ? null : value(cell, types[j]));
      }
      row.update(types.length, rows.file());
      row.update(types.length + 1, rows.start());
      return row;
    }

    /** The value of a cell, as {@link CsvTable#read} has it. */
    private Object value(String cell, DataType type) {
      if (type.equals(DataTypes.DoubleType)) {
        OptionalDouble number = syntax.number(cell);
        return number.isPresent() ? number.getAsDouble() : null;
      }
      if (isSpaces(cell)) {
        return null;
      }
      return type.equals(DataTypes.BooleanType)
          ? (Object) cell.equalsIgnoreCase("true")
          : UTF8String.fromString(syntax.pointed(cell));
    }

    private static boolean isSpaces(String cell) {
      return cell.chars().allMatch(c -> c == ' ');
    }
  }

  /**
   * Says what became of the columns without a name.
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

  /** The cells as text and {@link #RAGGED}, in file order. */
  private Dataset<Row> placed(Dataset<Row> text) {
    return text.select(
        Stream.of(Columns.named(List.of(schema().fieldNames())), SourceFrame.fileOrder(block()))
            .flatMap(Stream::of)
            .toArray(Column[]::new));
  }

  private Dataset<Row> lines() {
    return spark.read().text(SourceFiles.literal(files));
  }

  /**
   * The cells as text, then {@link #RAGGED}: the whole line if it is ragged; and {@link
   * SourceFrame#BLOCK} where Spark's own reader does not cut the lines.
   */
  private Dataset<Row> text() {
    return syntax.isSparks() ? text(spark.read()) : cut();
  }

  private Dataset<Row> text(DataFrameReader reader) {
    return reader
        .schema(schema())
        .options(head.options())
        .option("enforceSchema", true)
        .option("columnNameOfCorruptRecord", RAGGED)
        .csv(SourceFiles.literal(files));
  }

  private StructType schema() {
    StructType schema = new StructType();
    for (int j = 0; j < head.cells().size(); j++) {
      schema = schema.add(column(j), DataTypes.StringType);
    }
    return schema.add(RAGGED, DataTypes.StringType);
  }

  /** The cells as {@link CsvRows} cuts them. */
  private Dataset<Row> cut() {
    int width = head.cells().size();
    CsvHead begins = head;
    JavaRDD<Row> rows =
        lines()
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> new CsvRows(part, begins))
            .map(row -> asRow(row, width));
    return spark.createDataFrame(
        rows,
        schema().add(Columns.FILE, DataTypes.StringType).add(Columns.START, DataTypes.LongType));
  }

  private static Row asRow(CsvRows row, int width) {
    Object[] cells = new Object[width + 1 + SourceFrame.BLOCK.size()];
    if (row.isRagged()) {
      cells[width] = row.line();
    } else {
      for (int j = 0; j < width; j++) {
        cells[j] = row.cell(j);
      }
    }
    cells[width + 1] = row.file().toString();
    cells[width + 2] = row.start();
    return RowFactory.create(cells);
  }

  private Column[] block() {
    return syntax.isSparks() ? SourceFrame.block() : Columns.named(SourceFrame.BLOCK);
  }

  private String column(int j) {
    String name = head.cells().get(j);
    return name.isEmpty() ? NAMELESS + j : name;
  }

  private Column cell(int j) {
    return syntax.present(Columns.named(column(j)));
  }

  private Column read(Column cell, DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return syntax.pointed(cell).try_cast(type);
    }
    Column value =
        type.equals(DataTypes.BooleanType) ? lower(cell).equalTo("true") : syntax.pointed(cell);
    return when(isPresent(cell), value);
  }

  private static Column isPresent(Column cell) {
    return length(trim(cell)).gt(0);
  }

  /** Refuses bytes that are not of the encoding; what they are read as, a file may hold itself. */
  private void refuseOtherEncodings() {
    if (!syntax.isUtf8()) {
      Configuration hadoop = spark.sessionState().newHadoopConf();
      files.forEach(file -> TextLines.check(hadoop, file, syntax.charset()));
      return;
    }
    Dataset<Row> lines =
        lines()
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
              throw TextLines.undecodable(line.path(), line.row(), bytes, StandardCharsets.UTF_8);
            });
  }

  private InvalidInputException ragged() {
    // A reader that skips columns does not see how wide a line is.
    Dataset<Row> text =
        syntax.isSparks() ? text(spark.read().option("columnPruning", false)) : cut();
    // Spark refuses to read the ragged lines alone, so an ordinary column goes with them.
    RowSearch.Found row =
        RowSearch.first(placed(text), Columns.named(RAGGED).isNotNull(), List.of(RAGGED, column(0)))
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
    RowSearch.Found row =
        RowSearch.first(placed(text()), isPresent(cell(j)), List.of(column(j))).orElseThrow();
    String value = RowSearch.shortened(row.cells().get(0));
    return new InvalidInputException(
        j == 0
            ? ("%s: the first column has no name and holds '%s', so it does not count the rows from 0"
                    + " or 1: name it, or write the file without it (pandas: index=False)")
                .formatted(row.place(stands), value)
            : "%s: column %d has no name and holds '%s': name it, or remove the cell"
                .formatted(row.place(stands), j + 1, value));
  }

  private void findPositions() {
    for (int j = 0; j < head.cells().size(); j++) {
      String name = head.cells().get(j);
      boolean again = positions.putIfAbsent(name.toLowerCase(Locale.ROOT), j) != null;
      if (again && !name.isEmpty()) {
        throw new InvalidInputException(
            "'%s': the header has '%s' twice (case does not count): rename one column"
                .formatted(origin(), name));
      }
    }
  }
}
