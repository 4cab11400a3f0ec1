package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two workers finds what one machine finds, whatever the partitioning. */
@TestMethodOrder(OrderAnnotation.class)
final class ClusterIT {
  private static final Path STATE = Script.ROOT.resolve("target/standalone");
  private static final int WORKERS = 2;
  private static final double TOLERANCE = 1e-9;

  /** The least heap that Spark starts with is 450 MiB. */
  private static final String HEAP = "480m";

  private static final int ROWS_PER_FILE = 100_000;
  private static final int FEATURES = 50;
  private static final int FILES = 24;

  @TempDir private static Path folder;

  private static int port;
  private static int pagePort;
  private static boolean started;

  @BeforeAll
  static void start() throws Exception {
    assertEquals(0, Script.foldwise().run("inspect", "--data", "data/linear.pkl").status());
    port = freePort();
    pagePort = freePort();
    Script.Ended start =
        Script.standalone()
            .run("start", "--workers", WORKERS, "--port", port, "--webui-port", pagePort);
    started = start.status() == 0;
    start.succeeded();
  }

  @AfterAll
  static void stop() throws Exception {
    if (started) {
      Script.standalone().run("stop");
    }
  }

  @Test
  void theExampleSearchFindsTheSame() throws Exception {
    List<Object> search = List.of("search", "--config", "conf/quiz.yaml", "--repeats", 2);
    assertAgree(local(List.of(), search), onCluster(List.of(), search));
  }

