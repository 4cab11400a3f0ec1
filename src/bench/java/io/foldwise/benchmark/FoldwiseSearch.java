package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Grid;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.inference.Inferences;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A whole search from the path: load, assign, pack or aggregate, trials, refit. */
record FoldwiseSearch(BenchmarkData data, Loss loss, String grid, int folds, EngineRequest wanted) {
  private static final long SEED = 42;

  SearchResult run() {
    try (LoadedData loaded = loaded(data);
        AssignedRows assigned = assigned(loaded, folds)) {
      return run(assigned);
    }
  }

  /** The search over rows as {@link #assigned} deals them. */
  SearchResult run(AssignedRows assigned) {
    SearchPlan plan = plan(assigned.assignment());
    try (TrialEngine engine = SparkEngines.open(plan, rows(assigned), wanted)) {
      return new Search(plan, engine).run();
    }
  }

  /** The search from the path, and what its scores are worth. */
  SearchResult inferred() {
    try (LoadedData loaded = loaded(data);
        AssignedRows assigned = assigned(loaded, folds)) {
      SearchPlan plain = plan(assigned.assignment());
      SearchPlan plan =
          new SearchPlan(
              plain.objective(),
              plain.assignment(),
              plain.candidates(),
              plain.judging().with(ScoreInterval.Request.AUTO));
      try (TrialEngine engine = SparkEngines.open(plan, rows(assigned), wanted)) {
        SearchResult result = new Search(plan, engine).run();
        return result.with(Inferences.of(plan, result, engine));
      }
    }
  }

  /** Every trial over rows as {@link #assigned} deals them: an engine's own work, no refit. */
  List<TrialResult> train(AssignedRows assigned) {
    SearchPlan plan = plan(assigned.assignment());
    try (TrialEngine engine = SparkEngines.open(plan, rows(assigned), wanted)) {
      return engine.train(
          plan.candidates().stream()
              .flatMap(
                  candidate ->
                      IntStream.range(0, folds)
                          .mapToObj(fold -> Trial.of(candidate, Split.without(fold))))
              .toList());
    }
  }

  /** What the planner chooses for it. */
  EnginePlan explain(AssignedRows assigned) {
    return SparkEngines.explain(plan(assigned.assignment()), rows(assigned), wanted);
  }

  static LoadedData loaded(BenchmarkData data) {
    return DataLoader.load(data.spark(), data.options());
  }

  /** Rows as a search deals them. */
  static AssignedRows assigned(LoadedData loaded, int folds) {
    return FoldAssigner.assign(loaded, AssignmentOptions.of(folds, FoldStrategy.random(), SEED));
  }

  private SearchPlan plan(Assignment assignment) {
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.CHEBYSHEV, new InitialWeights.Baseline(), SEED),
        assignment,
        Grid.parse(grid).candidates(loss, assignment.rows()),
        new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
  }

  static EngineRows rows(AssignedRows assigned) {
    return new EngineRows(
        assigned.frame(),
        assigned.test(),
        new EngineRows.Layout(
            assigned.features(),
            assigned.isPacked() ? EngineRows.Layout.Form.ARRAY : EngineRows.Layout.Form.COLUMNS,
            false),
        () -> new InvalidInputException("a cell of the benchmark is missing"));
  }

  /** The largest relative difference of the candidates' means from those of a peer. */
  static double difference(SearchResult result, double[] peer) {
    double[] means = means(result);
    return IntStream.range(0, peer.length)
        .mapToDouble(i -> Math.abs(means[i] / peer[i] - 1))
        .max()
        .orElseThrow();
  }

  /** Each candidate's mean over the folds, in grid order. */
  private static double[] means(SearchResult result) {
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
