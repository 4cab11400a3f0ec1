package io.foldwise.benchmark;

import io.foldwise.learn.InitialWeights;
import io.foldwise.learn.Loss;
import io.foldwise.learn.Metric;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.search.Assignment;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Grid;
import io.foldwise.search.InvalidInputException;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.AssignedRows;
import io.foldwise.spark.data.AssignmentOptions;
import io.foldwise.spark.data.DataLoader;
import io.foldwise.spark.data.DataOptions;
import io.foldwise.spark.data.FoldAssigner;
import io.foldwise.spark.data.FoldStrategy;
import io.foldwise.spark.data.LoadedData;
import io.foldwise.spark.engine.EngineRows;
import io.foldwise.spark.engine.SparkEngines;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A whole search from the path: load, assign, aggregate, trials, refit. */
record FoldwiseSearch(SparkSession spark, String path, String grid, int folds) {
  private static final long SEED = 42;

  SearchResult run() {
    try (LoadedData loaded = DataLoader.load(spark, DataOptions.of(path));
        AssignedRows assigned = assigned(loaded, folds)) {
      SearchPlan plan = plan(assigned.assignment());
      try (TrialEngine engine = SparkEngines.open(plan, rows(assigned), SparkEngines.Wanted.AUTO)) {
        return new Search(plan, engine).run();
      }
    }
  }

  /** Rows as a search deals them. */
  static AssignedRows assigned(LoadedData loaded, int folds) {
    return FoldAssigner.assign(loaded, AssignmentOptions.of(folds, FoldStrategy.RANDOM, SEED));
  }

  private SearchPlan plan(Assignment assignment) {
    return new SearchPlan(
        new SearchPlan.Objective(
            new Loss.Squared(),
            PolynomialBasis.Kind.CHEBYSHEV,
            new InitialWeights.Baseline(),
            SEED),
        assignment,
        Grid.parse(grid).candidates(new Loss.Squared(), assignment.rows()),
        new SearchPlan.Judging(Metric.MSE, SelectionRule.BEST, Optional.empty()));
  }

  private static EngineRows rows(AssignedRows assigned) {
    return new EngineRows(
        assigned.frame(),
        assigned.test(),
        EngineRows.Layout.flat(assigned.features()),
        () -> new InvalidInputException("a cell of the benchmark is missing"));
  }

  /** Each candidate's mean over the folds, in grid order. */
  static double[] means(SearchResult result) {
    return result.ranked().stream()
        .sorted(Comparator.comparingInt(CandidateSummary::index))
        .mapToDouble(summary -> summary.validation().mean())
        .toArray();
  }

  /** The distinct l2 of the trials, in grid order. */
  static double[] penalties(SearchResult result) {
    return result.trials().stream()
        .mapToDouble(trial -> trial.trial().candidate().penalty().l2())
        .distinct()
        .toArray();
  }

  /**
   * MLlib's λ for each l2. It scales the labels too: λ = l2·sd(y) of each training set; as it takes
   * one λ for all folds, sd(y) is that of the mean of 1/sd(y).
   */
  static double[] lambdas(SearchResult result, int folds) {
    double inverse =
        Arrays.stream(labelDeviations(result, folds)).map(sd -> 1 / sd).average().orElseThrow();
    return Arrays.stream(penalties(result)).map(l2 -> l2 / inverse).toArray();
  }

  /** Each fold's population deviation of its training label. */
  private static double[] labelDeviations(SearchResult result, int folds) {
    double[] deviations = new double[folds];
    for (TrialResult trial : result.trials()) {
      var training = trial.scores().training();
      deviations[trial.trial().heldOut()] =
          Math.sqrt(training.labels().deviation() / training.weight());
    }
    return deviations;
  }
}