  /** Every executor and both drivers have less than half of what the data take as doubles. */
  @Test
  @Tag("sweep")
  void dataThatNoHeapHoldsAreSearchedAlike() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    generateInto(data);
    List<Object> search =
        List.of(
            "search",
            "--data",
            data,
            "--label",
            "y",
            "--id",
            "x0",
            "--test-fraction",
            0.1,
            "--grid",
            "optimizer=exact,sgd; batch-size=100000; l2=0,0.01",
            "--metric",
            "mae");
    List<Object> heap = List.of("--driver-memory", HEAP);
    List<Object> otherwise = new ArrayList<>(heap);
    otherwise.addAll(List.of("--executor-memory", HEAP));
    otherwise.addAll(List.of("--conf", "spark.sql.files.maxPartitionBytes=50m"));
    assertAgree(local(heap, search), onCluster(otherwise, search));
  }

  /**
   * Parts are read from the other executor, and spilled, in ways that one JVM has no need of. Kryo
   * cannot read a record; SerializerTest forbids it our classes altogether, which here would forbid
   * it Spark's own, of cached frames, that Spark does not register.
   */
  @Test
  @Tag("sweep")
  void rowsThatTravelDoSoWhereTheSerializerIsKryo() throws Exception {
    List<Object> kryo =
        List.of("--conf", "spark.serializer=org.apache.spark.serializer.KryoSerializer");
    List<Object> search =
        List.of(
            "search",
            "--data",
            "data/breast_cancer.csv",
            "--label",
            "diagnosis",
            "--positive",
            "malignant",
            "--loss",
            "logistic",
            "--metric",
            "auc",
            "--movement",
            "rotate",
            "--grid",
            "l2=0,0.1; epochs=3; batch-size=100; learning-rate=auto",
            "--test-fraction",
            0.2);
    assertAgree(local(List.of(), search), onCluster(kryo, search));
  }

  @Test
  void aMemoryThatNobodyOffersIsSaidAndGivenUp() throws Exception {
    Script.Ended run =
        Script.foldwise()
            .run(
                "--master",
                "spark://127.0.0.1:" + port,
                "--executor-memory",
                "8g",
                "fit",
                "--data",
                "data/linear.pkl",
                "--wait",
                0.4);
    assertEquals(1, run.status(), run.err());
    List<String> lines = run.err().lines().toList();
    assertEquals(2, lines.size(), run.err());
    String lack = "spark://127.0.0.1:" + port + " gives no executor";
    String asked =
        "an executor is to have 8g of memory and any cores, and its workers are 2 with 2,048 MiB and"
            + " 2 cores; ask for less";
    assertTrue(lines.get(0).startsWith("note: " + lack + " yet: " + asked), run.err());
    assertTrue(
        lines.get(1).startsWith("foldwise: " + lack + " in 0.4000 minutes: " + asked), run.err());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void stoppingEndsItsOwnProcessesAloneAndARunWithoutACluster() throws Exception {
    Process run = longRun();
    List<ProcessHandle> own = processes();
    assertEquals(1 + WORKERS, own.size());
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(STATE.resolve("worker-9.pid"), other.pid() + "\n");
      assertEquals("stopped 3 processes\n", Script.standalone().run("stop").succeeded().out());
      for (ProcessHandle process : own) {
        process.onExit().get(10, TimeUnit.SECONDS);
      }
      assertTrue(other.isAlive());
    } finally {
      other.destroy();
    }
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    assertEquals("nothing was running\n", Script.standalone().run("stop").succeeded().out());
    assertEndsWithItsCluster(run);
  }

  /** Until it has its executors and has begun; given the time to wait for others. */
  private static Process longRun() throws Exception {
    int before = executors();
    Process run =
        new ProcessBuilder(
                Script.foldwise().path().toString(),
                "--master",
                "spark://127.0.0.1:" + port,
                "search",
                "--data",
                "data/diabetes.csv",
                "--label",
                "target",
                "--loss",
                "huber",
                "--movement",
                "reduce",
                "--epochs",
                "1000000",
                "--wait",
                "0.2",
                "--out",
                folder.resolve("lost").toString())
            .directory(Script.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("lost.txt").toFile())
            .start();
    while (executors() < before + WORKERS && run.isAlive()) {
      Thread.sleep(200);
    }
    Thread.sleep(5000);
    return run;
  }

  /** Spark itself would wait for another for ever. */
  private static void assertEndsWithItsCluster(Process run) throws Exception {
    assertTrue(run.waitFor(2, TimeUnit.MINUTES));
    String said = Files.readString(folder.resolve("lost.txt"));
    assertEquals(1, run.exitValue(), said);
    String lost = "foldwise: spark://127.0.0.1:%d gives no executor in 0.2000 minutes: ";
    assertTrue(said.contains(lost.formatted(port)), said);
    assertFalse(said.contains("\tat "), said);
    assertFalse(Files.exists(folder.resolve("lost")));
  }

  /** Links to one file: many rows for the price of a few. */
  private static void generateInto(Path data) throws Exception {
    Path first = data.resolve("0.parquet");
    Script.foldwise()
        .run("generate", "--rows", ROWS_PER_FILE, "--features", FEATURES, "--out", first)
        .succeeded();
    for (int file = 1; file < FILES; file++) {
      Files.createLink(data.resolve(file + ".parquet"), first);
    }
  }

  private static JsonNode local(List<Object> options, List<Object> search) throws Exception {
    return search(options, search);
  }

  private static JsonNode onCluster(List<Object> options, List<Object> search) throws Exception {
    int before = executors();
    List<Object> all = new ArrayList<>(List.of("--master", "spark://127.0.0.1:" + port));
    all.addAll(options);
    JsonNode result = search(all, search);
    assertEquals(before + WORKERS, executors(), "each worker ran an executor");
    return result;
  }

  private static JsonNode search(List<Object> options, List<Object> search) throws Exception {
    Object[] words =
        Stream.of(options, search, List.of("--json", "--quiet")).flatMap(List::stream).toArray();
    return Script.foldwise().run(words).succeeded().json();
  }

  /** Executors that the workers have run: a folder each, by application. */
  private static int executors() throws IOException {
    Path work = STATE.resolve("work");
    if (!Files.exists(work)) {
      return 0;
    }
    try (Stream<Path> paths = Files.walk(work, 2)) {
      return (int) paths.filter(path -> path.getNameCount() == work.getNameCount() + 2).count();
    }
  }

  private static List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    try (Stream<Path> files = Files.list(STATE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".pid")).toList()) {
        long pid = Long.parseLong(Files.readString(file).strip());
        processes.add(ProcessHandle.of(pid).orElseThrow());
      }
    }
    return processes;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void assertAgree(JsonNode expected, JsonNode actual) {
    for (String part : List.of("chosen", "cv", "model", "test", "data")) {
      assertFalse(expected.get(part).isNull(), part);
      assertAgree(part, expected.get(part), actual.get(part));
    }
  }

  /** Numbers agree by {@link #TOLERANCE} of their size, all else exactly. */
  private static void assertAgree(String path, JsonNode expected, JsonNode actual) {
    if (expected.isContainerNode()) {
      assertEquals(expected.size(), actual.size(), path);
      for (int i = 0; i < (expected.isArray() ? expected.size() : 0); i++) {
        assertAgree(path + "/" + i, expected.get(i), actual.get(i));
      }
      for (Iterator<Map.Entry<String, JsonNode>> fields = expected.fields(); fields.hasNext(); ) {
        Map.Entry<String, JsonNode> field = fields.next();
        assertTrue(actual.has(field.getKey()), path + "/" + field.getKey());
        assertAgree(path + "/" + field.getKey(), field.getValue(), actual.get(field.getKey()));
      }
    } else if (expected.isNumber()) {
      double value = expected.asDouble();
      assertEquals(value, actual.asDouble(), TOLERANCE * Math.abs(value), path);
    } else {
      assertEquals(expected, actual, path);
    }
  }
}
