package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.foldwise.spark.engine.plan.Device;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What a device does to the settings that Spark starts with. */
class RapidsTest {
  private static final String PLUGIN = "com.nvidia.spark.SQLPlugin";

  private final SparkConf conf = new SparkConf(false);

  @Test
  void aGpuBringsThePluginAndWhatKeepsItCorrect() {
    for (Device.Use use : new Device.Use[] {Device.Use.GPU, Device.Use.EITHER}) {
      assertEquals(
          Map.of(
              "spark.plugins", PLUGIN,
              "spark.rapids.sql.expression.cpuBridge.enabled", "false",
              "spark.rapids.sql.acceleratedColumnarToRow.enabled", "false"),
          settings(Rapids.fit(new SparkConf(false), new Device(use, ""))));
    }
  }

  @Test
  void aGpuLeavesWhatIsThere() {
    conf.set("spark.plugins", "a.Plugin")
        .set("spark.rapids.sql.expression.cpuBridge.enabled", "true");
    Rapids.fit(conf, new Device(Device.Use.GPU, ""));
    assertEquals("a.Plugin," + PLUGIN, conf.get("spark.plugins"));
    assertEquals("true", conf.get("spark.rapids.sql.expression.cpuBridge.enabled"));
    Rapids.fit(conf, new Device(Device.Use.GPU, ""));
    assertEquals("a.Plugin," + PLUGIN, conf.get("spark.plugins"));
  }

  @Test
  void theCpuTakesThePluginItsSerializerAndItsJarAway() {
    conf.set("spark.plugins", PLUGIN + " ,a.Plugin")
        .set(
            "spark.jars",
            "file:/a/rapids-4-spark_2.13-26.08.1-cuda13.jar,/b/rapids-4-spark/mine.jar")
        .set("spark.sql.cache.serializer", "com.nvidia.spark.ParquetCachedBatchSerializer");
    Rapids.fit(conf, new Device(Device.Use.CPU, "no NVIDIA driver"));
    assertEquals("a.Plugin", conf.get("spark.plugins"));
    assertEquals("/b/rapids-4-spark/mine.jar", conf.get("spark.jars"));
    assertFalse(conf.contains("spark.sql.cache.serializer"));
  }

  @Test
  void theCpuHoldsNoGpu() {
    conf.set("spark.plugins", PLUGIN)
        .set("spark.executor.resource.gpu.amount", "1")
        .set("spark.executor.resource.gpu.discoveryScript", "./gpu-discovery.sh")
        .set("spark.task.resource.gpu.amount", "0.001")
        .set("spark.executor.resource.fpga.amount", "1");
    Rapids.fit(conf, new Device(Device.Use.CPU, ""));
    assertEquals(
        Map.of("spark.plugins", "", "spark.executor.resource.fpga.amount", "1"), settings(conf));
  }

  @Test
  void theCpuLeavesWhatIsNotNvidias() {
    conf.set("spark.plugins", "a.Plugin")
        .set("spark.executor.resource.gpu.amount", "1")
        .set("spark.sql.cache.serializer", "a.Serializer");
    Map<String, String> before = settings(conf);
    assertEquals(before, settings(Rapids.fit(conf, new Device(Device.Use.CPU, ""))));
  }

  @Test
  void explainOnlyStaysAsItIs() {
    conf.set("spark.plugins", PLUGIN)
        .set("spark.rapids.sql.mode", "explainonly")
        .set("spark.sql.cache.serializer", "com.nvidia.spark.ParquetCachedBatchSerializer");
    Map<String, String> before = settings(conf);
    for (Device.Use use : Device.Use.values()) {
      assertEquals(before, settings(Rapids.fit(conf, new Device(use, ""))));
    }
  }

  private static Map<String, String> settings(SparkConf conf) {
    Map<String, String> settings = new TreeMap<>();
    for (scala.Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1(), setting._2());
    }
    return settings;
  }
}
