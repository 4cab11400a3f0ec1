package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/foldwise} as a person meets it. */
final class SubmitIT {
  private static final String INTERRUPTIBLE = "exec env --default-signal=INT ";

  @TempDir private Path folder;

  /** The first start prepares faster ones. */
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
  void aScriptRunsInOneSessionAndEndsAtItsFirstFailure() throws Exception {
    Files.writeString(folder.resolve("data.csv"), line());
    Script.Ended run =
        Script.foldwise()
            .from(folder)
            .reading(
                """
                # two trainings, a slip, and what is not reached
                fit --data data.csv --optimizer exact
                submit/foldwise fit --data "data.csv" \\
                  --optimizer exact --json
                fit --data dat.csv
                inspect --data data.csv
                """)
            .run("shell");
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "foldwise: 'data' (dat.csv): no such file or directory: check the path",
            "foldwise: line 5 of the script failed, and what follows was not run"),
        run.err().lines().toList());
    assertTrue(run.out().contains("y = 1.000 + 2 x"), run.out());
    String json = run.out().substring(run.out().indexOf('{'));
    assertEquals(0, new ObjectMapper().readTree(json).at("/timings/startup").asDouble(), json);
  }

  /**
   * On a terminal, which script(1) makes; its own shell must not be there to get the signal, too. A
   * build in the background ignores the signal, and so would all that it starts.
   */
  @Test
  void theShellOutlivesAFailedAndAnInterruptedCommand() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script(1) is not there");
    Path said = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", INTERRUPTIBLE + Script.foldwise().path(), "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("TERM", "dumb");
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder);
    Files.writeString(folder.resolve("data.csv"), line());
    Process shell = builder.start();
    try (Writer keys = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8)) {
      awaitText(said, "foldwise> ");
      type(keys, "fit --data none.csv\n");
      awaitText(said, "no such file");
      type(keys, "fit --data data.csv --degree 2 --learning-rate 1e-9 --epochs 2000000000\n");
      awaitText(said, "training on 20 rows, 1 s");
      type(keys, "\u0003");
      awaitText(said, "foldwise: interrupted");
      type(keys, "fit --data data.csv --optimizer exact\n");
      awaitText(said, "y = 1.000 + 2 x");
      type(keys, "exit\n");
      assertTrue(shell.waitFor(60, TimeUnit.SECONDS));
    } finally {
      shell.destroy();
    }
    assertEquals(0, shell.exitValue(), Files.readString(said));
    assertTrue(Files.readString(folder.resolve(".foldwise_history")).contains("none.csv"));
  }

  private static void type(Writer keys, String text) throws IOException {
    keys.write(text);
    keys.flush();
  }

  private static void awaitText(Path said, String text) throws Exception {
    for (int look = 0; look < 600; look++) {
      if (Files.readString(said).contains(text)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new TimeoutException(text + " is not in " + Files.readString(said));
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
