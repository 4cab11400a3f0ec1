package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Dimensions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Apache Parquet. One job over the footers of all files counts their rows and compares their
 * columns, of which Spark itself looks at those of one file alone. Where types differ, numbers are
 * read as doubles, and anything else is refused.
 */
final class ParquetSource {

  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  private static final StructType FOOTER =
      new StructType()
          .add("rows", DataTypes.LongType)
          .add("schema", DataTypes.StringType)
          .add("fault", DataTypes.StringType);

  /** What matters of a file's end: two of the same schema text are read alike. */
  private record Footer(Path file, long rows, String schema) {}

  /** Files whose columns have the same types, and the first of them. */
  private record Alike(List<Path> files, StructType schema) {

    String origin() {
      return SourceFiles.shown(files.get(0));
    }

    Optional<StructField> field(String name) {
      return Arrays.stream(schema.fields())
          .filter(field -> field.name().equalsIgnoreCase(name))
          .findFirst();
    }

    DataType type(String name) {
      return field(name).orElseThrow().dataType();
    }
  }

  private final SparkSession spark;
  private final SourceFiles files;
  private final Optional<Dimensions> dimensions;

  private ParquetSource(SparkSession spark, SourceFiles files, Optional<Dimensions> dimensions) {
    this.spark = spark;
    this.files = files;
    this.dimensions = dimensions;
  }

  static SourceFrame read(SparkSession spark, SourceFiles files, Optional<Dimensions> dimensions) {
    return new ParquetSource(spark, files, dimensions).frame();
  }

  private SourceFrame frame() {
    List<Footer> footers = footers();
    long rows = footers.stream().mapToLong(Footer::rows).sum();
    boolean partitioned = files.all().stream().anyMatch(ParquetSource::isPartition);
    boolean alike = footers.stream().map(Footer::schema).distinct().count() == 1;
    List<Alike> groups = alike ? List.of() : groups(footers);
    if (groups.size() <= 1) {
      String[] paths = partitioned ? new String[] {files.path()} : SourceFiles.literal(files.all());
      return SourceFrame.counted(
          spark.read().parquet(paths),
          Optional.of(rows),
          files.path(),
          new SourceFrame.Stands.InFiles(),
          dimensions);
    }
    Alike first = groups.get(0);
    Map<String, DataType> types = new LinkedHashMap<>();
    for (StructField field : first.schema().fields()) {
      types.put(field.name(), widest(field.name(), groups));
    }
    if (partitioned) {
      throw new InvalidInputException(
          "'%s': columns have other types in '%s' than in '%s', which is not read where folders hold a column: write them with one type"
              .formatted(files.path(), groups.get(1).origin(), first.origin()));
    }
    Dataset<Row> union =
        groups.stream().map(group -> typed(group, types)).reduce(Dataset::union).orElseThrow();
    return new SourceFrame(union, rows, files.path(), new SourceFrame.Stands.InFiles())
        .noting(List.of(widened(types, groups)));
  }

  private static boolean isPartition(Path file) {
    return file.getParent() != null && file.getParent().getName().contains("=");
  }

  /** The files that Spark reads alike, in path order; names and their case must agree. */
  private List<Alike> groups(List<Footer> footers) {
    Map<String, List<Path>> bySchema =
        footers.stream()
            .collect(
                Collectors.groupingBy(
                    Footer::schema,
                    LinkedHashMap::new,
                    Collectors.mapping(Footer::file, Collectors.toList())));
    Map<Map<String, DataType>, Alike> byTypes = new LinkedHashMap<>();
    for (List<Path> alike : bySchema.values()) {
      StructType schema = spark.read().parquet(SourceFiles.literal(alike.subList(0, 1))).schema();
      Alike group = new Alike(alike, schema);
      byTypes.merge(types(schema), group, ParquetSource::joined);
    }
    List<Alike> groups = List.copyOf(byTypes.values());
    for (Alike group : groups) {
      refuseMissing(groups.get(0), group);
      refuseMissing(group, groups.get(0));
    }
    return groups;
  }

  private static Alike joined(Alike one, Alike other) {
    return new Alike(
        Stream.concat(one.files().stream(), other.files().stream()).toList(), one.schema());
  }

  private static Map<String, DataType> types(StructType schema) {
    return Arrays.stream(schema.fields())
        .collect(
            Collectors.toMap(
                field -> field.name().toLowerCase(Locale.ROOT),
                field -> field.dataType().asNullable(),
                (one, other) -> one));
  }

  private static void refuseMissing(Alike has, Alike lacks) {
    for (String name : has.schema().fieldNames()) {
      if (lacks.field(name).isEmpty()) {
        throw new InvalidInputException(
            "'%s' has no column '%s', which '%s' has: the files of a dataset need the same columns"
                .formatted(lacks.origin(), name, has.origin()));
      }
    }
  }

