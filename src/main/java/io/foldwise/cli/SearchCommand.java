package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Search;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.RowSketch;
import io.foldwise.spark.data.fold.SampledRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Cross-validates the grid, chooses, trains on all training rows, and scores the test rows. */
final class SearchCommand implements Command {
  private static final int MOST_REPORT_ROWS = 2_000;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String summary() {
    return "cross-validate a grid of settings, choose one, train it on all rows, score the test rows";
  }

  @Override
  public String example() {
    return "search --data data/diabetes.csv --label target --grid \"l2=0,1\" --out runs/first";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Experiment", List.of(Options.CONFIG));
    groups.put("Data", Options.READING);
    groups.put("Test rows", Options.TESTING);
    groups.put("Folds", Options.FOLDING);
    groups.put("Values to try", List.of(Options.GRID, Options.SAMPLE));
    groups.put("Axes of the grid, each an option too", Options.GRID_AXES);
    groups.put("Training", Options.TRAINING);
    groups.put("Judging", Options.JUDGING);
    groups.put(
        "Output",
        List.of(
            Options.OUT,
            Options.OVERWRITE,
            Options.PREDICTIONS,
            Options.RESIDUALS,
            Options.REPORT_ROWS,
            Options.SERVE));
    groups.put("Messages", Options.SAYING);
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    DataArguments data = new DataArguments(settings);
    PlanArguments plan = PlanArguments.of(settings);
    Repeats experiment =
        new Repeats(
            data.data(plan.labels()),
            data.folds(plan.seed(0), plan.objective().loss()),
            plan,
            Search::run);
    plan.experiment(experiment.folds(), 0).checked();
    for (Option written : List.of(Options.PREDICTIONS, Options.RESIDUALS)) {
      if (settings.flag(written) && settings.text(Options.OUT).isEmpty()) {
        throw new InvalidInputException(
            "'%s' needs 'out': say where to keep them with --out DIR".formatted(written.name()));
      }
    }
    conduct(experiment, settings, console);
  }

  private static void write(
      RunFolder folder, SearchResult result, AssignedRows rows, Console console) {
    console.progress("predicting each fold");
    if (rows.keyed().key().isEmpty()) {
      console.note(
          "predictions.csv does not say which row is which: --id names a column that does");
    }
    folder.write(new OutOfFold(result, rows));
  }

  /**
   * How many rows may stand in the report; none unless a person says so, since rows may be private.
   */
  private static int sampled(Settings settings) {
    long rows = settings.whole(Options.REPORT_ROWS, 0).orElse(0L);
    if (rows > MOST_REPORT_ROWS) {
      throw Settings.refusal(
          Options.REPORT_ROWS,
          Long.toString(rows),
          "<= %,d: they stand in the page".formatted(MOST_REPORT_ROWS));
    }
    return (int) rows;
  }

  /** Runs an experiment, writes it where that was asked for, and says what came of it. */
  static void conduct(Repeats experiment, Settings settings, Console console) {
    Optional<String> out = settings.text(Options.OUT);
    try (RunFolder folder =
        out.map(path -> RunFolder.at(path, settings.flag(Options.OVERWRITE))).orElse(null)) {
      int sampled = sampled(settings);
      if (settings.flag(Options.SERVE)) {
        console.showOn(LivePage.open(settings, experiment.data().name()));
      }
      console.progress("starting Spark");
      AtomicReference<RowSketch> trained = new AtomicReference<>(RowSketch.none());
      List<SampledRow> sample = new ArrayList<>();
      Repeats whole =
          experiment.then(
              (result, rows) -> {
                if (folder != null || settings.flag(Options.SERVE)) {
                  sample.addAll(rows.sample(sampled));
                }
                if (folder != null) {
                  trained.set(rows.sketched());
                }
                if (settings.flag(Options.PREDICTIONS)) {
                  write(folder, result, rows, console);
                }
              });
      Run run = whole.run(Session.open(experiment.plan().wanted().device()), console);
      String json = ResultJson.of(run);
      if (folder != null || settings.flag(Options.SERVE)) {
        String report = ReportData.of(run, sample);
        if (folder != null) {
          folder.write(run, json, report, trained.get());
        }
        console.report(report);
      }
      console.result(
          json,
          SummaryText.of(run, folder == null ? "" : folder.place().shown(), console.loudness()));
    }
  }
}
