package io.foldwise.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.netlib.lapack.Dlamch;

/**
 * LAPACK fills static constants on its first call, unguarded. In about one of 300 first calls made
 * by two threads at once, the second read zeros and {@code dlascl} looped without end.
 */
final class SymmetricEigenThreadsTest {

  /** In a fresh virtual machine, since there is one first call in each. */
  @Test
  void lapacksConstantsAreSetUpBeforeAnyThreadCallsIt() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), FreshMachine.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended);
    assertEquals(0, process.exitValue(), "the first call would still set them up");
  }

  /** Touches the choice of LAPACK, and calls nothing. */
  static final class FreshMachine {
    private FreshMachine() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
      Class.forName(Netlib.class.getName());
      System.exit(Dlamch.first ? 1 : 0);
    }
  }
}
