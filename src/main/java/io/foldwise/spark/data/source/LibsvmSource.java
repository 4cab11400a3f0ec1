package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * LIBSVM text ({@link LibsvmLine}) as a column {@code label} and a vector column {@code features}
 * of sparse vectors.
 *
 * <p>One pass checks every line, counts the rows and finds the largest index, which is d where no
 * dimensions were stated. Lines are parsed again in each later pass.
 */
final class LibsvmSource {

  static final String LABEL = "label";

  private static final String PARSED = "__foldwise_parsed";
  private static final String FAULT = "__foldwise_fault";
  private static final String BYTES = "__foldwise_bytes";

  private static final StructType ROW =
      new StructType()
          .add(LABEL, DataTypes.DoubleType, false)
          .add(VectorColumn.NAME, SQLDataTypes.VectorType(), false);
  private static final StructType FINDING =
      new StructType()
          .add("largest", DataTypes.IntegerType, true)
          .add("fault", DataTypes.StringType, true);

  private final SparkSession spark;
  private final SourceFiles files;
  private final SourceFrame.Lines lines;

  private LibsvmSource(SparkSession spark, SourceFiles files) {
    this.spark = spark;
    this.files = files;
    Configuration hadoop = spark.sessionState().newHadoopConf();
    this.lines = (file, n) -> TextLines.numberOf(n, LibsvmLine::isRow, hadoop, file);
  }

  /** Reads rows of at most so many features, or where none are stated of as many as there are. */
  static SourceFrame read(SparkSession spark, SourceFiles files, Optional<Dimensions> dimensions) {
    return new LibsvmSource(spark, files).read(dimensions);
  }

  private SourceFrame read(Optional<Dimensions> stated) {
    Row found = checked(stated.orElseGet(Dimensions::unknown));
    int largest = found.isNullAt(1) ? 0 : found.getInt(1);
    if (stated.isEmpty() && largest == 0 && found.getLong(0) > 0) {
      throw new InvalidInputException(
          "'%s' holds labels and no index:value: at least one feature is needed"
              .formatted(files.path()));
    }
    int d = stated.map(Dimensions::d).orElse(Math.max(1, largest));
    return new SourceFrame(
        rows(d),
        found.getLong(0),
        files.path(),
        stands(),
        Optional.of(d),
        List.of(),
        Optional.empty());
  }

  /** The number of rows, the largest index and the number of faults, of which there are none. */
  private Row checked(Dimensions dimensions) {
    Dataset<Row> findings =
        rowLines().withColumn(PARSED, udf(finding(dimensions), FINDING).apply(col("value")));
    Column fault = col(PARSED).getField("fault");
    Row found =
        findings.agg(count(lit(1)), max(col(PARSED).getField("largest")), count(fault)).head();
    if (found.getLong(2) > 0) {
      throw malformed(findings.withColumn(FAULT, fault));
    }
    return found;
  }

  private Dataset<Row> rowLines() {
    return spark
        .read()
        .text(SourceFiles.literal(files.all()))
        .where(col("value").rlike(LibsvmLine.ROW));
  }

  private Dataset<Row> rows(int d) {
    Column row = udf(row(d), ROW).asNonNullable().apply(col("value"));
    return rowLines()
        .withColumn(PARSED, row)
        .select(
            col(PARSED).getField(LABEL).as(LABEL),
            col(PARSED).getField(VectorColumn.NAME).as(VectorColumn.NAME));
  }

  private static UDF1<String, Row> finding(Dimensions dimensions) {
    return line -> {
      try {
        return RowFactory.create(LibsvmLine.parse(line, dimensions).largest(), null);
      } catch (LibsvmLine.Malformed malformed) {
        return RowFactory.create(null, malformed.getMessage());
      }
    };
  }

  private static UDF1<String, Row> row(int d) {
    Dimensions dimensions = Dimensions.given(d);
    return line -> {
      LibsvmLine parsed = LibsvmLine.parse(line, dimensions);
      return RowFactory.create(parsed.label(), parsed.features());
    };
  }

  private InvalidInputException malformed(Dataset<Row> findings) {
    Column utf8 = is_valid_utf8(col("value"));
    Dataset<Row> placed =
        findings
            .withColumn(BYTES, when(not(utf8), hex(col("value").cast(DataTypes.BinaryType))))
            .select(
                Stream.concat(Stream.of(col(FAULT), col(BYTES)), Stream.of(SourceFrame.fileOrder()))
                    .toArray(Column[]::new));
    RowSearch.Found row =
        RowSearch.first(placed, col(FAULT).isNotNull(), List.of(FAULT, BYTES)).orElseThrow();
    if (row.cells().get(1) != null) {
      long line = lines.numberOf(row.path(), row.row());
      return new InvalidInputException(
          TextLines.notUtf8(row.path(), line, HexFormat.of().parseHex(row.cells().get(1)))
              + ": save it as UTF-8, as iconv -f WINDOWS-1252 -t UTF-8 does");
    }
    return new InvalidInputException("%s: %s".formatted(row.place(stands()), row.cells().get(0)));
  }

  private SourceFrame.Stands stands() {
    return new SourceFrame.Stands.InLines(lines);
  }
}
