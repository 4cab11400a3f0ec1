package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.apache.spark.sql.SparkSession;

/**
 * Every ratio against peers in one run: {@code WORK [SECTION ...] [--rows N] [--out FILE.md]
 * [--quick]}. Exit status 1 where a bound is missed, 2 for bad usage.
 */
public final class Benchmark {
  private final Stage stage;

  private Benchmark(Stage stage) {
    this.stage = stage;
  }

  /** Runs it. */
  public static void main(String[] words) throws IOException, InterruptedException {
    int status;
    try {
      BenchmarkOptions options = BenchmarkOptions.parse(words);
      int cores = Runtime.getRuntime().availableProcessors();
      try (SparkSession spark =
          SparkSession.builder()
              .appName("foldwise-benchmark")
              .config("spark.sql.shuffle.partitions", cores)
              .getOrCreate()) {
        status = new Benchmark(new Stage(spark, options, new RatioTable())).run();
      }
    } catch (InvalidInputException refused) {
      System.err.println("benchmark: " + refused.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private int run() throws IOException, InterruptedException {
    Files.createDirectories(stage.options().out().toAbsolutePath().getParent());
    describe();
    for (Section section : stage.options().sections()) {
      stage.progress("\n" + section.label());
      section.on(stage).run();
      stage
          .table()
          .remark("Load of the machine after %s: %.1f.".formatted(section.label(), load()));
      Files.writeString(stage.options().out(), stage.table().markdown());
    }
    System.out.println("\n" + stage.table().markdown());
    return stage.table().isMet() || !stage.options().isJudged() ? 0 : 1;
  }

  private void describe() {
    stage
        .table()
        .remark(
            "%s; Java %s, %d cores, %,d MiB of heap (-Xmx), load %.1f at the start."
                .formatted(
                    stage.spark().sparkContext().master(),
                    Runtime.version().feature(),
                    Runtime.getRuntime().availableProcessors(),
                    PeakHeap.mostMebibytes(),
                    load()));
    stage
        .table()
        .remark(
            ("Ours is timed from the path to the refit model, warmed up, in turns, median of %d."
                    + " Ratios of CPU are of the seconds that all threads of this JVM worked, which"
                    + " other processes hardly move.")
                .formatted(stage.options().rounds()));
    if (!stage.options().isJudged()) {
      stage.table().remark("Bounds hold for 1,000,000 rows and are only shown here.");
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
