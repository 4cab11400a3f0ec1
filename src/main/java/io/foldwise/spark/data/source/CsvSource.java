package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Text of cells, with a header line in each file or in none ({@link CsvHead}), written as a {@link
 * Dialect} says or its first lines tell. Columns are those of the first file, and those of other
 * files are matched by name.
 *
 * <p>Every cell is read as text, and one pass counts the rows, the lines of another width than the
 * header and, for each column, the cells that are numbers or booleans. A column is a number where
 * all its cells are; an empty cell is a missing one. So a single text cell makes a text column,
 * never a silent null.
 */
public final class CsvSource {

  private final SparkSession spark;
  private final SourceFiles files;
  private final Map<Path, CsvHead> heads;
  private final boolean stated;
  private final SourceFrame.Stands stands;

  private CsvSource(
      SparkSession spark, SourceFiles files, Dialect dialect, Map<Path, CsvHead> heads) {
    this.spark = spark;
    this.files = files;
    this.heads = heads;
    this.stated = dialect.separator().isPresent();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    this.stands = new SourceFrame.Stands.InLines((file, row) -> line(hadoop, file, row));
  }

  /**
   * Reads files.
   *
   * @param expected the names of the columns of files without a header that have as many
   */
  static SourceFrame read(
      SparkSession spark, SourceFiles files, Dialect dialect, List<String> expected) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Map<Path, CsvHead> heads = new LinkedHashMap<>();
    files.all().parallelStream()
        .map(file -> CsvHead.read(hadoop, file, dialect, expected))
        .flatMap(Optional::stream)
        .forEachOrdered(head -> heads.put(head.file(), head));
    if (heads.isEmpty()) {
      throw new InvalidInputException(
          "'" + files.path() + "' is empty: a header line and rows are needed");
    }
    return new CsvSource(spark, files, dialect, heads).frame();
  }

  private SourceFrame frame() {
    List<CsvTable> tables = tables();
    List<String> names = tables.get(0).names();
    tables.forEach(table -> requireColumns(table, tables.get(0)));
    List<CellCounts> counts = tables.stream().map(CsvTable::counted).toList();
    Map<String, DataType> types = new LinkedHashMap<>();
    names.forEach(name -> types.put(name, type(name, tables, counts)));
    Dataset<Row> rows =
        tables.stream().map(table -> table.typed(types)).reduce(Dataset::union).orElseThrow();
    return new SourceFrame(
            rows, counts.stream().mapToLong(CellCounts::rows).sum(), files.path(), stands)
        .scannedBy(
            () ->
                tables.stream()
                    .map(table -> table.rows(types))
                    .reduce(JavaRDD::union)
                    .orElseThrow())
        .noting(notes(tables, counts));
  }

  /** The tables of files that begin alike, in file order. */
  private List<CsvTable> tables() {
    return heads.values().stream()
        .collect(
            Collectors.groupingBy(
                head -> List.of(head.header(), head.syntax(), head.cells()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(alike -> new CsvTable(spark, alike, stands))
        .toList();
  }

  private long line(Configuration hadoop, Path file, long row) {
    CsvHead head =
        heads.values().stream()
            .filter(one -> SourceFiles.shown(one.file()).equals(SourceFiles.shown(file)))
            .findFirst()
            .orElseThrow();
    return TextLines.numberOf(row + head.linesBefore(), head.syntax()::counts, hadoop, file);
  }

  private static void requireColumns(CsvTable table, CsvTable first) {
    refuseMissing(first, table);
    refuseMissing(table, first);
  }

  /** Refuses a column of one table that another does not have. */
  private static void refuseMissing(CsvTable has, CsvTable lacks) {
    for (String name : has.names()) {
      if (lacks.position(name) < 0) {
        throw new InvalidInputException(
            "'%s' has no column '%s', which '%s' has: the files of a dataset need the same columns"
                .formatted(lacks.origin(), name, has.origin()));
      }
    }
  }

  private static DataType type(String name, List<CsvTable> tables, List<CellCounts> counts) {
    long present = 0;
    long numbers = 0;
    long booleans = 0;
    for (int t = 0; t < tables.size(); t++) {
      int j = tables.get(t).position(name);
      present += counts.get(t).present(j);
      numbers += counts.get(t).numbers(j);
      booleans += counts.get(t).booleans(j);
    }
    if (present == numbers) {
      return DataTypes.DoubleType;
    }
    return present == booleans ? DataTypes.BooleanType : DataTypes.StringType;
  }

  private List<String> notes(List<CsvTable> tables, List<CellCounts> counts) {
    List<String> notes = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      CsvTable table = tables.get(t);
      String origin = tables.size() == 1 ? files.path() : table.origin();
      notes.addAll(separated(table.head(), origin));
      notes.addAll(ofHead(table.head(), origin));
      notes.addAll(table.leftOut(counts.get(t), origin));
    }
    if (tables.stream().anyMatch(table -> !table.names().equals(tables.get(0).names()))) {
      notes.add(
          "the files of '%s' have their columns in different orders: they are matched by name"
              .formatted(files.path()));
    }
    return notes;
  }

  /** Says what separates cells where that is no comma, and nobody has said so. */
  private List<String> separated(CsvHead head, String origin) {
    char separator = head.syntax().separator();
    boolean several = head.cells().size() > 1;
    return stated || separator == ',' || !several
        ? List.of()
        : List.of("'%s': cells are separated by %s".formatted(origin, named(separator)));
  }

  private static String named(char separator) {
    return switch (separator) {
      case ';' -> "semicolons";
      case '\t' -> "tabs";
      case '|' -> "bars";
      default -> "blanks";
    };
  }

  private static List<String> ofHead(CsvHead head, String origin) {
    String names =
        head.cells().stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
    return switch (head.header()) {
      case COMMENT ->
          List.of(
              "'%s' begins with a comment, which names its columns %s; later lines that begin with %s are not rows"
                  .formatted(origin, RowSearch.shortened(names), head.syntax().comment()));
      case NOWHERE ->
          List.of(
              "'%s' is read without a header: its columns are %s"
                  .formatted(origin, RowSearch.shortened(names)));
      case LINE ->
          head.syntax().comment().isEmpty()
              ? List.of()
              : List.of(
                  "'%s': lines that begin with %s are not rows"
                      .formatted(origin, head.syntax().comment()));
    };
  }
}
