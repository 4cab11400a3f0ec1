package io.foldwise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit/gpu-check} refuses before it builds or starts anything. */
class GpuCheckTest {
  @TempDir private Path folder;

  @Test
  void aHostWithoutCardsIsRefused() throws Exception {
    smi("exit 9");
    run("--quick").assertRefused("gpu-check: no GPU here");
    smi("true");
    run().assertRefused("gpu-check: no GPU here");
  }

  @Test
  void aBundleGoesToAnEmptyFolder() throws Exception {
    run("--bundle").assertRefused("gpu-check: '--bundle' takes a folder");
    run("--bundle", "").assertRefused("gpu-check: '--bundle' () must be");
    run("--quick", "--bundle", folder).assertRefused("gpu-check: '--bundle' takes a folder");
    run("--bundle", folder, "--quick").assertRefused("gpu-check: '--bundle' takes a folder");
    Files.writeString(folder.resolve("here already"), "");
    run("--bundle", folder).assertRefused("gpu-check: '--bundle' (" + folder + ") must be");
    Path file = folder.resolve("here already");
    run("--bundle", file).assertRefused("gpu-check: '--bundle' (" + file + ") must be");
  }

  @Test
  void aJavaWithoutModulesMakesNoBundle() throws Exception {
    program(Files.createDirectories(folder.resolve("jre/bin")).resolve("java"), "true");
    Script.gpuCheck()
        .from(folder)
        .runUnder(List.of("JAVA_HOME=" + folder.resolve("jre")), "--bundle", folder.resolve("new"))
        .assertRefused("gpu-check: '--bundle' needs a JDK with its jmods");
  }

  private Script.Ended run(Object... words) throws IOException, InterruptedException {
    String path = "PATH=" + folder + ":" + System.getenv("PATH");
    return Script.gpuCheck().from(folder).runUnder(List.of(path), words);
  }

  private void smi(String body) throws IOException {
    program(folder.resolve("nvidia-smi"), body);
  }

  private static void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n").toFile().setExecutable(true);
  }
}
