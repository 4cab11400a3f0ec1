package io.foldwise.cli;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import io.foldwise.ml.SGDRegressionModel;
import io.foldwise.search.InvalidInputException;
import io.foldwise.spark.data.DataLoader;
import io.foldwise.spark.data.FeatureRows;
import io.foldwise.spark.data.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Writes a dataset's columns and a column {@code prediction}: csv as one file, its rows in file
 * order and without columns of vectors, Parquet as a directory. A missing feature is refused up to
 * 100,000 rows; above, its row is predicted NaN.
 */
final class PredictCommand implements Command {
  private static final String PREDICTION = "prediction";

  /** Below 2⁵³ a double holds every whole number. */
  private static final double WHOLE = 0x1p53;

  private static final Map<String, Format> FORMATS =
      Settings.words(entry("csv", Format.CSV), entry("parquet", Format.PARQUET));

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String summary() {
    return "write a dataset with a saved model's predictions beside it";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Model", List.of(Options.CONFIG, Options.MODEL));
    groups.put("Data", List.of(Options.DATA));
    groups.put("Output", List.of(Options.OUT, Options.WRITTEN_AS, Options.OVERWRITE));
    groups.put("Messages", List.of(Options.QUIET, Options.VERBOSE));
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    SavedModel saved = SavedModel.find(settings.required(Options.MODEL));
    String data = settings.required(Options.DATA);
    try (WrittenData out = WrittenData.of(settings, Options.WRITTEN_AS, FORMATS)) {
      console.progress("starting Spark");
      Session session = Session.open();
      SGDRegressionModel model = saved.load();
      console.progress("predicting " + data);
      FeatureRows read = DataLoader.features(session.spark(), data, Format.AUTO, model.features());
      Dataset<Row> rows = out.format() == Format.CSV ? read.inFileOrder() : read.frame();
      if (Arrays.asList(rows.columns()).contains(PREDICTION)) {
        throw new InvalidInputException(
            "'data' (" + data + ") has a column '" + PREDICTION + "' already: rename it");
      }
      write(model.setPredictionCol(PREDICTION).transform(rows), out);
      console.result("", "written   %s%n".formatted(out.place().shown()));
    }
  }

  private static void write(Dataset<Row> predicted, WrittenData out) {
    if (out.format() == Format.PARQUET) {
      predicted.write().parquet(out.scratch().toString());
      out.commit();
    } else {
      Path parts = out.scratch().suffix("_parts");
      boolean compressed = out.scratch().getName().endsWith(".gz");
      Stream<StructField> columns =
          Arrays.stream(predicted.schema().fields()).filter(PredictCommand::isText);
      predicted
          .select(columns.map(PredictCommand::text).toArray(Column[]::new))
          .write()
          .option("header", true)
          .option("compression", compressed ? "gzip" : "none")
          .csv(parts.toString());
      out.place().commit(onlyPart(out, parts));
    }
  }

  /** Csv has no vectors, as of the features of a LIBSVM file. */
  private static boolean isText(StructField column) {
    return !column.dataType().equals(SQLDataTypes.VectorType());
  }

  /** Whole numbers as they stood in a csv file, whose every number is read as a double. */
  private static Column text(StructField column) {
    String name = column.name();
    Column cell = functions.col("`" + name.replace("`", "``") + "`");
    boolean number = column.dataType().equals(DataTypes.DoubleType) && !name.equals(PREDICTION);
    return number ? text(cell).as(name) : cell;
  }

  private static Column text(Column number) {
    Column whole = number.equalTo(rint(number)).and(abs(number).lt(WHOLE));
    return when(whole, number.cast(DataTypes.LongType).cast(DataTypes.StringType))
        .otherwise(number.cast(DataTypes.StringType));
  }

  private static Path onlyPart(WrittenData out, Path parts) {
    try {
      return Arrays.stream(out.place().files().listStatus(parts))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
