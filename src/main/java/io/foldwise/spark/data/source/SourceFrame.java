package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.shiftright;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A dataset as its source has it: typed columns, missing values as null.
 *
 * @param frame the user's columns, then the hash of the file's own ({@link Columns#VALUES}) where
 *     others were made of them, and {@link #BLOCK} where it is a union
 * @param rows the number of rows, n ≥ 1
 * @param origin what messages call the dataset: its path
 * @param stands where its rows stand
 * @param dimensions d, where one column, {@link VectorColumn#NAME}, is a vector of d features; each
 *     is sparse, holds neither zeros nor what is not finite, and none is missing
 * @param notes what a person should know of how it was read, each one line
 * @param scan a way to read the same rows that is faster where there are many columns
 */
public record SourceFrame(
    Dataset<Row> frame,
    long rows,
    String origin,
    Stands stands,
    Optional<Integer> dimensions,
    List<String> notes,
    Optional<Scan> scan) {

  /** Reads rows without code that Spark would compile for each column. */
  interface Scan {
    /** The rows of the frame, then {@link #BLOCK}; each may stand in place of the one before it. */
    JavaRDD<InternalRow> rows();
  }

  /** What file order is, and what places in it are called. */
  public sealed interface Stands {

    /** File order goes by path, first byte of the block, and position in the block. */
    record InFiles() implements Stands {}

    /** File order goes by path, block and position, and a row is a line. */
    record InLines(Lines lines) implements Stands {}

    /** File order is Spark's order of partitions. */
    record InPartitions() implements Stands {}
  }

  /** Finds the line of a row. */
  interface Lines {
    /** The number of the line, from 1, that holds the n-th row of a file, from 1. */
    long numberOf(Path file, long n);
  }

  /** The columns of file, block and place in the block. */
  public static final List<String> ORDER = List.of(Columns.FILE, Columns.START, Columns.WITHIN);

  /**
   * The columns of file and block, with which a frame that is a union ends: what Spark knows of a
   * row's file is lost above one.
   */
  static final List<String> BLOCK = List.of(Columns.FILE, Columns.START);

  /** A partition's number stands above these bits of Spark's increasing id. */
  public static final int PARTITION_SHIFT = 33;

  public SourceFrame {
    notes = List.copyOf(notes);
    if (rows < 1) {
      throw new InvalidInputException("'" + origin + "' holds no rows: at least one is needed");
    }
    List<String> all = List.of(frame.columns());
    refuseReserved(origin, all.subList(0, users(all)));
  }

  /** Refuses names that are kept for columns of our own. */
  private static void refuseReserved(String origin, List<String> names) {
    for (String name : names) {
      if (Columns.isReserved(name)) {
        throw new InvalidInputException(
            "'%s': column '%s' begins with '%s', which is reserved: rename it"
                .formatted(origin, name, Columns.RESERVED));
      }
    }
  }

  /** The number of the user's columns, which come first. */
  private static int users(List<String> columns) {
    int others = placed(columns) ? columns.size() - BLOCK.size() : columns.size();
    return others > 0 && columns.get(others - 1).equals(Columns.VALUES) ? others - 1 : others;
  }

  /** Whether the last two columns are {@link #BLOCK}. */
  private static boolean placed(List<String> columns) {
    int user = columns.size() - BLOCK.size();
    return user >= 0 && columns.subList(user, columns.size()).equals(BLOCK);
  }

  /** A frame without a vector of features. */
  public SourceFrame(Dataset<Row> frame, long rows, String origin, Stands stands) {
    this(frame, rows, origin, stands, Optional.empty(), List.of(), Optional.empty());
  }

  /** This frame with more notes on how it was read. */
  public SourceFrame noting(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new SourceFrame(frame, rows, origin, stands, dimensions, all, scan);
  }

  /**
   * These rows, or some of them, with other columns; where each stands in its file stays known.
   *
   * @param change keeps the columns of reserved names
   */
  public SourceFrame mapped(UnaryOperator<Dataset<Row>> change) {
    boolean known = placed(List.of(frame.columns())) || stands instanceof Stands.InPartitions;
    List<Column> own = new ArrayList<>(List.of(Columns.named(List.of(frame.columns()))));
    if (!known) {
      own.addAll(List.of(block()));
    }
    if (!hasValues()) {
      own.add(RowHash.ofAll(columns()).as(Columns.VALUES));
    }
    Dataset<Row> changed = change.apply(frame.select(own.toArray(Column[]::new)));
    List<String> last = new ArrayList<>(List.of(Columns.VALUES));
    last.addAll(stands instanceof Stands.InPartitions ? List.of() : BLOCK);
    List<String> columns =
        Stream.concat(
                Arrays.stream(changed.columns()).filter(name -> !last.contains(name)),
                last.stream())
            .toList();
    Dataset<Row> ordered = changed.select(Columns.named(columns));
    return new SourceFrame(ordered, rows, origin, stands, dimensions, notes, Optional.empty());
  }

  /** Whether the hash of a row's values in the file stands beside its columns. */
  public boolean hasValues() {
    List<String> all = List.of(frame.columns());
    return users(all) < all.size() && all.get(users(all)).equals(Columns.VALUES);
  }

  /** This frame with another number of rows, of which some were left out. */
  public SourceFrame counting(long newRows) {
    return new SourceFrame(frame, newRows, origin, stands, dimensions, notes, scan);
  }

  /** This frame with a faster way to read it. */
  SourceFrame scannedBy(Scan faster) {
    return new SourceFrame(frame, rows, origin, stands, dimensions, notes, Optional.of(faster));
  }

  /** Counts a frame; its vectors of features, if it has any, are checked in the same pass. */
  public static SourceFrame counted(
      Dataset<Row> frame, String origin, Stands stands, Optional<Dimensions> dimensions) {
    return counted(frame, Optional.empty(), origin, stands, dimensions);
  }

  /** Counts a frame, unless its number of rows is known; vectors of features are checked. */
  public static SourceFrame counted(
      Dataset<Row> frame,
      Optional<Long> rows,
      String origin,
      Stands stands,
      Optional<Dimensions> dimensions) {
    SourceFrame raw = new SourceFrame(frame, 1, origin, stands);
    return raw.columns().stream().anyMatch(VectorColumn::is)
        ? new VectorCheck(raw, dimensions).checked()
        : new SourceFrame(frame, rows.orElseGet(frame::count), origin, stands);
  }

  /** The columns of {@link #ORDER} for a frame that comes from files. */
  static Column[] fileOrder() {
    return fileOrder(block());
  }

  /** The columns of {@link #ORDER} for a frame whose file and block are such columns. */
  static Column[] fileOrder(Column[] block) {
    return new Column[] {block[0], block[1], monotonically_increasing_id().as(Columns.WITHIN)};
  }

  /** The columns of {@link #BLOCK} for a frame that comes from files. */
  static Column[] block() {
    return new Column[] {
      col("_metadata.file_path").as(Columns.FILE),
      col("_metadata.file_block_start").as(Columns.START)
    };
  }

  /** The user's columns, then {@link #ORDER}: sorted by these, rows are in file order. */
  public Dataset<Row> ordered() {
    Column[] order = stands instanceof Stands.InPartitions ? partitionOrder() : fileOrder();
    if (placed(List.of(frame.columns()))) {
      order = fileOrder(Columns.named(BLOCK));
    }
    Column[] values = hasValues() ? Columns.named(List.of(Columns.VALUES)) : new Column[0];
    return frame.select(
        Stream.of(Columns.named(names()), values, order)
            .flatMap(Stream::of)
            .toArray(Column[]::new));
  }

  /** {@link #ordered}, sorted into one partition. */
  public Dataset<Row> inFileOrder() {
    return ordered().coalesce(1).sortWithinPartitions(Columns.named(ORDER));
  }

  private static Column[] partitionOrder() {
    Column within = monotonically_increasing_id();
    return new Column[] {
      lit("").as(Columns.FILE),
      shiftright(within, PARTITION_SHIFT).as(Columns.START),
      within.as(Columns.WITHIN)
    };
  }

  /** The rows in Spark's own form, then {@link #BLOCK}; each may stand in place of the last. */
  public JavaRDD<InternalRow> scanned() {
    return scan.map(Scan::rows).orElseGet(this::ofFrame);
  }

  private JavaRDD<InternalRow> ofFrame() {
    JavaRDD<InternalRow> rowsOfFrame =
        frame.drop(Columns.VALUES).queryExecution().toRdd().toJavaRDD();
    if (placed(List.of(frame.columns()))) {
      return rowsOfFrame;
    }
    boolean inFiles = !(stands instanceof Stands.InPartitions);
    return rowsOfFrame.mapPartitionsWithIndex(
        (partition, part) -> new Placed(part, partition, inFiles), false);
  }

  /** Rows with their blocks: those of their files, while Spark reads them, or the partition. */
  private static final class Placed implements Iterator<InternalRow> {

    private final Iterator<InternalRow> rows;
    private final boolean inFiles;
    private final GenericInternalRow block = new GenericInternalRow(BLOCK.size());
    private final JoinedRow joined = new JoinedRow();

    Placed(Iterator<InternalRow> rows, int partition, boolean inFiles) {
      this.rows = rows;
      this.inFiles = inFiles;
      place(UTF8String.EMPTY_UTF8, partition);
    }

    private void place(UTF8String file, long start) {
      block.update(0, file);
      block.update(1, start);
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      if (inFiles) {
        place(InputFileBlockHolder.getInputFilePath(), InputFileBlockHolder.getStartOffset());
      }
      return joined.apply(row, block);
    }
  }

  /** Whether there are so many columns that they are read without code compiled for each. */
  public boolean isWide(int mostColumns) {
    return dimensions.isEmpty() && columns().size() > mostColumns;
  }

  /** The user's columns in file order. */
  public List<StructField> columns() {
    List<StructField> all = List.of(frame.schema().fields());
    return all.subList(0, users(List.of(frame.columns())));
  }

  public List<String> names() {
    return columns().stream().map(StructField::name).toList();
  }

  /** The column of that name. */
  public StructField column(String name) {
    return frame.schema().apply(name);
  }

  /** Whether the user has a column of that name. */
  public boolean has(String name) {
    return !Columns.isReserved(name) && frame.schema().getFieldIndex(name).isDefined();
  }

  /** Where a row of {@link #ordered} was found, as messages name it. */
  public String place(RowSearch.Found row) {
    return row.place(stands);
  }
}
