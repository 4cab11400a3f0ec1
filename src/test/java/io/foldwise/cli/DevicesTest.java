package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.engine.plan.Device;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What --device comes to, on a machine of two scripts' making and on clusters of settings alone.
 */
class DevicesTest {
  private static final String TWO_GPUS =
      """
      echo 'GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)'
      echo 'GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-2)'
      """;
  private static final String MEND = "; mend that, or leave out --device";
  private static final String SETTINGS =
      "; start with submit/foldwise --gpu, or take the settings of a conf/gpu-*.conf";

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void giveTheClassPathBack() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void aMachineWithDriverAndJarHasAGpu() throws IOException {
    putThePluginOnTheClassPath();
    Devices devices = Devices.of(conf("local[*]"), smi(TWO_GPUS));
    assertEquals(new Device(Device.Use.EITHER, ""), devices.resolve(asked("auto")));
    assertEquals(new Device(Device.Use.GPU, ""), devices.resolve(asked("gpu")));
    assertEquals(new Device(Device.Use.CPU, ""), devices.resolve(asked("cpu")));
  }

  @Test
  void autoIsTheDefault() throws IOException {
    putThePluginOnTheClassPath();
    Settings none = new Settings(Map.of(), Map.of());
    assertEquals(
        new Device(Device.Use.EITHER, ""),
        Devices.of(new SparkConf(false), smi(TWO_GPUS)).resolve(none));
  }

  @Test
  void withoutTheProgramThereIsNoDriver() {
    NvidiaDriver none =
        new NvidiaDriver(folder.resolve("nvidia-smi").toString(), Duration.ofSeconds(10));
    assertMissing(
        Devices.of(conf("local"), none), "no NVIDIA driver: nvidia-smi is not on the PATH", MEND);
  }

  @Test
  void whatIsMissingIsToldWhereAGpuIsAskedForOrExpected() {
    NvidiaDriver none =
        new NvidiaDriver(folder.resolve("nvidia-smi").toString(), Duration.ofSeconds(10));
    Settings silent = new Settings(Map.of(), Map.of());
    String what = "no NVIDIA driver: nvidia-smi is not on the PATH";
    assertEquals(
        new Device(Device.Use.CPU, ""), Devices.of(conf("local[*]"), none).resolve(silent));
    assertEquals(
        new Device(Device.Use.CPU, what),
        Devices.of(cluster("local[*]", "1"), none).resolve(silent));
  }

  @Test
  void aProgramThatFailsMeansADriverThatDoes() throws IOException {
    assertMissing(
        Devices.of(conf("local[2]"), smi("echo 'NVIDIA-SMI has failed'; exit 9")),
        "no working NVIDIA driver: nvidia-smi -L ended with status 9",
        MEND);
  }

  @Test
  void aDriverMayHaveNoGpu() throws IOException {
    assertMissing(
        Devices.of(conf("local[2]"), smi("echo 'No devices found.'")),
        "no NVIDIA GPU: nvidia-smi -L lists none",
        MEND);
  }

  @Test
  void aDriverThatNeverAnswersIsLeftAlone() throws IOException {
    NvidiaDriver stuck = new NvidiaDriver(smi("exec sleep 60").program(), Duration.ofMillis(300));
    assertMissing(
        Devices.of(conf("local"), stuck),
        "no answer of the NVIDIA driver: nvidia-smi -L takes over 300 ms",
        MEND);
  }

  @Test
  void aDriverWithoutTheJarDoesNotDo() throws IOException {
    assertMissing(
        Devices.of(conf("local[*]"), smi(TWO_GPUS)),
        "no RAPIDS Accelerator: com.nvidia.spark.SQLPlugin is not on the class path",
        "; start with submit/foldwise --gpu, which fetches its jar");
  }

  @Test
  void explainOnlyUsesNoGpuWhereverItRuns() throws IOException {
    putThePluginOnTheClassPath();
    for (String master : new String[] {"local[*]", "spark://host:7077"}) {
      SparkConf conf = cluster(master, "1").set("spark.rapids.sql.mode", "explainOnly");
      assertMissing(
          Devices.of(conf, smi(TWO_GPUS)),
          "spark.rapids.sql.mode is explainOnly, which uses none",
          "; leave that out");
    }
  }

  @Test
  void aClusterIsBelieved() {
    for (String master : new String[] {"spark://host:7077", "yarn", "k8s://https://host:443"}) {
      Devices devices = Devices.of(cluster(master, "1"), neverAsked());
      assertEquals(new Device(Device.Use.EITHER, ""), devices.resolve(asked("auto")));
      assertEquals(new Device(Device.Use.GPU, ""), devices.resolve(asked("gpu")));
      assertEquals(new Device(Device.Use.CPU, ""), devices.resolve(asked("cpu")));
    }
  }

  @Test
  void aClusterHasToNameThePlugin() {
    assertMissing(
        Devices.of(cluster("yarn", "1").set("spark.plugins", "a.Plugin"), neverAsked()),
        "no RAPIDS Accelerator: spark.plugins must name com.nvidia.spark.SQLPlugin",
        SETTINGS);
  }

  @Test
  void aClustersExecutorsHaveToAskForAGpu() {
    String what = "no GPU is asked for: spark.executor.resource.gpu.amount must be >= 1";
    for (String amount : new String[] {"0", "", "some"}) {
      assertMissing(Devices.of(cluster("spark://host:7077", amount), neverAsked()), what, SETTINGS);
    }
    SparkConf silent = cluster("yarn", "1").remove("spark.executor.resource.gpu.amount");
    assertMissing(Devices.of(silent, neverAsked()), what, SETTINGS);
  }

  @Test
  void aRunningSessionHasAGpuWhereItHasThePlugin() {
    SparkConf conf = conf("local[*]");
    assertMissing(
        Devices.running(conf),
        "Spark runs already, without RAPIDS' plugin",
        "; leave out --device");
    conf.set("spark.plugins", "com.nvidia.spark.SQLPlugin");
    assertEquals(new Device(Device.Use.GPU, ""), Devices.running(conf).resolve(asked("gpu")));
  }

  private static void assertMissing(Devices devices, String what, String remedy) {
    assertEquals(new Device(Device.Use.CPU, what), devices.resolve(asked("auto")));
    assertEquals(new Device(Device.Use.CPU, ""), devices.resolve(asked("cpu")));
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> devices.resolve(asked("gpu")));
    assertEquals("'device' (gpu) is out of reach: " + what + remedy, refusal.getMessage());
  }

  private static Settings asked(String device) {
    return new Settings(Map.of("device", device), Map.of());
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  private static SparkConf cluster(String master, String gpus) {
    return conf(master)
        .set("spark.plugins", "a.Plugin, com.nvidia.spark.SQLPlugin")
        .set("spark.executor.resource.gpu.amount", gpus);
  }

  private static NvidiaDriver neverAsked() {
    return new NvidiaDriver("false", Duration.ZERO);
  }

  private NvidiaDriver smi(String body) throws IOException {
    Path program = Files.writeString(folder.resolve("smi"), "#!/bin/sh\n" + body);
    program.toFile().setExecutable(true);
    return new NvidiaDriver(program.toString(), Duration.ofSeconds(10));
  }

  private void putThePluginOnTheClassPath() throws IOException {
    Path packages = Files.createDirectories(folder.resolve("jar/com/nvidia/spark"));
    Files.createFile(packages.resolve("SQLPlugin.class"));
    URL[] jar = {folder.resolve("jar").toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(jar, before));
  }
}
