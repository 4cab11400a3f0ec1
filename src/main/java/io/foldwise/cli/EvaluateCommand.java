package io.foldwise.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.Experiment;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.ml.FoldPredictions;
import io.foldwise.ml.PreparedModel;
import io.foldwise.ml.SGDModel;
import io.foldwise.search.Figures;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.load.BadCell;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.engine.SparkEngines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Scores a saved model: on the test rows where the options name any, else on all rows. */
final class EvaluateCommand implements Command {
  private static final List<Option> DATA =
      Options.joined(
          List.of(
              List.of(Options.DATA, Options.FORMAT),
              Options.CELLS,
              List.of(
                  Option.of("label", "NAME", "column of true labels (default: the model's)"),
                  Options.LABELS,
                  Option.of(
                      "positive", "VALUE", "the label that counts as 1 (default: the model's)"),
                  Options.WEIGHT,
                  Options.ID)));

  private static final List<Option> TESTING =
      List.of(
          Option.path("test-data", "PATH", "score these rows instead (default: none)"),
          Options.TEST_LABELS,
          Option.of("test-fraction", "F", "score this part of the data, 0 < F < 1 (default: all)"),
          Options.TEST_SPLIT);

  private static final Option INTERVAL =
      Option.of(
          "interval",
          "F",
          "also tell how many labels lie in the intervals that should hold a share F of them (default:"
              + " none)");

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "score a saved model on a data file: on its test rows if it has any, else on all rows";
  }

  @Override
  public String example() {
    return "evaluate --model runs/first --data data/diabetes.csv";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Model", List.of(Options.CONFIG, Options.MODEL, INTERVAL));
    groups.put("Data", DATA);
    groups.put("Test rows", TESTING);
    groups.put("Random split", List.of(Options.SEED));
    groups.put("Messages", Options.TELLING);
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    SavedModel saved = SavedModel.find(settings.required(Options.MODEL));
    DataOptions options = new DataArguments(settings).data(Labels.NUMBERS);
    long seed = PlanArguments.seed(settings);
    if (settings.onCommandLine(Options.SEED) && settings.text(Options.TEST_FRACTION).isEmpty()) {
      console.note("'seed' has no effect: without 'test-fraction' nothing is random");
    }
    console.progress("starting Spark");
    Session session = Session.open();
    PreparedModel prepared = saved.load();
    SGDModel model = prepared.model();
    Optional<Double> confidence = settings.number(INTERVAL);
    Optional<PredictionIntervals.Level> intervals = confidence.map(model::intervals);
    console.progress("reading " + options.path());
    DataOptions ofModel =
        SavedModel.prepared(options, prepared).with(roles(options.roles(), model));
    try (LoadedData data = DataLoader.load(session.spark(), ofModel);
        AssignedRows rows = FoldAssigner.assign(data, AssignmentOptions.withoutFolds(seed))) {
      data.notes().forEach(console::note);
      Loss loss = model.loss();
      MetricSums sums =
          SparkEngines.score(rows.scored(), Experiment.layout(rows), model.linearModel(), loss);
      if (!Double.isFinite(Metric.of(loss).of(sums))) {
        throw new InvalidInputException(
            rows.firstBadCell()
                .map(BadCell::message)
                .orElse(
                    "the predictions overflow, or no row weighs anything: check the data's scale"
                        + " and weights"));
      }
      if (loss.isBinary() && Run.isBinned(sums.rows())) {
        console.note(Run.BINNED);
      }
      rows.trainedOn(model.trained().rows()).ifPresent(console::note);
      String what = rows.test().isPresent() ? "test rows" : "rows";
      Optional<Coverage> coverage =
          intervals.map(level -> Coverage.of(level, model, rows, confidence.orElseThrow()));
      say(sums, loss, what, rows.classes(), coverage, console);
    }
  }

  /** The roles asked for, and those that the model was trained with for the others. */
  private static DataOptions.Roles roles(DataOptions.Roles asked, SGDModel model) {
    DataOptions.Roles roles =
        asked.withFeatures(model.features()).with(Labels.toScore(model.loss()));
    DataOptions.Roles labelled =
        asked.label().name().isPresent() ? roles : roles.withLabel(model.getLabelCol());
    String positive = model.trained().positive();
    if (asked.label().positive().isPresent()) {
      return labelled;
    }
    return positive.isEmpty()
        ? labelled.with(model.trained().classes())
        : labelled.withPositive(positive);
  }

  /**
   * How many labels lie in the intervals of their predictions.
   *
   * @param confidence the share of labels that intervals should hold
   * @param held the share that they hold, of the weight of the rows
   */
  private record Coverage(double confidence, double held) {
    static Coverage of(
        PredictionIntervals.Level level, SGDModel model, AssignedRows rows, double confidence) {
      Column low = col(FoldPredictions.LOWER);
      Column high = col(FoldPredictions.UPPER);
      Column weight = rows.isWeighted() ? col(Columns.WEIGHT) : lit(1.0);
      Row sums =
          FoldPredictions.of(model, Optional.of(level))
              .appendedTo(rows.scored().withColumnRenamed(rows.label(), OutOfFold.LABEL))
              .agg(
                  sum(when(col(OutOfFold.LABEL).between(low, high), weight).otherwise(0.0)),
                  sum(weight))
              .first();
      return new Coverage(confidence, sums.getDouble(0) / sums.getDouble(1));
    }

    void putInto(ObjectNode node) {
      node.putObject("interval").put("confidence", confidence).put("held", held);
    }

    List<String> row() {
      return List.of(
          "in their intervals of " + confidence, Figures.brief(100 * held) + " % of labels");
    }
  }

  private static void say(
      MetricSums sums,
      Loss loss,
      String rows,
      Classes classes,
      Optional<Coverage> coverage,
      Console console) {
    List<Metric> metrics = Metric.all(loss);
    TextTable table = new TextTable();
    table.add(List.of(rows, "%,d".formatted(sums.rows())));
    metrics.forEach(m -> table.add(List.of(m.label(), Figures.brief(m.of(sums)))));
    coverage.ifPresent(of -> table.add(of.row()));
    ObjectNode json = ResultJson.metrics(sums, metrics, classes);
    coverage.ifPresent(of -> of.putInto(json));
    console.result(
        ResultJson.text(json), table.text() + ConfusionText.of(sums.confusion(), classes));
  }
}
