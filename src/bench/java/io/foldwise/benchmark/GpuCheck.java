package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * Whether the SQL engine does on a GPU what it does on the CPU, and how fast: what {@code
 * submit/gpu-check} runs. Exit status 1 where something failed or a bound is missed, 2 for bad
 * usage.
 */
public final class GpuCheck {
  private static final String GPU = "spark.rapids.sql.enabled";
  private static final String VERSIONS = "rapids4spark-version-info.properties";

  private final SparkSession spark;
  private final GpuCheckOptions options;
  private final GpuReport report;

  private GpuCheck(SparkSession spark, GpuCheckOptions options, GpuReport report) {
    this.spark = spark;
    this.options = options;
    this.report = report;
  }

  /** Runs it. */
  public static void main(String[] words) throws IOException {
    int status;
    try {
      GpuCheckOptions options = GpuCheckOptions.parse(words);
      GpuReport report = GpuReport.in(options.out());
      try (SparkSession spark = SparkSession.builder().appName("gpu-check").getOrCreate()) {
        status = new GpuCheck(spark, options, report).run();
      }
    } catch (InvalidInputException refused) {
      System.err.println("gpu-check: " + refused.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private int run() throws IOException {
    describe();
    report.attempt("Smoke", () -> new GpuSmoke(spark, options.processor(), report).run());
    if (!report.isFine()) {
      report.line("\nNothing else was tried.");
      return 1;
    }
    for (GpuCheckOptions.Part part : options.parts()) {
      settings();
      report.attempt(part.name().toLowerCase(Locale.ROOT), measurement(part));
    }
    return report.isFine() ? 0 : 1;
  }

  /** Each part starts from them, whatever the one before has left: tests set their own. */
  private void settings() {
    int cores = spark.sparkContext().defaultParallelism();
    spark.conf().set("spark.sql.shuffle.partitions", cores);
    spark.conf().set(GPU, "false");
  }

  private Measurement measurement(GpuCheckOptions.Part part) {
    return switch (part) {
      case CONTRACTS -> new GpuContracts(options, report);
      case LOSSES -> new GpuLosses(spark, options, report);
      case TIMINGS -> new GpuTimings(spark, options, report);
    };
  }

  private void describe() throws IOException {
    boolean onGpu = options.processor() == GpuCheckOptions.Processor.GPU;
    if (!onGpu) {
      report.line(
          "**NO GPU TOOK PART (--on-cpu): SQL ran on the CPU in its place. No figure here says"
              + " anything about a GPU.**\n");
    }
    report.line(
        "%s; %s; %d cores, %,d MiB of heap, Java %s; Spark %s (%s), %s."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                onGpu ? NvidiaSmi.onPath().cards() : "no card",
                Runtime.getRuntime().availableProcessors(),
                PeakHeap.mostMebibytes(),
                Runtime.version().feature(),
                spark.version(),
                spark.sparkContext().master(),
                onGpu ? "RAPIDS Accelerator " + rapids() : "no RAPIDS Accelerator"));
  }

  private static String rapids() throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(VERSIONS)) {
      Properties versions = new Properties();
      if (in != null) {
        versions.load(in);
      }
      return versions.getProperty("version", "of unknown version");
    }
  }
}
