package io.foldwise.cli;

import io.foldwise.Experiment;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Search;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An experiment and its repeats, each with the next seed, over data that is loaded once.
 *
 * @param data which data to read
 * @param folds how rows are dealt in the first repeat
 * @param plan what is to be found out
 * @param procedure search or fit
 * @param afterwards what else the first repeat is for, while its rows can be read
 */
record Repeats(
    DataOptions data,
    AssignmentOptions folds,
    PlanArguments plan,
    Function<Search, SearchResult> procedure,
    BiConsumer<SearchResult, AssignedRows> afterwards) {

  /** Repeats that are run for their results alone. */
  Repeats(
      DataOptions data,
      AssignmentOptions folds,
      PlanArguments plan,
      Function<Search, SearchResult> procedure) {
    this(data, folds, plan, procedure, (result, rows) -> {});
  }

  /** These repeats with something more to do after the first. */
  Repeats then(BiConsumer<SearchResult, AssignedRows> more) {
    return new Repeats(data, folds, plan, procedure, more);
  }

  /** Loads the data and runs every repeat. */
  Run run(Session session, Console console) {
    return Jobs.grouped(session.spark().sparkContext(), () -> runGrouped(session, console));
  }

  private Run runGrouped(Session session, Console console) {
    console.progress("reading " + data.path());
    long start = System.nanoTime();
    try (LoadedData loaded = DataLoader.load(session.spark(), data)) {
      double loadSeconds = (System.nanoTime() - start) / 1e9;
      console.repeats(plan.repeats());
      Experiment.Outcome first = repeat(loaded, console, 0);
      List<Run.RepeatScore> scores = new ArrayList<>(List.of(score(first.result())));
      console.repeated(1, plan.judging().metric(), scores.get(0).testMetric());
      for (int repeat = 1; repeat < plan.repeats(); repeat++) {
        scores.add(score(repeat(loaded, console, repeat).result()));
        console.repeated(repeat + 1, plan.judging().metric(), scores.get(repeat).testMetric());
      }
      Run.Seconds seconds =
          new Run.Seconds(session.startupSeconds(), loadSeconds, first.assignSeconds(), session);
      return new Run(
          plan, first.result(), described(loaded, first), first.moments(), scores, seconds);
    }
  }

  private Run.Data described(LoadedData loaded, Experiment.Outcome outcome) {
    List<String> notes = new ArrayList<>(outcome.rows().notes());
    notes.addAll(new WithoutEffect(plan, outcome.plan(), folds).notes());
    return new Run.Data(
        data.name(),
        outcome.rows().features(),
        outcome.rows().label(),
        data.roles().label().positive(),
        outcome.rows().classes(),
        data.roles().weight().isPresent(),
        folds.strategy().option(),
        outcome.rows().assignment(),
        loaded.encoding(),
        notes);
  }

  private Experiment.Outcome repeat(LoadedData loaded, Console console, int repeat) {
    String which =
        plan.repeats() > 1 ? "repeat %d of %d: ".formatted(repeat + 1, plan.repeats()) : "";
    Experiment.Watcher watcher =
        new Experiment.Watcher() {
          @Override
          public void dealt(AssignedRows rows) {
            console.progress(which + "training on %,d rows".formatted(rows.assignment().rows()));
          }

          @Override
          public void found(SearchResult result, AssignedRows rows) {
            if (repeat == 0) {
              afterwards.accept(result, rows);
            }
          }
        };
    return plan.experiment(folds, repeat).run(loaded, procedure, watcher);
  }

  private Run.RepeatScore score(SearchResult result) {
    Optional<MetricSums> test = result.test();
    return new Run.RepeatScore(
        test.map(plan.judging().metric()::of).orElse(Double.NaN),
        result.seconds().fit(),
        result.chosen().map(CandidateSummary::index).orElse(0),
        result.refit(),
        result.convergences().refit());
  }
}
