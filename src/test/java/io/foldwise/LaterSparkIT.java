package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar as it is, compiled against Spark 4.0, on the jars of Spark 4.1, which Maven
 * fetches: on request, by -Dlater-spark=true.
 */
@EnabledIfSystemProperty(named = "later-spark", matches = "true")
final class LaterSparkIT {
  private static final String VERSION = "4.1.0";
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>io.foldwise</groupId><artifactId>later-spark</artifactId><version>1</version>
        <dependencies>
          <!-- That of Spark's own distribution; older ones are nearer. -->
          <dependency>
            <groupId>org.scala-lang</groupId><artifactId>scala-library</artifactId>
            <version>2.13.17</version>
          </dependency>
          <dependency>
            <groupId>org.apache.spark</groupId><artifactId>spark-mllib_2.13</artifactId>
            <version>%s</version>
          </dependency>
        </dependencies>
      </project>
      """;

  @TempDir private static Path folder;
  private static DriverJvm later;

  @BeforeAll
  static void resolve() throws Exception {
    // The first run of a build says that it prepares faster starts.
    Script.foldwise().run("inspect", "--data", "data/linear.pkl");
    String path = MavenProject.of(folder, POM.formatted(VERSION)).classPath("compile");
    assertTrue(path.contains("spark-core_2.13-" + VERSION + ".jar"), path);
    later = new DriverJvm(BuiltJar.all() + ":" + path, Main.class.getName(), Script.ROOT);
  }

  /** From moments, and over rows that move from task to task, with ranks. */
  @Test
  void searchesFindTheSame() throws Exception {
    assertSame("--config", "conf/quiz.yaml", "--repeats", 1);
    assertSame(
        "--config", "conf/cancer.yaml", "--movement", "rotate", "--epochs", 2, "--metric", "auc");
  }

  /** Rows that are packed by way of classes of Spark that are not public. */
  @Test
  void wideRowsAreReadAlike() throws Exception {
    Path wide = folder.resolve("wide.csv");
    Script.foldwise().run("generate", "--rows", 60, "--features", 220, "--out", wide).succeeded();
    assertSame("--data", wide, "--label", "y", "--grid", "l2=0.1,1", "--epochs", 5);
  }

  @Test
  void aModelIsReadAgain() throws Exception {
    Path run = folder.resolve("line");
    Script.Ended fit = later.run("fit", "--data", "data/linear.pkl", "--out", run, "--quiet");
    assertEquals(0, fit.status(), fit.err());
    Script.Ended scored = later.run("evaluate", "--model", run, "--data", "data/linear.pkl");
    assertEquals(0, scored.status(), scored.err());
    assertTrue(scored.out().contains("rmse"), scored.out());
  }

  private static void assertSame(Object... options) throws Exception {
    Object[] words =
        Stream.of(Stream.of("search"), Stream.of(options), Stream.of("--json", "--quiet"))
            .flatMap(each -> each)
            .toArray();
    JsonNode expected = Script.foldwise().run(words).succeeded().json();
    Script.Ended ended = later.run(words);
    assertEquals(0, ended.status(), ended.err());
    for (String part : List.of("chosen", "cv", "model", "test")) {
      assertEquals(expected.get(part), ended.json().get(part), part);
    }
  }
}