  private static DataType widest(String name, List<Alike> groups) {
    DataType type = groups.get(0).type(name);
    for (Alike group : groups) {
      DataType other = group.type(name);
      if (other.asNullable().equals(type.asNullable())) {
        continue;
      }
      if (!Columns.isNumber(type) || !Columns.isNumber(other)) {
        throw new InvalidInputException(
            "'%s': column '%s' is of type %s, but of type %s in '%s': write all files with one type"
                .formatted(
                    group.origin(),
                    name,
                    other.simpleString(),
                    groups.get(0).type(name).simpleString(),
                    groups.get(0).origin()));
      }
      type = DataTypes.DoubleType;
    }
    return type;
  }

  private Dataset<Row> typed(Alike group, Map<String, DataType> types) {
    Stream<Column> columns =
        types.entrySet().stream()
            .map(type -> Columns.named(type.getKey()).cast(type.getValue()).as(type.getKey()));
    return spark
        .read()
        .parquet(SourceFiles.literal(group.files()))
        .select(Stream.concat(columns, Stream.of(SourceFrame.block())).toArray(Column[]::new));
  }

  private String widened(Map<String, DataType> types, List<Alike> groups) {
    String names =
        types.keySet().stream()
            .filter(name -> groups.stream().map(group -> group.type(name)).distinct().count() > 1)
            .collect(Collectors.joining(", "));
    return "the files of '%s' have different types of numbers in %s: read as 64-bit floating point"
        .formatted(files.path(), RowSearch.shortened(names));
  }

  /** What stands at the end of each file, by one job where there are several. */
  private List<Footer> footers() {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    List<String> paths = files.all().stream().map(Path::toString).toList();
    UDF1<Long, Row> read = i -> footer(hadoop.value(), new Path(paths.get(i.intValue())));
    if (paths.size() == 1) {
      return List.of(footer(files.all().get(0), footer(hadoop.value(), files.all().get(0))));
    }
    int tasks = Math.min(paths.size(), 4 * spark.sparkContext().defaultParallelism());
    List<Row> rows =
        spark
            .range(0, paths.size(), 1, tasks)
            .select(col("id"), udf(read, FOOTER).apply(col("id")))
            .collectAsList();
    List<Footer> footers = new ArrayList<>();
    for (Row row : rows) {
      footers.add(footer(files.all().get((int) row.getLong(0)), row.getStruct(1)));
    }
    return footers;
  }

  private static Footer footer(Path file, Row found) {
    if (!found.isNullAt(2)) {
      throw new InvalidInputException(
          "'%s': %s".formatted(SourceFiles.shown(file), found.getString(2)));
    }
    return new Footer(file, found.getLong(0), found.getString(1));
  }

  private static Row footer(Configuration hadoop, Path file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      ParquetMetadata footer = reader.getFooter();
      FileMetaData meta = footer.getFileMetaData();
      String schema =
          meta.getSchema().getFields() + " " + meta.getKeyValueMetaData().get(SPARK_SCHEMA);
      return RowFactory.create(reader.getRecordCount(), schema, fault(footer).orElse(null));
    } catch (IOException | RuntimeException failed) {
      String said = SourceErrors.oneLine(failed);
      return RowFactory.create(
          0L,
          "",
          said.contains("is not a Parquet file")
              ? "is damaged or cut off: it does not end as a Parquet file does"
              : "cannot be read as Parquet: " + said);
    }
  }

  /** What Spark cannot read of a file, as far as its end tells. */
  private static Optional<String> fault(ParquetMetadata footer) {
    Stream<String> types =
        footer.getFileMetaData().getSchema().getFields().stream().flatMap(ParquetSource::fault);
    Stream<String> encodings =
        footer.getBlocks().stream()
            .map(BlockMetaData::getColumns)
            .flatMap(List::stream)
            .flatMap(ParquetSource::fault);
    return Stream.concat(types, encodings).findFirst();
  }

  private static Stream<String> fault(Type column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time
        && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS) {
      return Stream.of(
          "column '%s' holds times in nanoseconds, which Spark does not read: leave it out, or write microseconds (pandas: coerce_timestamps='us')"
              .formatted(column.getName()));
    }
    return logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation
        ? Stream.of(
            "column '%s' holds 16-bit numbers, which Spark does not read: write 32 or 64 bits"
                .formatted(column.getName()))
        : Stream.empty();
  }

  private static Stream<String> fault(ColumnChunkMetaData chunk) {
    return chunk.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT)
        ? Stream.of(
            "column '%s' is encoded as BYTE_STREAM_SPLIT, which Spark does not read: write the file without it (pyarrow: use_byte_stream_split=False)"
                .formatted(chunk.getPath().toDotString()))
        : Stream.empty();
  }
}
