package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.apache.spark.sql.internal.StaticSQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** conf/gpu-*, which {@code submit/foldwise --gpu} hands to Spark. */
class GpuSettingsTest {
  private static final Path CONF = Path.of("conf").toAbsolutePath();

  /** RapidsConf.help of rapids-4-spark_2.13-26.08.1-cuda13.jar has them all. */
  private static final Set<String> OF_RAPIDS =
      Set.of(
          "spark.rapids.memory.pinnedPool.size",
          "spark.rapids.sql.acceleratedColumnarToRow.enabled",
          "spark.rapids.sql.concurrentGpuTasks",
          "spark.rapids.sql.expression.cpuBridge.enabled");

  /** Spark 4.0.1, docs/configuration.md, "Custom Resource Scheduling": names made of parts. */
  private static final Set<String> OF_RESOURCES =
      Set.of(
          "spark.executor.resource.gpu.amount",
          "spark.executor.resource.gpu.discoveryScript",
          "spark.executor.resource.gpu.vendor",
          "spark.task.resource.gpu.amount");

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
  void everySettingIsKnownAndHasItsReasonAbove(String master) throws IOException {
    List<String> lines = Files.readAllLines(file(master));
    assertTrue(lines.get(2).startsWith("#   submit/foldwise --gpu "), lines.get(2));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !line.startsWith("#")) {
        assertTrue(line.matches("[\\w.]+=\\S+"), line);
        assertTrue(isKnown(line.substring(0, line.indexOf('='))), line);
        assertTrue(lines.get(i - 1).startsWith("# "), line + " has no reason above");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
  void allSayTheSameOfThePlugin(String master) throws IOException {
    Properties settings = settings(master);
    assertEquals("com.nvidia.spark.SQLPlugin", settings.get("spark.plugins"));
    assertEquals("false", settings.get("spark.rapids.sql.expression.cpuBridge.enabled"));
    assertEquals("false", settings.get("spark.rapids.sql.acceleratedColumnarToRow.enabled"));
    for (Object key : settings("local").keySet()) {
      assertEquals(settings("local").get(key), settings.get(key), key.toString());
    }
  }

  /** Its scheduler has no such resource: tasks that ask for one wait for ever. */
  @Test
  void aLocalMasterAsksForNoResource() throws IOException {
    for (Object key : settings("local").keySet()) {
      assertFalse(key.toString().contains(".resource."), key.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void aClustersExecutorsHaveAGpuEachAndTasksAreAsManyAsCores(String master) throws IOException {
    Properties settings = settings(master);
    assertEquals("1", settings.get("spark.executor.resource.gpu.amount"));
    assertEquals("0.001", settings.get("spark.task.resource.gpu.amount"));
    assertEquals(
        master.equals("standalone"),
        !settings.containsKey("spark.executor.resource.gpu.discoveryScript"));
    assertEquals(
        master.equals("kubernetes"), settings.containsKey("spark.executor.resource.gpu.vendor"));
  }

  @Test
  void theScriptPrintsTheGpusAsSparkReadsThem(@TempDir Path folder) throws Exception {
    fakeSmi(folder, "printf '0\\n1\\n'");
    assertEquals(
        "{\"name\": \"gpu\", \"addresses\":[\"0\",\"1\"]}\n", discover(folder).succeeded().out());
    fakeSmi(folder, "true");
    assertEquals("{\"name\": \"gpu\", \"addresses\":[]}\n", discover(folder).succeeded().out());
    fakeSmi(folder, "exit 9");
    assertEquals(9, discover(folder).status());
  }

  private static Script.Ended discover(Path folder) throws Exception {
    String path = "PATH=" + folder + ":" + System.getenv("PATH");
    return new Script(Path.of("/usr/bin/env"), folder).run(path, CONF.resolve("gpu-discovery.sh"));
  }

  private static void fakeSmi(Path folder, String body) throws IOException {
    Path program = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body + "\n");
    program.toFile().setExecutable(true);
  }

  private static boolean isKnown(String key) {
    assertTrue(package$.MODULE$ != null && StaticSQLConf.SPARK_CACHE_SERIALIZER() != null);
    return OF_RAPIDS.contains(key)
        || OF_RESOURCES.contains(key)
        || ConfigEntry.findEntry(key) != null;
  }

  private static Path file(String master) {
    return CONF.resolve("gpu-" + master + ".conf");
  }

  private static Properties settings(String master) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file(master))) {
      settings.load(reader);
    }
    return settings;
  }
}
