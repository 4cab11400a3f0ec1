package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.Source;
import io.foldwise.spark.data.source.SourceFiles;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import scala.reflect.ClassTag$;

/**
 * Labels that stand in a file of their own, row by row beside the features: the n-th row of one
 * belongs to the n-th of the other, both in file order.
 *
 * <p>The labels are brought to every task, so that no row moves; their number is bounded by the
 * driver's memory. Features in files whose blocks Spark cuts as it likes are read by one task,
 * which alone knows the number of each row.
 *
 * @param features the rows without labels
 * @param labels the rows of labels
 * @param option the option that named the labels, for messages
 */
record LabelFile(SourceFrame features, SourceFrame labels, String option) {

  /** The most labels: as numbers they take an eighth of the driver's memory. */
  private static final long MOST =
      Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 64);

  private static final long WITHIN_PARTITION = (1L << SourceFrame.PARTITION_SHIFT) - 1;

  /** What the only column of an array without a name is called. */
  private static final String NAMELESS = "x0";

  private static final String PART = Columns.RESERVED + "part";

  /** The features with a column of labels, and its name. */
  record Joined(SourceFrame rows, String label) {}

  /**
   * The rows of a source with the labels of a file.
   *
   * @throws InvalidInputException if the source sets test rows apart, which would have no labels
   */
  static Joined ofTraining(String labels, Source source, DataOptions options) {
    if (source.hasTest()) {
      throw new InvalidInputException(
          "'labels' (%s): '%s' holds test rows of its own, for which there are no labels there: save the training arrays in a file of their own, and give the others by --test-data and --test-labels"
              .formatted(labels, options.path()));
    }
    return of("labels", labels, source, options);
  }

  /** The test rows of a source with the labels of a file. */
  static Joined ofTest(String labels, Source source, DataOptions options) {
    return of("test-labels", labels, source, options);
  }

  private static Joined of(String option, String labels, Source source, DataOptions options) {
    for (String path : List.of(labels, source.files().path())) {
      if (SourceFiles.isTable(path)) {
        throw new InvalidInputException(
            "'%s' (%s): the rows of '%s' have no order, by which labels could be theirs: put them into one table"
                .formatted(option, labels, path));
      }
    }
    Optional<String> name = options.roles().label().name();
    Configuration hadoop = source.spark().sessionState().newHadoopConf();
    SourceFiles files = SourceFiles.find(hadoop, option, labels, Optional.empty());
    Source.Expected expected =
        new Source.Expected(
            Optional.empty(),
            List.of(),
            name.map(List::of).orElse(List.of(NAMELESS, "y", "label")));
    Dialect dialect = files.format().isOfCells() ? options.dialect() : Dialect.AUTO;
    SourceFrame column = new Source(source.spark(), files, dialect, expected).training();
    return new LabelFile(unlabelled(source), column, option).joined(name);
  }

  /**
   * Rows whose label stands elsewhere: the last column of a file without names, which is otherwise
   * called y, is a feature like the others.
   */
  private static SourceFrame unlabelled(Source source) {
    SourceFrame read = source.training();
    int d = read.names().size();
    List<String> features = IntStream.range(0, d).mapToObj(i -> "x" + i).toList();
    boolean likely =
        d > 1
            && read.names().get(d - 1).equals("y")
            && read.names().subList(0, d - 1).equals(features.subList(0, d - 1));
    if (!likely) {
      return read;
    }
    Source.Expected expected = source.expected();
    Source.Expected named = new Source.Expected(expected.dimensions(), features, expected.needed());
    return new Source(source.spark(), source.files(), source.dialect(), named).training();
  }

  /**
   * Puts each label beside its row.
   *
   * @param asked the name of the label
   * @throws InvalidInputException if the numbers of rows differ, or it is not clear which column is
   *     the label
   */
  Joined joined(Optional<String> asked) {
    refuseLengths();
    StructField column = column(asked);
    boolean nameless = column.name().equals(NAMELESS);
    String name = asked.orElse(nameless ? "y" : column.name());
    if (features.names().stream().anyMatch(name::equalsIgnoreCase)) {
      throw new InvalidInputException(
          "'%s' (%s): its column '%s' is one of '%s' too: leave it out of one of them, or name another by --label"
              .formatted(option, labels.origin(), name, features.origin()));
    }
    Dataset<Row> ordered =
        features.stands() instanceof SourceFrame.Stands.InPartitions
            ? features.frame()
            : features.inFileOrder().select(Columns.named(features.names()));
    Column label = looked(column).apply(monotonically_increasing_id());
    SourceFrame rows =
        new SourceFrame(
                ordered.withColumn(name, label),
                features.rows(),
                features.origin(),
                new SourceFrame.Stands.InPartitions(),
                features.dimensions(),
                features.notes(),
                Optional.empty())
            .noting(
                Stream.concat(
                        Stream.of(
                            "the label '%s' of each row is that of the same row of '%s'"
                                .formatted(name, labels.origin())),
                        labels.notes().stream().filter(note -> !note.contains("without names")))
                    .toList());
    return new Joined(rows, name);
  }

  private void refuseLengths() {
    if (labels.rows() != features.rows()) {
      throw new InvalidInputException(
          "'%s' (%s) has %d rows, and '%s' has %d: each row needs one label"
              .formatted(
                  option, labels.origin(), labels.rows(), features.origin(), features.rows()));
    }
    if (labels.rows() > MOST) {
      throw new InvalidInputException(
          "'%s' (%s): %d labels are more than the %d that this memory holds: give more with --driver-memory, or put the labels into the file of the features"
              .formatted(option, labels.origin(), labels.rows(), MOST));
    }
  }

  private StructField column(Optional<String> asked) {
    List<StructField> columns =
        labels.columns().stream().filter(column -> !ColumnRoles.isIndex(column)).toList();
    List<String> names = columns.stream().map(StructField::name).toList();
    if (asked.isPresent() && names.contains(asked.get())) {
      return labels.column(asked.get());
    }
    if (columns.size() == 1) {
      return columns.get(0);
    }
    List<String> usual = Stream.of("y", "label").filter(names::contains).toList();
    if (asked.isEmpty() && usual.size() == 1) {
      return labels.column(usual.get(0));
    }
    throw new InvalidInputException(
        "'%s' (%s) holds %d columns%s: name the one of labels with --label: %s"
            .formatted(
                option,
                labels.origin(),
                columns.size(),
                asked.map(name -> ", and none of them is '" + name + "'").orElse(""),
                ColumnRoles.listed(names)));
  }

  /** Finds the label of a row by Spark's increasing id of it. */
  private UserDefinedFunction looked(StructField column) {
    boolean number = Columns.isNumber(column.dataType());
    DataType type = number ? DataTypes.DoubleType : DataTypes.StringType;
    Column cell = Columns.named(column.name()).cast(type);
    List<Row> cells = labels.inFileOrder().select(cell).collectAsList();
    long[] firsts = firsts();
    SparkSession spark = features.frame().sparkSession();
    if (number) {
      double[] values = new double[cells.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = cells.get(i).isNullAt(0) ? Double.NaN : cells.get(i).getDouble(0);
      }
      Broadcast<double[]> all =
          spark.sparkContext().broadcast(values, ClassTag$.MODULE$.apply(double[].class));
      UDF1<Long, Double> look = id -> all.value()[place(firsts, id)];
      return udf(look, type).asNondeterministic();
    }
    String[] values = cells.stream().map(row -> row.getString(0)).toArray(String[]::new);
    Broadcast<String[]> all =
        spark.sparkContext().broadcast(values, ClassTag$.MODULE$.apply(String[].class));
    UDF1<Long, String> look = id -> all.value()[place(firsts, id)];
    return udf(look, type).asNondeterministic();
  }

  private static int place(long[] firsts, long id) {
    int partition = (int) (id >> SourceFrame.PARTITION_SHIFT);
    return Math.toIntExact(firsts[partition] + (id & WITHIN_PARTITION));
  }

  /** The number of the first row of each partition. */
  private long[] firsts() {
    if (!(features.stands() instanceof SourceFrame.Stands.InPartitions)) {
      return new long[] {0};
    }
    List<Row> counts =
        new ArrayList<>(
            features.frame().groupBy(spark_partition_id().as(PART)).count().collectAsList());
    int last = counts.stream().mapToInt(row -> row.getInt(0)).max().orElse(0);
    long[] firsts = new long[last + 2];
    counts.forEach(row -> firsts[row.getInt(0) + 1] = row.getLong(1));
    for (int partition = 1; partition < firsts.length; partition++) {
      firsts[partition] += firsts[partition - 1];
    }
    return firsts;
  }
}
