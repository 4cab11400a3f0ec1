package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/foldwise} as a person meets it. */
final class SubmitIT {
  @TempDir private Path folder;

  /** The first start prepares faster ones, and says so. */
  @BeforeAll
  static void start() throws Exception {
    assertEquals(0, Script.foldwise().run("inspect", "--data", "data/linear.pkl").status());
  }

  @Test
  void aBadOptionIsOneLineAndStatusTwo() throws Exception {
    Script foldwise = Script.foldwise();
    foldwise.run("search", "--fold", "5").assertRefused("foldwise: ");
    foldwise.run("--mater", "local[1]", "search").assertRefused("foldwise: '--mater'");
    foldwise.run("--driver-memory").assertRefused("foldwise: '--driver-memory' needs a value");
  }

  @Test
  void aFailedRunLeavesNothingBehind() throws Exception {
    Files.writeString(folder.resolve("data.csv"), "x,y\n1,2\n2,\n3,4\n");
    Script.foldwise()
        .from(folder)
        .run("search", "--data", "data.csv", "--folds", 2, "--out", "run")
        .assertRefused("foldwise: ");
    assertFalse(Files.exists(folder.resolve("run")));
  }

  /** As a terminal does it, which sends the signal to all that run there. */
  @Test
  void aRunThatIsInterruptedSaysSoAndLeavesNothingBehind() throws Exception {
    Path data = Script.ROOT.resolve("data/diabetes.csv");
    Path said = folder.resolve("said.txt");
    Process run =
        new ProcessBuilder(
                "/usr/bin/env",
                "--default-signal=INT",
                Script.foldwise().path().toString(),
                "search",
                "--data",
                data.toString(),
                "--label",
                "target",
                "--loss",
                "huber",
                "--epochs",
                "10000000",
                "--verbose",
                "--out",
                "run")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    while (run.isAlive() && !Files.readString(said).contains("training on")) {
      Thread.sleep(100);
    }
    Thread.sleep(3000);
    new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();
    assertTrue(run.waitFor(30, TimeUnit.SECONDS));
    String text = Files.readString(said);
    assertEquals(130, run.exitValue(), text);
    assertEquals(
        1, text.lines().filter(line -> line.equals("foldwise: interrupted")).count(), text);
    assertFalse(text.contains("Exception"), text);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(said), left.toList());
    }
  }

  @Test
  void pathsStartWhereItIsCalled() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("a b"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Script.foldwise().path());
    Files.writeString(folder.resolve("data.csv"), line());
    Script.Ended run =
        new Script(link, inner)
            .run("search", "--data", "../data.csv", "--optimizer", "exact", "--out", "run")
            .succeeded();
    assertTrue(run.out().contains("y = 1 + 2 x"), run.out());
    assertTrue(Files.exists(inner.resolve("run/result.json")));
  }

  /** Of a jar without the plugin: so it is with a GPU too. */
  @Test
  void aGpuOutOfReachIsRefusedOnlyWhereItIsAskedFor() throws Exception {
    Files.writeString(folder.resolve("data.csv"), line());
    Files.createFile(folder.resolve("rapids.jar"));
    Script.Ended run =
        withJar("rapids.jar", "--gpu", "search", "--data", "data.csv", "--optimizer", "exact")
            .succeeded();
    assertTrue(run.out().contains("y = 1 + 2 x"), run.out());
    withJar("rapids.jar", "--gpu", "search", "--data", "data.csv", "--device", "gpu")
        .assertRefused("foldwise: 'device' (gpu) is out of reach: no ");
  }

  @Test
  void theGpuOptionIsChecked() throws Exception {
    Script.foldwise().run("--gpu", "--gpu", "search").assertRefused("foldwise: '--gpu' is given");
    Script.foldwise()
        .run("--gpu", "--master", "mesos://h:1", "search")
        .assertRefused("foldwise: '--gpu' knows no settings for 'mesos://h:1'");
    withJar("none.jar", "--gpu", "search")
        .assertRefused("foldwise: 'FOLDWISE_RAPIDS_JAR' (none.jar) must be a jar");
  }

  /** The jar that is named does not exist: whatever wanted it would be refused. */
  @Test
  void helpNeedsNoJarOfAGpu() throws Exception {
    String help = withJar("none.jar", "--gpu", "search", "--help").succeeded().out();
    assertTrue(help.startsWith("Usage: foldwise search"), help);
    assertEquals(help, withJar("none.jar", "--gpu", "help", "search").succeeded().out());
    assertTrue(withJar("none.jar", "--gpu", "--version").succeeded().out().startsWith("foldwise "));
  }

  private Script.Ended withJar(String jar, Object... words) throws Exception {
    return Script.foldwise().from(folder).runUnder(List.of("FOLDWISE_RAPIDS_JAR=" + jar), words);
  }

  private static String line() throws IOException {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int x = 0; x < 20; x++) {
      csv.append(x).append(',').append(1 + 2 * x).append('\n');
    }
    return csv.toString();
  }
}
