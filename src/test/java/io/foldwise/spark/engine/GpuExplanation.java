package io.foldwise.spark.engine;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What RAPIDS says of a query. */
record GpuExplanation(String text) {
  static double seconds;

  static GpuExplanation of(Dataset<Row> query) {
    long t0 = System.nanoTime();
    try {
      Class<?> plan =
          Class.forName(
              "com.nvidia.spark.rapids.ExplainPlan",
              true,
              Thread.currentThread().getContextClassLoader());
      return new GpuExplanation(
          (String)
              plan.getMethod("explainPotentialGpuPlan", Dataset.class, String.class)
                  .invoke(null, query, "ALL"));
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    } finally {
      seconds += (System.nanoTime() - t0) / 1e9;
    }
  }
}
