package io.foldwise.cli;

import io.foldwise.spark.engine.plan.Device;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * The settings of Spark that put NVIDIA's RAPIDS Accelerator to work, a plugin that runs SQL on a
 * GPU. Started where there is no GPU, it ends the JVM.
 */
final class Rapids {
  static final String PLUGIN = Device.RAPIDS;
  static final String PLUGINS = "spark.plugins";
  static final String JARS = "spark.jars";
  static final String GPUS = "spark.executor.resource.gpu.amount";

  /**
   * A setting switched off, since what has no form on the GPU must show in the plan, not run on the
   * CPU.
   */
  static final String CPU_BRIDGE = "spark.rapids.sql.expression.cpuBridge.enabled";

  /**
   * A setting switched off, since it has turned a last column to 0 (NVIDIA/cudf-spark issue 10062).
   */
  static final String FAST_TO_ROWS = "spark.rapids.sql.acceleratedColumnarToRow.enabled";

  static final String CACHE = "spark.sql.cache.serializer";
  private static final Predicate<String> HOLDS_GPU =
      Pattern.compile("spark\\.(executor|task)\\.resource\\.gpu\\..*").asMatchPredicate();
  private static final String MODE = "spark.rapids.sql.mode";

  private Rapids() {}

  /** Whether a configuration names the plugin. */
  static boolean isNamed(SparkConf conf) {
    return list(conf, PLUGINS).anyMatch(PLUGIN::equals);
  }

  /** Whether the plugin only says what it would do, which takes no GPU. */
  static boolean onlyExplains(SparkConf conf) {
    return conf.get(MODE, "").equalsIgnoreCase("explainOnly");
  }

  /** Changes a configuration to suit a device, and gives it back. */
  static SparkConf fit(SparkConf conf, Device device) {
    if (onlyExplains(conf)) {
      return conf;
    }
    return device.use() == Device.Use.CPU ? without(conf) : with(conf);
  }

  private static SparkConf with(SparkConf conf) {
    if (!isNamed(conf)) {
      conf.set(PLUGINS, joined(Stream.concat(list(conf, PLUGINS), Stream.of(PLUGIN))));
    }
    return conf.setIfMissing(CPU_BRIDGE, "false").setIfMissing(FAST_TO_ROWS, "false");
  }

  /**
   * Takes out the plugin, its jar, 550 MiB that every executor would fetch, and the GPUs it held.
   */
  private static SparkConf without(SparkConf conf) {
    if (isNamed(conf)) {
      Stream.of(conf.getAll()).map(Tuple2::_1).filter(HOLDS_GPU).forEach(conf::remove);
    }
    strike(conf, PLUGINS, PLUGIN::equals);
    strike(conf, JARS, jar -> jar.matches("(.*/)?rapids-4-spark[^/]*"));
    return conf.get(CACHE, "").startsWith("com.nvidia.") ? conf.remove(CACHE) : conf;
  }

  private static void strike(SparkConf conf, String key, Predicate<String> which) {
    if (list(conf, key).anyMatch(which)) {
      conf.set(key, joined(list(conf, key).filter(which.negate())));
    }
  }

  private static Stream<String> list(SparkConf conf, String key) {
    List<String> names = Arrays.asList(conf.get(key, "").split(","));
    return names.stream().map(String::strip).filter(name -> !name.isEmpty());
  }

  private static String joined(Stream<String> names) {
    return names.collect(Collectors.joining(","));
  }
}
