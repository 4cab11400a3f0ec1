package io.foldwise.cli;

import static java.util.Map.entry;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.engine.plan.Device;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * What training may run on, found out before Spark starts: afterwards it is too late, since a GPU
 * is used by a plugin of Spark's that ends the JVM where there is none.
 *
 * @param conf the configuration as spark-submit has it
 * @param site where to look for a GPU
 */
record Devices(SparkConf conf, Site site) {
  private static final Map<String, Device.Use> USES =
      Settings.words(
          entry("auto", Device.Use.EITHER),
          entry("cpu", Device.Use.CPU),
          entry("gpu", Device.Use.GPU));
  private static final String JAR = "start with submit/foldwise --gpu, which fetches its jar";
  private static final String SETTINGS =
      "start with submit/foldwise --gpu, or take the settings of a conf/gpu-*.conf";

  /** Looks for what a GPU needs. */
  interface Site {
    /** The first thing that is missing; empty where nothing is. */
    Optional<Missing> missing(SparkConf conf);
  }

  /**
   * What stands between a run and a GPU.
   *
   * @param what what is missing, in a few words
   * @param remedy what to do about it
   */
  record Missing(String what, String remedy) {}

  /** The devices of the session that this JVM has, else of the one that it will start. */
  static Devices here() {
    return SparkSession.getDefaultSession().isDefined()
        ? running(SparkSession.active().sparkContext().getConf())
        : of(new SparkConf(), NvidiaDriver.onPath());
  }

  /** The devices of a session that runs already. */
  static Devices running(SparkConf conf) {
    return new Devices(conf, Devices::ofRunning);
  }

  /** The devices of a session that is still to be started. */
  static Devices of(SparkConf conf, NvidiaDriver driver) {
    boolean local = conf.get("spark.master", "local[*]").matches("local(\\[.*)?");
    return new Devices(conf, local ? ignored -> ofMachine(driver) : Devices::ofCluster);
  }

  /**
   * What the option {@code device} comes to. Why there is no GPU is told where one was asked for or
   * is to be expected: where the option was given, or Spark was started with RAPIDS' plugin.
   *
   * @throws InvalidInputException if a GPU is asked for, and something is missing
   */
  Device resolve(Settings settings) {
    Device.Use asked = settings.choice(Options.DEVICE, USES).orElse(Device.Use.EITHER);
    if (asked == Device.Use.CPU) {
      return new Device(asked, "");
    }
    Optional<Missing> missing = missing();
    if (asked == Device.Use.GPU && missing.isPresent()) {
      throw new InvalidInputException(
          "'device' (gpu) is out of reach: %s; %s"
              .formatted(missing.get().what(), missing.get().remedy()));
    }
    boolean told = settings.text(Options.DEVICE).isPresent() || Rapids.isNamed(conf);
    return missing
        .map(lack -> new Device(Device.Use.CPU, told ? lack.what() : ""))
        .orElse(new Device(asked, ""));
  }

  private Optional<Missing> missing() {
    return Rapids.onlyExplains(conf)
        ? missing("spark.rapids.sql.mode is explainOnly, which uses none", "leave that out")
        : site.missing(conf);
  }

  /**
   * What a running session lacks: its plugin would have ended a JVM without GPU, and cannot come
   * later.
   */
  private static Optional<Missing> ofRunning(SparkConf conf) {
    return Rapids.isNamed(conf)
        ? Optional.empty()
        : missing("Spark runs already, without RAPIDS' plugin", "leave out --device");
  }

  /** What this machine lacks: a local master works in this JVM. */
  private static Optional<Missing> ofMachine(NvidiaDriver driver) {
    Optional<String> lack = driver.missing();
    if (lack.isPresent()) {
      return missing(lack.get(), "mend that, or leave out --device");
    }
    String plugin = Rapids.PLUGIN.replace('.', '/') + ".class";
    return Thread.currentThread().getContextClassLoader().getResource(plugin) != null
        ? Optional.empty()
        : missing("no RAPIDS Accelerator: " + Rapids.PLUGIN + " is not on the class path", JAR);
  }

  /** What a cluster lacks by its settings: its machines cannot be looked at before Spark starts. */
  private static Optional<Missing> ofCluster(SparkConf conf) {
    if (!Rapids.isNamed(conf)) {
      return missing("no RAPIDS Accelerator: spark.plugins must name " + Rapids.PLUGIN, SETTINGS);
    }
    return conf.get(Rapids.GPUS, "0").strip().matches("0*[1-9][0-9]*")
        ? Optional.empty()
        : missing("no GPU is asked for: " + Rapids.GPUS + " must be >= 1", SETTINGS);
  }

  private static Optional<Missing> missing(String what, String remedy) {
    return Optional.of(new Missing(what, remedy));
  }
}
