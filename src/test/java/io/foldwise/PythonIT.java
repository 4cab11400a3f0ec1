package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Python package's own tests, where a {@code python3} has PySpark. */
class PythonIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  /** As in the tests of Java: hardly anything runs often enough to be worth compiling well. */
  private static final String SPARK =
      Stream.of(
              "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
              "spark.driver.host=127.0.0.1",
              "spark.driver.bindAddress=127.0.0.1",
              "spark.ui.enabled=false",
              "spark.sql.shuffle.partitions=2",
              "spark.sql.adaptive.enabled=false",
              "spark.sql.codegen.wholeStage=false",
              "spark.sql.codegen.factoryMode=NO_CODEGEN")
          .map(setting -> "--conf " + setting)
          .collect(Collectors.joining(" ", "--master local[2] ", " pyspark-shell"));

  private static final String LACKING =
      "python3 lacks a package of src/test/python/requirements.txt";

  /** The interpreter of {@code .ci/run}, if it is there, else the one of the path. */
  private static String python() {
    Path own = ROOT.resolve("target/python/bin/python3");
    return own.toFile().canExecute() ? own.toString() : "python3";
  }

  /** Runs a Python that finds the package and the built jar; gives its exit status. */
  static int run(String... words) throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder(words).directory(ROOT.toFile()).inheritIO();
    process.environment().remove("SPARK_HOME");
    process.environment().put("PYSPARK_SUBMIT_ARGS", SPARK);
    process.environment().put("FOLDWISE_ROOT", ROOT.toString());
    process.environment().put("FOLDWISE_JAR", BuiltJar.plain().toString());
    process.environment().put("PYTHONPATH", ROOT.resolve("src/main/python").toString());
    Process started = process.start();
    if (!started.waitFor(10, TimeUnit.MINUTES)) {
      started.destroyForcibly();
      throw new IOException("it ran for ten minutes: " + List.of(words));
    }
    return started.exitValue();
  }

  /** Says in one line why a test is skipped, where it is. */
  @BeforeEach
  void requirePackages() throws InterruptedException {
    boolean hasPackages = hasPackages();
    if (!hasPackages) {
      System.out.println("skipped, of Python: " + LACKING);
    }
    assumeTrue(hasPackages, LACKING);
  }

  private static boolean hasPackages() throws InterruptedException {
    ProcessBuilder imports =
        new ProcessBuilder(
            python(),
            "-c",
            "import ipykernel, matplotlib, nbclient, numpy, pandas, pyarrow, pyspark");
    imports.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return imports.start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  @Test
  void foldwiseIsAtHomeInPython() throws Exception {
    assertEquals(0, run(python(), "src/test/python/test_foldwise.py"));
  }

  @Test
  void theNotebookRuns() throws Exception {
    assertEquals(0, run(python(), "src/test/python/test_notebook.py"));
  }
}
