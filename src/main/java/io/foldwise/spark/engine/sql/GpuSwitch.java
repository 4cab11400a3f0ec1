package io.foldwise.spark.engine.sql;

import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.Processor;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Whether RAPIDS' plugin, where a session has it, runs what is planned. It is off except for
 * queries of an SQL engine on the GPU: rows that an engine of the CPU reads are not sent over the
 * GPU first.
 */
public enum GpuSwitch {
  ON,
  OFF;

  private static final String KEY = "spark.rapids.sql.enabled";

  /** The switch for the queries of a planned engine. */
  public static GpuSwitch of(EnginePlan plan) {
    return plan.device() == Processor.GPU ? ON : OFF;
  }

  /** Turns the plugin so for what a session plans from here on. */
  public void turn(SparkSession spark) {
    if (spark.sparkContext().getConf().get("spark.plugins", "").contains(Device.RAPIDS)) {
      spark.conf().set(KEY, Boolean.toString(this == ON));
    }
  }

  /** Turns the plugin so for some queries, and off again after them. */
  <T> T during(SparkSession spark, Supplier<T> queries) {
    turn(spark);
    try {
      return queries.get();
    } finally {
      OFF.turn(spark);
    }
  }
}
