package io.foldwise.benchmark;

import io.foldwise.spark.data.AssignedRows;
import io.foldwise.spark.data.LoadedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The planner's engine of the CPU against SQL on the GPU, over rows that are loaded and dealt. */
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
        "CPU / GPU",
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
        ("Timings: Parquet in %s (%s); opening the engine and training all candidates in %d folds, over"
                + " rows loaded and dealt; one run to warm up, then the median of %d, or the first run alone"
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
    // The rows are written the same way whatever is checked.
    spark.conf().set("spark.rapids.sql.enabled", "false");
    BenchmarkData data = BenchmarkData.in(spark, work, each.shape());
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, GpuRace.FOLDS)) {
      GpuRace race =
          new GpuRace(
              each, new GpuRace.FoldedRows(data, assigned), options.size().rounds(), report);
      GpuRun own = race.own();
      GpuRun slow =
          options.processor() == GpuCheckOptions.Processor.GPU
              ? race.sql(GpuCheckOptions.Processor.CPU)
              : GpuRun.none("not run");
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
    if (race.each().isJudged() && !Double.isNaN(own.over(gpu))) {
      judged = own.over(gpu);
    }
    report.row(
        race.each().label(),
        race.ownEngine(),
        own.text(),
        runs.get(1).text(),
        gpu.text(),
        GpuReport.ratio(own.over(gpu)),
        GpuReport.mebibytes(GpuMemory.heldMebibytes()),
        GpuReport.mebibytes(driver),
        GpuReport.difference(gpu.differenceFrom(own)));
  }

  private void judge() {
    boolean onGpu = options.processor() == GpuCheckOptions.Processor.GPU;
    String what =
        Double.isNaN(judged)
            ? "not measured"
            : "%s times the fastest CPU engine (bound %.0f)"
                .formatted(GpuReport.ratio(judged), BOUND);
    report.line("");
    report.line(
        "squared, d = %d: %s%s"
            .formatted(
                GpuCase.WIDE,
                what,
                onGpu ? "" : "; **no GPU took part: this says nothing of one**"));
    if (onGpu && options.size().isJudged() && !(judged >= BOUND)) {
      report.fail();
    }
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
