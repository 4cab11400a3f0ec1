package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/gpu-check} where it is built and where it is carried to, without a GPU. */
final class GpuCheckIT {
  private static final Path ENV = Path.of("/usr/bin/env");

  @TempDir private Path folder;

  @Test
  void aBundleChecksWithoutJavaOrMaven() throws Exception {
    assumeTrue(Files.isDirectory(Path.of(System.getProperty("java.home"), "jmods")), "no jlink");
    Path bundle = folder.resolve("a bundle");
    Path rapids = Files.createFile(folder.resolve("rapids.jar"));
    Script.Ended made =
        new Script(ENV, Script.ROOT)
            .run("FOLDWISE_RAPIDS_JAR=" + rapids, Script.gpuCheck().path(), "--bundle", bundle)
            .succeeded();
    assertTrue(made.out().startsWith(bundle + ": "), made.out());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Script.Ended checked =
        new Script(ENV, elsewhere)
            .run(
                "-i",
                "PATH=/usr/bin:/bin",
                bundle.resolve("submit/gpu-check"),
                "--on-cpu",
                "--tests",
                "LossColumnsTest",
                "--out",
                "table.md",
                "contracts");
    assertEquals(0, checked.status(), checked.err());
    assertTrue(
        checked.out().contains("(LossColumnsTest): 2 tests passed, 0 failed"), checked.out());
    assertTrue(checked.out().startsWith("**NO GPU TOOK PART"), checked.out());
    assertEquals(Files.readString(elsewhere.resolve("table.md")), checked.out());
  }

  @Test
  void aBundleThatFailsLeavesNothing() throws Exception {
    Path bundle = folder.resolve("bundle");
    Script.Ended refused =
        new Script(ENV, Script.ROOT)
            .run("FOLDWISE_RAPIDS_JAR=none.jar", Script.gpuCheck().path(), "--bundle", bundle);
    refused.assertRefused("gpu-check: 'FOLDWISE_RAPIDS_JAR' (none.jar) must be a jar");
    assertFalse(Files.exists(bundle));
  }
}
