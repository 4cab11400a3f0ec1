package io.foldwise;

import io.foldwise.spark.engine.plan.Device;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark session that all tests of a JVM share; it ends with the JVM. */
public final class TestSpark {

  private TestSpark() {}

  /** A session on {@code local[2]}, bound to 127.0.0.1, without web pages. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  /** The GPU where the session has RAPIDS' plugin for more than its explanations. */
  public static Device device() {
    SparkConf conf = session().sparkContext().getConf();
    boolean works =
        conf.get("spark.plugins", "").contains(Device.RAPIDS)
            && !conf.get("spark.rapids.sql.mode", "").equalsIgnoreCase("explainOnly");
    return new Device(works ? Device.Use.GPU : Device.Use.CPU, "");
  }

  private static final class Holder {

    static final SparkSession SESSION =
        SparkSession.builder()
            .master("local[2]")
            .appName("foldwise-test")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .getOrCreate();
  }
}
