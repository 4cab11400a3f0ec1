package io.foldwise.cli;

import io.foldwise.spark.engine.plan.Device;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a run. Its settings are spark-submit's; where they are silent, a local
 * master shuffles into as many partitions as it has cores rather than 200.
 *
 * @param startupSeconds from the start of the JVM to the session ready; 0 where it was ready
 *     already
 * @param readyNanos when the session was ready, by {@link System#nanoTime}
 */
record Session(SparkSession spark, double startupSeconds, long readyNanos) {

  /** What spark-submit calls an application without a name of its own. */
  private static final String MAIN = Main.class.getName();

  /** Opens a session on the CPU, for a command that trains nothing. */
  static Session open() {
    return open(new Device(Device.Use.CPU, ""));
  }

  /** Starts Spark with what the device needs, or takes the session that this JVM has. */
  static Session open(Device device) {
    if (SparkSession.getDefaultSession().isDefined()) {
      return new Session(SparkSession.getDefaultSession().get(), 0, System.nanoTime());
    }
    SparkSession spark = started(Rapids.fit(new SparkConf(), device));
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    return new Session(spark, uptime / 1e3, System.nanoTime());
  }

  /** Starts Spark, unless another thread has begun to. */
  private static synchronized SparkSession started(SparkConf conf) {
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.app.name", MAIN).equals(MAIN)) {
      conf.set("spark.app.name", "foldwise");
    }
    if (conf.get("spark.master").startsWith("local")) {
      int cores = Runtime.getRuntime().availableProcessors();
      conf.setIfMissing("spark.sql.shuffle.partitions", Integer.toString(cores));
    }
    // A session's builder would fill up from the system properties what was removed here.
    SparkContext.getOrCreate(conf);
    return SparkSession.builder().getOrCreate();
  }

  double secondsSinceReady() {
    return (System.nanoTime() - readyNanos) / 1e9;
  }
}
