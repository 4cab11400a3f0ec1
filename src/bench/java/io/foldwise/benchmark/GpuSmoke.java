package io.foldwise.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whether SQL runs on the GPU at all: the plugin goes back to the CPU without a word. */
record GpuSmoke(SparkSession spark, GpuCheckOptions.Processor processor, GpuReport report) {
  private static final long ROWS = 1_000_000;

  void run() {
    Dataset<Row> query = spark.range(ROWS).agg(sum(col("id")));
    long total = query.head().getLong(0);
    query.collectAsList();
    String plan = query.queryExecution().executedPlan().toString();
    boolean onGpu = plan.contains("Gpu");
    boolean wanted = processor == GpuCheckOptions.Processor.GPU;
    boolean met = total == ROWS * (ROWS - 1) / 2 && onGpu == wanted;
    report.line("");
    report.line(
        "Smoke: a sum over a million numbers is %s, its plan has %s: as it must be? %s"
            .formatted(
                total == ROWS * (ROWS - 1) / 2 ? "right" : "wrong (" + total + ")",
                onGpu ? "GPU operators" : "no GPU operators",
                report.verdict(met)));
    if (!met) {
      report.line("```\n" + plan.strip() + "\n```");
    }
  }
}
