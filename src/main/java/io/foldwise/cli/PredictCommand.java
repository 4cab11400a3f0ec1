package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.ml.FoldPredictions;
import io.foldwise.ml.PreparedModel;
import io.foldwise.ml.SGDModel;
import io.foldwise.spark.data.generate.WrittenFormat;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.FeatureRows;
import io.foldwise.spark.data.schema.Columns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Writes a dataset's columns, a column {@code prediction}, and {@code probability} of class 1, or
 * {@code probability_CLASS} of each of several, where the model has them, or on request the ends of
 * an interval that should hold the label: csv as one file, its rows in file order and without
 * columns of vectors, Parquet as a directory. A missing feature is refused up to 100,000 rows;
 * above, its row is predicted NaN.
 */
final class PredictCommand implements Command {
  private static final Map<String, WrittenFormat> FORMATS =
      Settings.words(List.of(WrittenFormat.CSV, WrittenFormat.PARQUET), WrittenFormat::option);

  private static final Set<String> PREDICTED =
      Set.of(FoldPredictions.PREDICTION, FoldPredictions.LOWER, FoldPredictions.UPPER);

  private static final Option INTERVAL =
      Option.of(
          "interval",
          "F",
          "an interval beside each prediction that holds the label of a share F of new rows, 0 < F < 1,"
              + " by CV+; for models of search (default: none)");

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String summary() {
    return "write a data file with a saved model's predictions beside each row";
  }

  @Override
  public String example() {
    return "predict --model runs/first --data data/diabetes.csv --out runs/predictions.csv";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Model", List.of(Options.CONFIG, Options.MODEL, INTERVAL));
    groups.put("Data", Options.joined(List.of(List.of(Options.DATA), Options.CELLS)));
    groups.put("Output", List.of(Options.OUT_FILE, Options.WRITTEN_AS, Options.OVERWRITE));
    groups.put("Messages", List.of(Options.QUIET, Options.VERBOSE_PROGRESS, Options.WAIT));
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    SavedModel saved = SavedModel.find(settings.required(Options.MODEL));
    DataOptions options = new DataArguments(settings).table();
    try (WrittenData out = WrittenData.of(settings, Options.WRITTEN_AS, FORMATS)) {
      console.progress("starting Spark");
      Session session = Session.open();
      PreparedModel prepared = saved.load();
      SGDModel model = prepared.model();
      FoldPredictions predictions =
          FoldPredictions.of(model, settings.number(INTERVAL).map(model::intervals));
      console.progress("predicting " + options.path());
      FeatureRows read =
          DataLoader.features(
              session.spark(), SavedModel.prepared(options, prepared), model.features());
      read.notes().forEach(console::note);
      Dataset<Row> rows = out.format() == WrittenFormat.CSV ? read.inFileOrder() : read.frame();
      Dataset<Row> shown = rows.select(read.shown().toArray(Column[]::new));
      refuseTaken(options.path(), shown, predictions.columns());
      Column[] written =
          Stream.concat(read.shown().stream(), Stream.of(Columns.named(predictions.columns())))
              .toArray(Column[]::new);
      write(predictions.appendedTo(rows).select(written), model.loss(), out);
      console.result("", "written   %s%n".formatted(out.place().shown()));
    }
  }

  private static void refuseTaken(String data, Dataset<Row> rows, List<String> columns) {
    for (String column : columns) {
      if (Arrays.asList(rows.columns()).contains(column)) {
        throw new InvalidInputException(
            "'data' (" + data + ") has a column '" + column + "' already: rename it");
      }
    }
  }

  private static void write(Dataset<Row> predicted, Loss loss, WrittenData out) {
    if (out.format() == WrittenFormat.PARQUET) {
      predicted.write().parquet(out.scratch().toString());
      out.commit();
    } else {
      Stream<StructField> columns =
          Arrays.stream(predicted.schema().fields()).filter(PredictCommand::isText);
      Dataset<Row> text =
          predicted.select(columns.map(column -> text(column, loss)).toArray(Column[]::new));
      Path parts = out.scratch().suffix("_parts");
      boolean compressed = out.scratch().getName().endsWith(".gz");
      out.place()
          .commit(
              new CsvParts(out.place().files(), parts).only(text, compressed ? "gzip" : "none"));
    }
  }

  /** Whether csv can hold a column, as it cannot the vectors of a LIBSVM file's features. */
  private static boolean isText(StructField column) {
    return !column.dataType().equals(SQLDataTypes.VectorType());
  }

  /** A column as csv shows it: whole numbers without a point, though all are read as doubles. */
  private static Column text(StructField column, Loss loss) {
    String name = column.name();
    Column cell = functions.col("`" + name.replace("`", "``") + "`");
    boolean fraction = PREDICTED.contains(name) && !loss.isOfClasses();
    boolean number = column.dataType().equals(DataTypes.DoubleType) && !fraction;
    return number ? CsvParts.whole(cell).as(name) : cell;
  }
}
