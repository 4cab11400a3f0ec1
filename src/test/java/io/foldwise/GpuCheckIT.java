package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/gpu-check} where it is built and where it is carried to, without a GPU. */
final class GpuCheckIT {
  @TempDir private Path folder;

  @Test
  void aBundleChecksWithoutJavaOrMaven() throws Exception {
    // jlink makes the bundle's Java of the modules of a JDK, which some are packaged without.
    assumeTrue(Files.isDirectory(Path.of(System.getProperty("java.home"), "jmods")), "no jlink");
    Path bundle = folder.resolve("a bundle");
    Path rapids = Files.createFile(folder.resolve("rapids.jar"));
    Script.Ended made =
        Script.gpuCheck()
            .runUnder(List.of("FOLDWISE_RAPIDS_JAR=" + rapids), "--bundle", bundle)
            .succeeded();
    assertTrue(made.out().startsWith(bundle + ": "), made.out());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Script.Ended checked =
        new Script(bundle.resolve("submit/gpu-check"), elsewhere)
            .runUnder(
                List.of("-i", "PATH=/usr/bin:/bin"),
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
        Script.gpuCheck().runUnder(List.of("FOLDWISE_RAPIDS_JAR=none.jar"), "--bundle", bundle);
    refused.assertRefused("gpu-check: 'FOLDWISE_RAPIDS_JAR' (none.jar) must be a jar");
    assertFalse(Files.exists(bundle));
  }
}
