package io.foldwise.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * NVIDIA's driver, as its own program tells of it.
 *
 * @param program {@code nvidia-smi}, or the path of one
 */
record NvidiaSmi(String program) {

  /** That of the PATH. */
  static NvidiaSmi onPath() {
    return new NvidiaSmi("nvidia-smi");
  }

  /** Name and driver of each card. */
  String cards() {
    List<String> lines = query("name,driver_version");
    return lines.isEmpty()
        ? "no card that nvidia-smi names"
        : String.join("; ", lines.stream().map(NvidiaSmi::card).toList());
  }

  private static String card(String line) {
    int comma = line.lastIndexOf(',');
    return comma < 0
        ? line
        : line.substring(0, comma).strip() + ", driver " + line.substring(comma + 1).strip();
  }

  /** MiB in use on the card that uses most; empty where nvidia-smi names none. */
  OptionalLong usedMebibytes() {
    return query("memory.used").stream()
        .filter(line -> line.matches("[0-9]+"))
        .mapToLong(Long::parseLong)
        .max();
  }

  /** A line a card; empty where there is no such program, or it fails. */
  private List<String> query(String what) {
    try {
      Process process =
          new ProcessBuilder(program, "--query-gpu=" + what, "--format=csv,noheader,nounits")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
          : List.of();
    } catch (IOException noSuchProgram) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
