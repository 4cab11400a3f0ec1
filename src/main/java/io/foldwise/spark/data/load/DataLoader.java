package io.foldwise.spark.data.load;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.Imputed;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.FeatureColumns;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.schema.VectorColumn;
import io.foldwise.spark.data.source.Format;
import io.foldwise.spark.data.source.Source;
import io.foldwise.spark.data.source.SourceErrors;
import io.foldwise.spark.data.source.SourceFiles;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Reads datasets and refuses those that cannot be used.
 *
 * <p>It passes over the data to count them and, up to {@link LoadedData#SMALL_ROWS} rows, once more
 * to check every cell and fill a cache; as many test rows in a file of their own take one pass that
 * hashes them. Parquet is counted from its footers alone, unless it holds vectors of features:
 * these are read once, as csv and libsvm files are, which also finds their types, their dimensions
 * and what is malformed.
 */
public final class DataLoader {

  /** What messages call rows that come from no file. */
  private static final String FRAME = "the data frame";

  private final SparkSession spark;
  private final long smallRows;
  private final int mostColumns;

  public DataLoader(SparkSession spark, long smallRows) {
    this(spark, smallRows, NarrowRows.MOST_COLUMNS);
  }

  /**
   * Makes a loader.
   *
   * @param smallRows the number of rows up to which ranks are exact and cells are checked at once
   * @param mostColumns the number of columns above which features are packed
   */
  public DataLoader(SparkSession spark, long smallRows, int mostColumns) {
    this.spark = spark;
    this.smallRows = smallRows;
    this.mostColumns = mostColumns;
  }

  /**
   * Refuses files of this machine that are missing, or evidently of another format than stated,
   * before Spark has started.
   *
   * @throws InvalidInputException if {@link #load} would refuse them
   */
  public static void check(Supplier<Configuration> hadoop, DataOptions options) {
    SourceFiles.check(hadoop, "data", options.path(), options.format());
    Optional<Format> told = Optional.empty();
    options
        .roles()
        .label()
        .file()
        .ifPresent(labels -> SourceFiles.check(hadoop, "labels", labels, told));
    if (options.test() instanceof TestSource.Separate separate) {
      SourceFiles.check(hadoop, "test-data", separate.path(), options.format());
      separate.labels().ifPresent(labels -> SourceFiles.check(hadoop, "test-labels", labels, told));
    }
  }

  /**
   * Reads training data and, where the options name any, test data.
   *
   * @throws InvalidInputException if a file, a column or a cell cannot be used
   */
  public static LoadedData load(SparkSession spark, DataOptions options) {
    return new DataLoader(spark, LoadedData.SMALL_ROWS).load(options);
  }

  /**
   * Takes rows that are already a frame; their file order is Spark's order of partitions.
   *
   * @param test a part of the rows, or none
   * @throws InvalidInputException if a column or a cell cannot be used
   */
  public static LoadedData of(Dataset<Row> frame, DataOptions.Roles roles, TestSource test) {
    return new DataLoader(frame.sparkSession(), LoadedData.SMALL_ROWS)
        .loaded(
            frame,
            roles,
            test instanceof TestSource.Fraction fraction
                ? new TestRows.Drawn(fraction)
                : new TestRows.None());
  }

  /** Takes rows that are already a frame, without test rows. */
  public static LoadedData of(Dataset<Row> frame, DataOptions.Roles roles) {
    return of(frame, roles, new TestSource.Own());
  }

  public LoadedData load(DataOptions options) {
    return SourceErrors.named(options.path(), () -> read(options));
  }

  public LoadedData loaded(Dataset<Row> frame, DataOptions.Roles asked, TestRows test) {
    SourceFrame source =
        SourceFrame.counted(frame, FRAME, new SourceFrame.Stands.InPartitions(), Optional.empty());
    ColumnRoles roles = roles(asked, source);
    return new LoadedData(
        source.noting(roles.ofLabels()), roles, test, Optional.empty(), List.of(), smallRows);
  }

  /**
   * Reads rows to be predicted; no label is asked for. Up to {@link LoadedData#SMALL_ROWS} rows
   * every cell is checked. Files without a header that have as many columns have the model's
   * features.
   *
   * @param options the options, whose roles are not read
   * @param features the model's features
   * @throws InvalidInputException if the file lacks a feature or one of its cells cannot be used
   */
  public static FeatureRows features(
      SparkSession spark, DataOptions options, List<String> features) {
    return SourceErrors.named(
        options.path(), () -> new DataLoader(spark, LoadedData.SMALL_ROWS).read(options, features));
  }

  private FeatureRows read(DataOptions options, List<String> names) {
    Optional<Dimensions> dimensions = VectorColumn.sizeOf(names).map(Dimensions::ofNames);
    Source.Expected expected = new Source.Expected(dimensions, names, names);
    SourceFrame said = source("data", options.path(), options, expected).training();
    return options.preparation() instanceof Preparation.Fitted fitted
        ? prepared(said, fitted.encoding(), names)
        : plain(said, names);
  }

  private FeatureRows plain(SourceFrame source, List<String> names) {
    FeatureColumns features = checked(source, names);
    Column[] columns = columns(source, features);
    return new FeatureRows(
        source.frame().select(columns),
        source.inFileOrder().select(columns),
        names,
        List.of(Columns.named(source.names())),
        source.rows(),
        source.notes());
  }

  private FeatureColumns checked(SourceFrame source, List<String> names) {
    FeatureColumns features = ColumnRoles.features(names, source).orElseThrow();
    new NumberColumns(source).requireNumbers(features);
    if (source.rows() <= smallRows) {
      refuse(BadCells.ofFeatures(source, packed(features, source)).first());
    }
    return features;
  }

  /** Rows whose features are made of the columns, which are kept beside them as they are. */
  private FeatureRows prepared(SourceFrame said, Encoding encoding, List<String> names) {
    NumberColumns numbers = new NumberColumns(said);
    names.stream()
        .filter(said::has)
        .forEach(name -> numbers.feature(name, new FeatureColumns.Flat(List.of(name))));
    checked(encoding.applied(said), names);
    List<Column> kept = new ArrayList<>();
    List<Column> shown = new ArrayList<>();
    for (String name : said.names()) {
      String aside = Columns.RESERVED + "said_" + name;
      kept.add(Columns.named(name).as(aside));
      shown.add(Columns.named(aside).as(name));
    }
    UnaryOperator<Dataset<Row>> made =
        rows ->
            encoding.applied(
                rows.select(
                    Stream.concat(Stream.of(functions.col("*")), kept.stream())
                        .toArray(Column[]::new)));
    return new FeatureRows(
        made.apply(said.frame()),
        made.apply(said.inFileOrder()),
        names,
        shown,
        said.rows(),
        said.notes());
  }

  /** All columns of the file, with the features as numbers. */
  private static Column[] columns(SourceFrame source, FeatureColumns features) {
    NumberColumns numbers = new NumberColumns(source);
    numbers.requireNumbers(features);
    Set<String> wanted = Set.copyOf(features.columns());
    return source.names().stream()
        .map(name -> wanted.contains(name) ? numbers.feature(name, features) : Columns.named(name))
        .toArray(Column[]::new);
  }

  private LoadedData read(DataOptions said) {
    Source.Expected expected =
        new Source.Expected(dimensions(said), List.of(), said.roles().named());
    Source source = source("data", said.path(), said, expected);
    Optional<LabelFile.Joined> labelled =
        said.roles().label().file().map(labels -> LabelFile.ofTraining(labels, source, said));
    SourceFrame training = labelled.map(LabelFile.Joined::rows).orElseGet(source::training);
    DataOptions options =
        labelled.map(joined -> said.with(said.roles().withLabel(joined.label()))).orElse(said);
    refuseDimensions(options, training);
    Prepared prepared = prepared(options, training);
    ColumnRoles roles = roles(prepared.roles(), prepared.training());
    TestRows test = test(options, source, roles, prepared);
    SourceFrame rows = prepared.training();
    return new LoadedData(
        rows.noting(roles.notes(rows)),
        roles,
        checked(test),
        prepared.encoding(),
        prepared.imputed(),
        smallRows);
  }

  /**
   * Rows after what was made of their columns.
   *
   * @param roles the roles of the columns as they are now
   * @param imputed the features whose missing cells are filled inside the folds
   * @param others does the same to rows that stand apart
   */
  private record Prepared(
      SourceFrame training,
      DataOptions.Roles roles,
      Optional<Encoding> encoding,
      List<Imputed> imputed,
      UnaryOperator<SourceFrame> others) {}

  private static Prepared prepared(DataOptions options, SourceFrame training) {
    if (options.preparation() instanceof Preparation.Fitted fitted) {
      Encoding encoding = fitted.encoding();
      return new Prepared(
          encoding.applied(training),
          options.roles(),
          Optional.of(encoding),
          List.of(),
          encoding::applied);
    }
    Preparation.Asked asked = (Preparation.Asked) options.preparation();
    if (asked.isNothing()) {
      return new Prepared(
          training, options.roles(), Optional.empty(), List.of(), UnaryOperator.identity());
    }
    EncodingFit.Result fit =
        new EncodingFit(asked, training, ColumnRoles.resolve(options.roles(), training)).result();
    return new Prepared(
        fit.source(),
        options.roles().withFeatures(fit.features()),
        Optional.of(fit.encoding()),
        fit.imputed(),
        fit.others());
  }

  private FeatureColumns packed(FeatureColumns features, SourceFrame source) {
    return source.isWide(mostColumns) ? new FeatureColumns.Packed(features.names()) : features;
  }

  private ColumnRoles roles(DataOptions.Roles asked, SourceFrame source) {
    ColumnRoles roles = ColumnRoles.resolve(asked, source);
    Classes classes = new LabelClasses(source, roles.label()).of(asked.label());
    return new ColumnRoles(roles.label(), packed(roles.features(), source), asked.with(classes));
  }

  private static Optional<Dimensions> dimensions(DataOptions options) {
    return options
        .dimensions()
        .map(Dimensions::given)
        .or(() -> VectorColumn.sizeOf(options.roles().features()).map(Dimensions::ofNames));
  }

  private static void refuseDimensions(DataOptions options, SourceFrame source) {
    if (options.dimensions().isPresent() && source.dimensions().isEmpty()) {
      throw new InvalidInputException(
          "'dimensions' (%d): '%s' holds each feature in a column of its own: leave the option out"
              .formatted(options.dimensions().get(), source.origin()));
    }
  }

  private TestRows test(DataOptions options, Source source, ColumnRoles roles, Prepared prepared) {
    if (options.test() instanceof TestSource.Fraction fraction) {
      refuseOwn(source, options.path(), fraction);
      return new TestRows.Drawn(fraction);
    }
    if (options.test() instanceof TestSource.Separate separate) {
      Optional<Dimensions> dimensions =
          options.dimensions().map(Dimensions::given).or(() -> ofTraining(roles));
      Source apart =
          source(
              "test-data",
              separate.path(),
              options,
              new Source.Expected(dimensions, List.of(), roles.ofSource()));
      SourceFrame test =
          separate
              .labels()
              .map(labels -> LabelFile.ofTest(labels, apart, options).rows())
              .orElseGet(apart::training);
      return apart(prepared.others().apply(test), roles);
    }
    return source.hasTest()
        ? apart(prepared.others().apply(source.test()), roles)
        : new TestRows.None();
  }

  private static Optional<Dimensions> ofTraining(ColumnRoles roles) {
    return roles.features() instanceof FeatureColumns.Vector vector
        ? Optional.of(Dimensions.ofTraining(vector.d()))
        : Optional.empty();
  }

  private Source source(String option, String path, DataOptions options, Source.Expected expected) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    return new Source(
        spark,
        SourceFiles.find(hadoop, option, path, options.format()),
        options.dialect(),
        expected);
  }

  private static void refuseOwn(Source source, String path, TestSource.Fraction fraction) {
    if (source.hasTest()) {
      throw new InvalidInputException(
          ("'test-fraction' (%s): '%s' holds test rows of its own, in arrays such as 'x_test', which"
                  + " would be left out: leave out the option, or those arrays")
              .formatted(fraction.fraction(), path));
    }
  }

  private static TestRows apart(SourceFrame test, ColumnRoles roles) {
    roles.ofSource().forEach(name -> ColumnRoles.require("test-data", name, test));
    roles.asked().weight().ifPresent(name -> ColumnRoles.require("test-data", name, test));
    return new TestRows.Apart(test, roles);
  }

  private TestRows checked(TestRows test) {
    if (test instanceof TestRows.Apart apart && apart.source().rows() <= smallRows) {
      refuse(apart.firstBadCell());
      apart.refuseWeightless();
    }
    return test;
  }

  private static void refuse(Optional<BadCell> cell) {
    cell.ifPresent(
        bad -> {
          throw new InvalidInputException(bad.message());
        });
  }
}
