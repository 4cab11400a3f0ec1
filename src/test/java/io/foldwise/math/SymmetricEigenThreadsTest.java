package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** LAPACK's first call sets constants up; it may come from several threads at once. */
final class SymmetricEigenThreadsTest {
  private static final int FRESH_MACHINES = 3;

  /** In fresh virtual machines, since there is one first call in each. */
  @Test
  void firstCallsFromManyThreadsEnd() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (int machine = 0; machine < FRESH_MACHINES; machine++) {
      Process process =
          new ProcessBuilder(
                  java, "-cp", System.getProperty("java.class.path"), FirstCalls.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertTrue(ended, "a decomposition did not end");
      assertEquals(0, process.exitValue());
    }
  }

  /** Decomposes one small matrix on every thread at once. */
  static final class FirstCalls {
    private FirstCalls() {}

    public static void main(String[] arguments) {
      boolean right =
          IntStream.range(0, 64)
              .parallel()
              .mapToDouble(i -> SymmetricEigen.largest(new double[] {2, 1, 1, 2}, 2))
              .allMatch(largest -> Math.abs(largest - 3) < 1e-14);
      System.exit(right ? 0 : 1);
    }
  }
}
