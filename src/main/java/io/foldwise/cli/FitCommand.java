package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Search;
import io.foldwise.spark.data.fold.AssignmentOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains one candidate on all training rows, without folds. */
final class FitCommand implements Command {
  private static final long MANY_ROWS = 1L << 40;

  private static final List<Option> DATA =
      Options.READING.stream().filter(option -> !option.equals(Options.GROUP)).toList();

  private static final Option METRIC =
      Option.of(
          Options.METRIC.name(),
          Options.METRIC.parameter(),
          "the score of training and test rows (default: the loss)");

  @Override
  public String name() {
    return "fit";
  }

  @Override
  public String summary() {
    return "train one model on all training rows, without folds";
  }

  @Override
  public String example() {
    return "fit --data data/housing.csv --label price --degree 2";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put("Experiment", List.of(Options.CONFIG));
    groups.put("Data", DATA);
    groups.put("Test rows", Options.TESTING);
    groups.put("Hyperparameters, one value each", Options.AXES);
    groups.put("Training", Options.TRAINING);
    groups.put("Scoring", List.of(METRIC));
    groups.put("Output", List.of(Options.OUT, Options.OVERWRITE, Options.REPORT_ROWS));
    groups.put("Messages", Options.SAYING);
    return groups;
  }

  /**
   * The grid, of one value for each axis, and the columns of groups and folds, which are no
   * features here either.
   */
  @Override
  public List<Option> unshown() {
    return List.of(Options.GRID, Options.GROUP, Options.FOLD_COLUMN);
  }

  @Override
  public void run(Settings settings, Console console) {
    DataArguments data = new DataArguments(settings);
    PlanArguments plan = PlanArguments.of(settings);
    int candidates = plan.grid().candidates(plan.objective().loss(), MANY_ROWS).size();
    if (candidates != 1) {
      throw new InvalidInputException(
          "'fit' takes one value an axis, and these make %d candidates: use search"
              .formatted(candidates));
    }
    AssignmentOptions folds = AssignmentOptions.withoutFolds(plan.seed(0));
    SearchCommand.conduct(
        new Repeats(data.data(plan.labels()), folds, plan, Search::fit), settings, console);
  }
}
