package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The Python package's own tests, where a {@code python3} has PySpark. */
class PythonIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  /** The interpreter of {@code .ci/run}, if it is there, else the one of the path. */
  private static String python() {
    Path own = ROOT.resolve("target/python/bin/python3");
    return own.toFile().canExecute() ? own.toString() : "python3";
  }

  /** Runs a Python that finds the package and the built jar; gives its exit status. */
  static int run(String... words) throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder(words).directory(ROOT.toFile()).inheritIO();
    process.environment().remove("SPARK_HOME");
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

  private static boolean hasPySpark() throws InterruptedException {
    try {
      return run(python(), "-c", "import numpy, pandas, pyarrow, pyspark") == 0;
    } catch (IOException none) {
      return false;
    }
  }

  @Test
  void foldwiseIsAtHomeInPython() throws Exception {
    assumeTrue(hasPySpark(), "skipped: python3 has no pyspark, numpy, pandas and pyarrow");
    assertEquals(0, run(python(), "src/test/python/test_foldwise.py"));
  }
}
