package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.data.AssignedRows;
import io.foldwise.spark.data.AssignmentOptions;
import io.foldwise.spark.data.BadCell;
import io.foldwise.spark.data.DataLoader;
import io.foldwise.spark.data.DataOptions;
import io.foldwise.spark.data.FoldAssigner;
import io.foldwise.spark.data.LoadedData;
import io.foldwise.spark.engine.EngineRows;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Loads, assigns, searches; and again for every repeat, with the next seed.
 *
 * @param data which data
 * @param folds how rows are dealt in the first repeat
 * @param plan what is to be found out
 * @param procedure search or fit
 * @param afterwards what else the first repeat is for, while its rows can be read
 */
record Experiment(
    DataOptions data,
    AssignmentOptions folds,
    PlanArguments plan,
    Function<Search, SearchResult> procedure,
    BiConsumer<SearchResult, AssignedRows> afterwards) {

  /** An experiment that is run for its result alone. */
  Experiment(
      DataOptions data,
      AssignmentOptions folds,
      PlanArguments plan,
      Function<Search, SearchResult> procedure) {
    this(data, folds, plan, procedure, (result, rows) -> {});
  }

  /** This experiment with something more to do after the first repeat. */
  Experiment then(BiConsumer<SearchResult, AssignedRows> more) {
    return new Experiment(data, folds, plan, procedure, more);
  }

  /** Loads the data and runs every repeat. */
  Run run(Session session, Console console) {
    return Jobs.grouped(session.spark().sparkContext(), () -> runGrouped(session, console));
  }

  private Run runGrouped(Session session, Console console) {
    console.progress("reading " + data.path());
    long start = System.nanoTime();
    try (LoadedData loaded = DataLoader.load(session.spark(), data)) {
      double loadSeconds = secondsSince(start);
      return repeated(
          loaded, console, new Run.Seconds(session.startupSeconds(), loadSeconds, 0, session));
    }
  }

  private Run repeated(LoadedData loaded, Console console, Run.Seconds before) {
    Repeat first = repeat(loaded, console, 0);
    List<Run.RepeatScore> scores = new ArrayList<>(List.of(score(first.result())));
    for (int repeat = 1; repeat < plan.repeats(); repeat++) {
      scores.add(score(repeat(loaded, console, repeat).result()));
    }
    Run.Seconds seconds =
        new Run.Seconds(before.startup(), before.load(), first.assignSeconds(), before.session());
    return new Run(
        plan, first.result(), described(first.assigned(), first.stated()), scores, seconds);
  }

  private Run.Data described(AssignedRows rows, SearchPlan stated) {
    String name = data.path().replaceAll("^.*/(?=[^/])", "");
    List<String> notes = new ArrayList<>(rows.notes());
    notes.addAll(new WithoutEffect(plan, stated, folds).notes());
    return new Run.Data(
        name,
        rows.features(),
        rows.label(),
        data.roles().label().positive(),
        rows.assignment(),
        notes);
  }

  /** A search over rows as they were dealt for it. */
  private record Repeat(
      SearchResult result, SearchPlan stated, AssignedRows assigned, double assignSeconds) {}

  private Repeat repeat(LoadedData loaded, Console console, int repeat) {
    long start = System.nanoTime();
    AssignmentOptions options = folds.withSeed(plan.seed(repeat));
    try (AssignedRows assigned = FoldAssigner.assign(loaded, options)) {
      double seconds = secondsSince(start);
      announce(assigned, console, repeat);
      SearchPlan stated = plan.plan(assigned, repeat);
      requireTerms(stated, assigned.features());
      try (TrialEngine engine = SparkEngines.open(stated, rows(assigned), plan.wanted())) {
        Optional<AssignedRows> evened = assigned.rebalanced(engine.foldSizes());
        return evened.isPresent()
            ? evened(evened.get(), console, repeat)
            : new Repeat(
                result(new Search(stated, engine), assigned, repeat), stated, assigned, seconds);
      }
    }
  }

  /** Searches over rows whose duplicates were told apart, since they made folds lopsided. */
  private Repeat evened(AssignedRows rows, Console console, int repeat) {
    announce(rows, console, repeat);
    SearchPlan stated = plan.plan(rows, repeat);
    try (AssignedRows even = rows;
        TrialEngine engine = SparkEngines.open(stated, rows(even), plan.wanted())) {
      return new Repeat(result(new Search(stated, engine), even, repeat), stated, even, 0);
    }
  }

  private SearchResult result(Search search, AssignedRows rows, int repeat) {
    SearchResult result = procedure.apply(search);
    if (repeat == 0) {
      afterwards.accept(result, rows);
    }
    return result;
  }

  private void announce(AssignedRows assigned, Console console, int repeat) {
    String which =
        plan.repeats() > 1 ? "repeat %d of %d: ".formatted(repeat + 1, plan.repeats()) : "";
    console.progress(which + "training on " + assigned.assignment().rows() + " rows");
  }

  /** Initial weights that were given name terms of every candidate. */
  private static void requireTerms(SearchPlan plan, List<String> features) {
    if (plan.objective().initialWeights() instanceof InitialWeights.Given given) {
      plan.candidates().stream()
          .mapToInt(candidate -> candidate.form().degree())
          .distinct()
          .mapToObj(degree -> PolynomialBasis.power(features, degree))
          .forEach(basis -> basis.fromPowers(given.intercept(), given.coefficients()));
    }
  }

  static EngineRows rows(AssignedRows assigned) {
    return new EngineRows(
        assigned.frame(), assigned.test(), layout(assigned), () -> refusal(assigned));
  }

  static EngineRows.Layout layout(AssignedRows assigned) {
    return new EngineRows.Layout(assigned.features(), form(assigned), assigned.isWeighted());
  }

  private static EngineRows.Layout.Form form(AssignedRows assigned) {
    if (assigned.isSparse()) {
      return EngineRows.Layout.Form.VECTOR;
    }
    return assigned.isPacked() ? EngineRows.Layout.Form.ARRAY : EngineRows.Layout.Form.COLUMNS;
  }

  private static InvalidInputException refusal(AssignedRows assigned) {
    String message =
        assigned
            .firstBadCell()
            .map(BadCell::message)
            .orElse("the data's numbers are too large: their squares overflow; rescale them");
    return new InvalidInputException(message);
  }

  private Run.RepeatScore score(SearchResult result) {
    Optional<MetricSums> test = result.test();
    return new Run.RepeatScore(
        test.map(plan.judging().metric()::of).orElse(Double.NaN),
        result.seconds().fit(),
        result.chosen().map(CandidateSummary::index).orElse(0),
        result.refit(),
        result.arrival().refit());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
