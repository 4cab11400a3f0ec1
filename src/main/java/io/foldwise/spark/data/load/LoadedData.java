package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.Imputed;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/**
 * A dataset that was found readable: its features and label as doubles, and what its rows are known
 * by.
 *
 * <p>Up to {@link #SMALL_ROWS} rows every cell has been checked and the rows stay cached until
 * {@link #close}. Above, nothing is cached and a missing cell is a NaN, which makes every sum over
 * its column NaN: {@link #firstBadCell} then says where it is.
 */
public final class LoadedData implements AutoCloseable {

  /** Up to this many rows, ranks are exact and cells are checked at once. */
  public static final long SMALL_ROWS = 100_000;

  private static final int ROWS_PER_PARTITION = 10_000;

  /** The numbers of a partition where rows are long, which take 8 MB. */
  private static final int NUMBERS_PER_PARTITION = 1_000_000;

  /** The cells up to which rows stand on the driver, where they wait for no job. */
  private static final long MOST_LOCAL = 100_000;

  private final SourceFrame source;
  private final ColumnRoles roles;
  private final TestRows test;
  private final Optional<Encoding> encoding;
  private final List<Imputed> imputed;
  private final Dataset<Row> rows;
  private final Optional<List<IndexedRow>> index;
  private final long[] testContents;

  LoadedData(
      SourceFrame source,
      ColumnRoles roles,
      TestRows test,
      Optional<Encoding> encoding,
      List<Imputed> imputed,
      long smallRows) {
    this.source = source;
    this.roles = roles;
    this.test = test;
    this.encoding = encoding;
    this.imputed = imputed;
    boolean small = source.rows() <= smallRows;
    this.rows = small ? gathered(project(ordered())) : project(unordered());
    this.index = small ? Optional.of(indexed()) : Optional.empty();
    boolean countable =
        small && test instanceof TestRows.Apart apart && apart.source().rows() <= smallRows;
    this.testContents = countable ? ((TestRows.Apart) test).contents() : new long[0];
  }

  /** The number of rows of the file, before a test set is split off. */
  public long rowCount() {
    return source.rows();
  }

  /** The names of the features, in the order of the frames' columns. */
  public List<String> features() {
    return roles.features().names();
  }

  /** The name of the label. */
  public String label() {
    return roles.label();
  }

  /** What was made of the columns of the source, if anything. */
  public Optional<Encoding> encoding() {
    return encoding;
  }

  /** The features whose missing cells are filled inside the folds. */
  public List<Imputed> imputed() {
    return imputed;
  }

  /** What a person should know of how the data were read, each one line. */
  public List<String> notes() {
    return source.notes();
  }

  /** All columns of the file and their types. */
  public List<StructField> schema() {
    return source.columns();
  }

  /** Whether ranks are exact and every cell has been checked. */
  public boolean isSmall() {
    return index.isPresent();
  }

  /**
   * The first cell in file order that is missing or not finite, a label that the {@link Labels}
   * asked for are not, or a negative weight, test rows included. It takes one pass, and is to be
   * asked when a sum shows that there is one.
   */
  public Optional<BadCell> firstBadCell() {
    Optional<BadCell> own = BadCells.of(source, roles).first();
    return own.isPresent() ? own : test.firstBadCell();
  }

  /** Drops the cached rows. */
  @Override
  public void close() {
    if (isSmall()) {
      rows.unpersist();
    }
  }

