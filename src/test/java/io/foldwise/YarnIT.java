package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What YARN makes of an end in cluster mode: of the exit status, not by a cluster. */
final class YarnIT {
  @TempDir private Path folder;

  @Test
  void aRunThatIsDoneReturnsWithSparkStopped() throws Exception {
    Script.Ended run =
        called(
            "fit",
            "--data",
            Script.ROOT.resolve("data/linear.pkl"),
            "--out",
            folder.resolve("run"));
    assertTrue(run.out().endsWith("SUCCEEDED, Spark stopped: true\n"), run.out() + run.err());
    assertEquals(0, run.status());
    assertTrue(Files.exists(folder.resolve("run/result.json")));
  }

  @Test
  void aRefusalIsToldToSparkWithItsStatus() throws Exception {
    Script.Ended run = called("fit", "--data", folder.resolve("none.csv"));
    assertEquals("FAILED, status 2\n", run.out());
    assertTrue(run.err().contains("foldwise: 'data' ("), run.err());
    assertEquals(0, run.status());
  }

  private Script.Ended called(Object... words) throws Exception {
    String jars = Files.readString(Script.ROOT.resolve("target/test-classpath.txt")).strip();
    Path target = Script.ROOT.resolve("target");
    String classes = target.resolve("test-classes") + ":" + target.resolve("classes") + ":" + jars;
    return new DriverJvm(classes, ApplicationMasterLike.class.getName(), folder).run(words);
  }
}
