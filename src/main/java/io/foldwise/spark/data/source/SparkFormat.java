package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Formats that Spark's own sources read as they are. Columns that are nested are left out, and said
 * so: a feature is one number a row.
 */
enum SparkFormat implements Format {
  /** Apache ORC; the columns of all files together. */
  ORC("orc", "orc") {
    @Override
    public boolean fits(FileStart start) {
      return start.isOrc() || start.isEmpty();
    }

    @Override
    Dataset<Row> read(Source source) {
      return source.spark().read().option("mergeSchema", true).orc(paths(source));
    }
  },

  /** An object a line, or one array of objects. */
  JSON("json", "(json|jsonl|ndjson)(\\.(gz|bz2))?") {
    @Override
    public boolean fits(FileStart start) {
      return start.isEmpty() || start.opens('{') || start.opens('[');
    }

    @Override
    Dataset<Row> read(Source source) {
      boolean array = source.files().firstStart(source.spark()).opens('[');
      Dataset<Row> rows =
          source
              .spark()
              .read()
              .option("multiLine", array)
              .option("mode", "PERMISSIVE")
              .option("columnNameOfCorruptRecord", CORRUPT)
              .json(paths(source));
      List<String> names = Arrays.asList(rows.columns());
      if (names.contains(CORRUPT)) {
        throw corrupt(rows, source);
      }
      return rows;
    }
  };

  private static final String LEFT_OUT = " and is left out: make columns of what it holds";
  private static final String CORRUPT = Columns.RESERVED + "corrupt";

  private final String option;
  private final String suffixes;

  SparkFormat(String option, String suffixes) {
    this.option = option;
    this.suffixes = suffixes;
  }

  abstract Dataset<Row> read(Source source);

  @Override
  public String option() {
    return option;
  }

  @Override
  public String suffixes() {
    return suffixes;
  }

  @Override
  public boolean isEvident(FileStart start) {
    return this == ORC && start.isOrc();
  }

  @Override
  public SourceFrame training(Source source) {
    return flat(read(source), source.files().path(), new SourceFrame.Stands.InFiles(), source);
  }

  private static String[] paths(Source source) {
    return SourceFiles.literal(source.files().all());
  }

  /** The frame without its nested columns, counted. */
  static SourceFrame flat(
      Dataset<Row> rows, String origin, SourceFrame.Stands stands, Source source) {
    List<String> flat = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (StructField column : rows.schema().fields()) {
      if (isNested(column.dataType()) && !VectorColumn.is(column)) {
        notes.add(
            "column '%s' is nested (%s)%s"
                .formatted(
                    column.name(),
                    RowSearch.shortened(column.dataType().simpleString()),
                    LEFT_OUT));
      } else {
        flat.add(column.name());
      }
    }
    if (flat.isEmpty()) {
      throw new InvalidInputException(
          "'%s' has no column of numbers or texts%s: write a row a record, as pandas does by to_json(orient='records', lines=True)"
              .formatted(origin, notes.isEmpty() ? "" : "; " + notes.get(0).replace(LEFT_OUT, "")));
    }
    Dataset<Row> kept = notes.isEmpty() ? rows : rows.select(Columns.named(flat));
    return SourceFrame.counted(
            kept, Optional.empty(), origin, stands, source.expected().dimensions())
        .noting(notes);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** The refusal of the first row that is no JSON object. */
  private static InvalidInputException corrupt(Dataset<Row> rows, Source source) {
    SourceFrame.Stands stands = new SourceFrame.Stands.InFiles();
    if (rows.columns().length > 1) {
      // Spark refuses to look at this column alone.
      List<String> cells = List.of(CORRUPT, other(rows));
      Dataset<Row> ordered =
          rows.select(
              Stream.of(Columns.named(cells), SourceFrame.fileOrder())
                  .flatMap(Stream::of)
                  .toArray(Column[]::new));
      Optional<RowSearch.Found> found =
          RowSearch.first(ordered, Columns.named(CORRUPT).isNotNull(), cells);
      if (found.isPresent()) {
        return new InvalidInputException(
            "%s: '%s' is no JSON object: correct or remove it"
                .formatted(
                    found.get().place(stands),
                    RowSearch.shortened(found.get().cells().get(0).strip())));
      }
    }
    return new InvalidInputException(
        "'%s' is not JSON of a row a record: write an object a line, as pandas does by to_json(orient='records', lines=True)"
            .formatted(source.files().path()));
  }

  private static String other(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .filter(name -> !name.equals(CORRUPT))
        .findFirst()
        .orElseThrow();
  }
}
