package io.foldwise.benchmark;

import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The planner's engine of the CPU, and SQL there, against SQL on the GPU. */
final class GpuTimings implements Measurement {
  private static final double BOUND = 5;
  private static final double ROOM_FOR_ROWS = 0.9;

  private final SparkSession spark;
  private final GpuCheckOptions options;
  private final GpuReport report;
  private final Path work;

  /** Of the largest case that the bound is about. */
  private double judged = Double.NaN;

  GpuTimings(SparkSession spark, GpuCheckOptions options, GpuReport report) {
    this.spark = spark;
    this.options = options;
    this.report = report;
    this.work = options.work();
  }

  @Override
  public void run() throws IOException {
    describe();
    report.table(
        "case",
        "engine of the CPU",
        "it, s",
        "SQL on the CPU, s",
        options.processor().label() + ", s",
        "fastest of the CPU / " + (onGpu() ? "GPU" : "SQL"),
        "GPU memory held, MiB",
        "by nvidia-smi, MiB",
        "scores differ by");
    for (GpuCase each : GpuCase.all(options.size())) {
      attempt(each);
    }
    judge();
  }

  private void describe() throws IOException {
    FileStore store = Files.getFileStore(work);
    report.line("");
    report.line(
        ("Timings: Parquet in %s (%s); opening the engine and training all candidates in %d folds; rows"
                + " above 100,000 are read and dealt in every run; one run to warm up, then the median of %d, or the first run alone"
                + " where it took more than %d s. Memory held: the most that RAPIDS had allotted at"
                + " once; nvidia-smi's figure is of the whole card, with the pool that RAPIDS takes at"
                + " its start.")
            .formatted(
                work,
                store.type().equals("tmpfs") ? "RAM" : store.type() + ", not RAM",
                GpuRace.FOLDS,
                options.size().rounds(),
                GpuRace.LONG_SECONDS));
  }

  private void attempt(GpuCase each) throws IOException {
    Optional<String> lack = lack(each);
    if (lack.isPresent()) {
      leaveOut(each, "not run: " + lack.get());
      return;
    }
    report.attempt(() -> measure(each), why -> leaveOut(each, "failed: " + why));
    clear();
  }

  private Optional<String> lack(GpuCase each) throws IOException {
    long room = Files.getFileStore(work).getUsableSpace();
    long heap = Runtime.getRuntime().maxMemory();
    if (each.bytes() <= ROOM_FOR_ROWS * room && each.bytes() <= heap) {
      return Optional.empty();
    }
    return Optional.of(
        "%,d MiB of rows, %,d MiB of room and %,d MiB of heap"
            .formatted(each.bytes() >> 20, room >> 20, heap >> 20));
  }

  private void leaveOut(GpuCase each, String why) {
    report.row(each.label(), why, "", "", "", "", "", "", "");
  }

  private void measure(GpuCase each) {
    BenchmarkData data = BenchmarkData.in(spark, work, each.shape());
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, GpuRace.FOLDS)) {
      GpuRace race =
          new GpuRace(
              each, new GpuRace.FoldedRows(data, assigned), options.size().rounds(), report);
      GpuRun own = race.own();
      GpuRun slow = onGpu() ? race.sql(GpuCheckOptions.Processor.CPU) : GpuRun.none("not run");
      try (GpuMemory memory = GpuMemory.watched(NvidiaSmi.onPath())) {
        GpuRun gpu = race.sql(options.processor());
        show(race, List.of(own, slow, gpu), memory.driverMebibytes());
      }
    }
  }

  /**
   * A row of the table.
   *
   * @param runs own engine, SQL on the CPU, SQL on the GPU
   */
  private void show(GpuRace race, List<GpuRun> runs, OptionalLong driver) {
    GpuRun own = runs.get(0);
    GpuRun gpu = runs.get(2);
    double ratio = fastest(own, runs.get(1)).over(gpu);
    if (race.each().isJudged() && !Double.isNaN(ratio)) {
      judged = ratio;
    }
    report.row(
        race.each().label(),
        race.ownEngine(),
        own.text(),
        runs.get(1).text(),
        gpu.text(),
        GpuReport.ratio(ratio),
        GpuReport.mebibytes(GpuMemory.heldMebibytes()),
        GpuReport.mebibytes(driver),
        compared(List.of(runs.get(1).differenceFrom(own), gpu.differenceFrom(own))));
  }

  /** The larger of the differences from the engine of the CPU, which must not matter. */
  private String compared(List<OptionalDouble> differences) {
    OptionalDouble most = differences.stream().flatMapToDouble(OptionalDouble::stream).max();
    return most.isEmpty()
        ? ""
        : GpuReport.difference(most.getAsDouble())
            + (most.getAsDouble() <= GpuLosses.BOUND ? "" : " " + report.verdict(false));
  }

  private void judge() {
    report.line("");
    report.line("squared, d = %d: %s".formatted(GpuCase.WIDE, judgement(judged, options, report)));
  }

  /** A failure only on a GPU, and of rows enough. */
  static String judgement(double ratio, GpuCheckOptions options, GpuReport report) {
    String what =
        Double.isNaN(ratio)
            ? "not measured"
            : "%s times as fast as on the CPU".formatted(GpuReport.ratio(ratio));
    if (options.processor() == GpuCheckOptions.Processor.CPU) {
      return what + "; **no GPU took part: this says nothing of one**";
    }
    return options.size().isJudged()
        ? "%s; at least %.0f times? %s".formatted(what, BOUND, report.verdict(ratio >= BOUND))
        : what + "; judged from %,d rows on".formatted(GpuCheckOptions.Size.JUDGED_UNIT);
  }

  private boolean onGpu() {
    return options.processor() == GpuCheckOptions.Processor.GPU;
  }

  private static GpuRun fastest(GpuRun own, GpuRun sql) {
    return sql.over(own) < 1 ? sql : own;
  }

  /** Rows of one case make room for those of the next. */
  private void clear() throws IOException {
    try (Stream<Path> all = Files.list(work)) {
      all.filter(path -> path.toString().endsWith(".parquet")).forEach(GpuTimings::delete);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      Path[] deepestFirst = all.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}