  /** The rows: features and label, hashes, and what folds are dealt by. */
  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * {@link #rows} with {@link SourceFrame#ORDER}, which they have themselves only where data are
   * small.
   */
  public Dataset<Row> orderedRows() {
    return isSmall() ? rows : project(ordered());
  }

  private Dataset<Row> ordered() {
    return roles.isPacked() ? roles.narrowed(source) : source.ordered();
  }

  private Dataset<Row> unordered() {
    return roles.isPacked()
        ? ordered()
            .drop(SourceFrame.ORDER.toArray(String[]::new))
            .drop(Columns.LARGEST, Columns.LEAST)
        : source.frame();
  }

  public Optional<List<IndexedRow>> index() {
    return index;
  }

  public TestRows test() {
    return test;
  }

  /** The hashes of the test rows that stand apart, where data are small; else none. */
  public long[] testContents() {
    return testContents;
  }

  public ColumnRoles roles() {
    return roles;
  }

  String origin() {
    return source.origin();
  }

  private List<IndexedRow> indexed() {
    try {
      List<IndexedRow> collected =
          RowIndex.collect(rows, roles, this::firstBadCell, this::refuseTiny);
      new BothLabels(source, roles).require(collected);
      return collected;
    } catch (RuntimeException failed) {
      rows.unpersist();
      throw failed;
    }
  }

  /** Refuses a column whose numbers are all too small to be squared: it would count as constant. */
  private void refuseTiny() {
    List<String> columns = roles.doubles();
    Map<Integer, Double> largest = new TreeMap<>();
    rows.select(posexplode(roles.values()).as(new String[] {"position", "value"}))
        .groupBy("position")
        .agg(max(abs(Columns.named("value"))))
        .collectAsList()
        .forEach(row -> largest.put(row.getInt(0), row.getDouble(1)));
    for (int j = 0; j < columns.size(); j++) {
      double most = largest.get(j);
      if (most > 0 && most < Columns.LEAST_SQUARED) {
        throw new InvalidInputException(
            ("'%s': the numbers in column '%s' are too small, at most %.1e, for their squares to be"
                    + " told from 0: rescale the column")
                .formatted(source.origin(), columns.get(j), most));
      }
    }
  }

  private Dataset<Row> project(Dataset<Row> frame) {
    List<Column> columns = new ArrayList<>(new NumberColumns(source).of(roles));
    List<String> own = List.of(frame.columns());
    Stream.concat(Stream.of(Columns.LARGEST, Columns.LEAST), SourceFrame.ORDER.stream())
        .filter(own::contains)
        .map(Columns::named)
        .forEach(columns::add);
    Column values =
        roles.isPacked() || source.hasValues()
            ? Columns.named(Columns.VALUES)
            : RowHash.ofAll(source.columns());
    Optional<StructField> id = roles.asked().id().map(source::column);
    columns.add(id.map(RowHash::of).orElse(values).as(Columns.KEY));
    id.map(column -> Columns.named(column.name()).as(Columns.ID)).ifPresent(columns::add);
    columns.add(values.as(Columns.VALUES));
    roles.asked().group().map(source::column).map(LoadedData::group).ifPresent(columns::add);
    roles.asked().foldColumn().map(source::column).map(LoadedData::fold).ifPresent(columns::add);
    return frame.select(columns.toArray(Column[]::new));
  }

  private static Column group(StructField column) {
    Column present = Columns.named(column.name()).isNotNull();
    return when(present, RowHash.of(column)).as(Columns.GROUP);
  }

  private static Column fold(StructField column) {
    Column value = Columns.named(column.name());
    Column sortable =
        Columns.isNumber(column.dataType()) ? value.cast(DataTypes.DoubleType) : value;
    return sortable.cast(DataTypes.StringType).as(Columns.FOLD_VALUE);
  }

  private Dataset<Row> gathered(Dataset<Row> found) {
    long n = source.rows();
    boolean flat = roles.features() instanceof FeatureColumns.Flat;
    if (flat && n * found.columns().length <= MOST_LOCAL) {
      return found.sparkSession().createDataFrame(found.collectAsList(), found.schema());
    }
    long full = n / ROWS_PER_PARTITION;
    long packed = roles.isPacked() ? n * features().size() / NUMBERS_PER_PARTITION : 0;
    int partitions = (int) Math.max(1, Math.max(full, packed));
    return found.coalesce(partitions).persist(StorageLevel.MEMORY_AND_DISK());
  }
}
