package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The built jar as it is, compiled against Spark 4.0.1, on other Sparks as pip brings them: on
 * request, by -Dlater-spark=true or by -Dlater-spark=4.1.4,4.3.0, since each is half a gigabyte and
 * takes minutes.
 */
@EnabledIfSystemProperty(named = "later-spark", matches = "true|[0-9.,]+")
final class LaterSparkIT {
  private static final String ALL = "4.0.5,4.1.4,4.2.1,4.3.0";

  @TempDir private static Path folder;

  /** What the Spark of the build makes of the same words, by these. */
  private static final Map<String, JsonNode> EXPECTED = new HashMap<>();

  static List<PySpark> sparks() {
    String asked = System.getProperty("later-spark");
    return Stream.of((asked.equals("true") ? ALL : asked).split(",", -1))
        .map(PySpark::new)
        .toList();
  }

  @BeforeAll
  static void prepare() throws Exception {
    for (PySpark spark : sparks()) {
      spark.install();
    }
    // The first run of a build says that it prepares faster starts.
    Script.foldwise().run("inspect", "--data", "data/linear.pkl");
    tuning(own(), "tune", Files.createDirectory(folder.resolve("own")));
  }

  private static String own() throws IOException {
    return Files.readString(Script.ROOT.resolve("target/classpath.txt")).strip();
  }

  private static DriverJvm main(PySpark spark) throws IOException {
    return new DriverJvm(BuiltJar.all() + ":" + spark.jars(), Main.class.getName(), Script.ROOT);
  }

  private static Script.Ended onTestClasses(String jars, Class<?> program, Object... words)
      throws Exception {
    String path = BuiltJar.all() + ":" + Script.ROOT.resolve("target/test-classes") + ":" + jars;
    return new DriverJvm(path, program.getName(), Script.ROOT).run(words);
  }

  private static void tuning(String jars, Object... words) throws Exception {
    Script.Ended ended = onTestClasses(jars, TuningProgram.class, words);
    assertEquals(0, ended.status(), ended.err());
  }

  /** From moments, and over rows that move from task to task, with ranks; and wide rows. */
  @ParameterizedTest
  @MethodSource("sparks")
  void searchesFindTheSame(PySpark spark) throws Exception {
    assertSame(spark, "--config", "conf/quiz.yaml", "--repeats", 1);
    assertSame(
        spark,
        "--config",
        "conf/cancer.yaml",
        "--movement",
        "rotate",
        "--epochs",
        2,
        "--metric",
        "auc");
    // Packed by way of classes of Spark that are not public.
    Path wide = folder.resolve("wide.csv");
    if (!Files.exists(wide)) {
      Script.foldwise().run("generate", "--rows", 60, "--features", 220, "--out", wide).succeeded();
    }
    assertSame(spark, "--data", wide, "--label", "y", "--grid", "l2=0.1,1", "--epochs", 5);
  }

  @ParameterizedTest
  @MethodSource("sparks")
  void aRunIsReadAgain(PySpark spark) throws Exception {
    Path run = folder.resolve("line-" + spark.version());
    Script.Ended fit = main(spark).run("fit", "--data", "data/linear.pkl", "--out", run, "--quiet");
    assertEquals(0, fit.status(), fit.err());
    Script.Ended scored = main(spark).run("evaluate", "--model", run, "--data", "data/linear.pkl");
    assertEquals(0, scored.status(), scored.err());
    assertTrue(scored.out().contains("rmse"), scored.out());
  }

  /** As a cluster runs the driver, which is told of the status by an exception of Spark's. */
  @ParameterizedTest
  @MethodSource("sparks")
  void aClusterIsToldOfAFailure(PySpark spark) throws Exception {
    Script.Ended ended =
        onTestClasses(spark.jars(), ApplicationMasterLike.class, "fit", "--data", "nowhere.csv");
    assertTrue(ended.out().contains("FAILED, status 2"), ended.out() + ended.err());
  }

  /** Both ways between it and the Spark of the build, predictions to the bit. */
  @ParameterizedTest
  @MethodSource("sparks")
  void tuningIsMllibsAndWhatIsSavedIsReadOnAnotherSpark(PySpark spark) throws Exception {
    Path saved = Files.createDirectory(folder.resolve("saved-" + spark.version()));
    tuning(spark.jars(), "tune", saved);
    tuning(own(), "read", saved);
    tuning(spark.jars(), "read", folder.resolve("own"));
  }

  @ParameterizedTest
  @MethodSource("sparks")
  void pythonsTestsPass(PySpark spark) throws Exception {
    assertEquals(0, PythonIT.run(spark.python().toString(), "src/test/python/test_foldwise.py"));
  }

  @ParameterizedTest
  @MethodSource("sparks")
  void estimatorsTrainThroughSparkConnect(PySpark spark) throws Exception {
    assertEquals(0, PythonIT.run(spark.python().toString(), "src/test/python/test_connect.py"));
  }

  private static void assertSame(PySpark spark, Object... options) throws Exception {
    Object[] words =
        Stream.of(Stream.of("search"), Stream.of(options), Stream.of("--json", "--quiet"))
            .flatMap(each -> each)
            .toArray();
    JsonNode expected = EXPECTED.get(List.of(words).toString());
    if (expected == null) {
      expected = Script.foldwise().run(words).succeeded().json();
      EXPECTED.put(List.of(words).toString(), expected);
    }
    Script.Ended ended = main(spark).run(words);
    assertEquals(0, ended.status(), ended.err());
    for (String part : List.of("chosen", "cv", "model", "test")) {
      assertEquals(expected.get(part), ended.json().get(part), part);
    }
  }
}
