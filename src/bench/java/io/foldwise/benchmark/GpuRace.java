package io.foldwise.benchmark;

import io.foldwise.Asked;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One case on one engine after the other, over the same rows. */
record GpuRace(GpuCase each, FoldedRows rows, int rounds, GpuReport report) {
  static final int FOLDS = 5;

  /** A run of more is timed once, the first. */
  static final int LONG_SECONDS = 30;

  /** Rows as they are dealt, and where they came from. */
  record FoldedRows(BenchmarkData data, AssignedRows assigned) {}

  /** What the planner takes on the CPU. */
  String ownEngine() {
    EnginePlan plan = search(EngineRequest.AUTO).explain(rows.assigned);
    return "%s, %s".formatted(plan.engine().label(), plan.movement());
  }

  /** That engine. */
  GpuRun own() {
    return timed(search(EngineRequest.AUTO));
  }

  GpuRun sql(GpuCheckOptions.Processor processor) {
    return timed(search(Asked.of("sql", each.movement(), processor.device())));
  }

  private FoldwiseSearch search(EngineRequest wanted) {
    return new FoldwiseSearch(rows.data, each.loss(), each.grid(), FOLDS, wanted);
  }

  /** An engine that fails costs only its own cell. */
  private GpuRun timed(FoldwiseSearch search) {
    Contestant<List<TrialResult>> runs =
        new Contestant<>(each.label(), () -> search.train(rows.assigned));
    AtomicReference<GpuRun> run = new AtomicReference<>();
    report.attempt(
        () -> {
          Contestant.race(1, List.of(runs));
          if (runs.median().seconds() <= LONG_SECONDS) {
            Contestant.race(rounds, List.of(runs));
          }
          run.set(GpuRun.of(runs.median()));
        },
        why -> run.set(GpuRun.none("failed: " + why)));
    return run.get();
  }
}
