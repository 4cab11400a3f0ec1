package io.foldwise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * NVIDIA's driver on this machine, as its own program sees it.
 *
 * @param program {@code nvidia-smi}, or the path of one
 * @param patience how long the program may take
 */
record NvidiaDriver(String program, Duration patience) {
  /**
   * A time that is long for a driver that loads at the first question, short for one that never
   * answers.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The driver that the {@code nvidia-smi} of the PATH speaks for. */
  static NvidiaDriver onPath() {
    return new NvidiaDriver("nvidia-smi", PATIENCE);
  }

  /** What stands between this machine and a GPU, in a few words; empty where nothing does. */
  Optional<String> missing() {
    try {
      return missing(new ProcessBuilder(program, "-L").redirectErrorStream(true).start());
    } catch (IOException noSuchProgram) {
      return Optional.of("no NVIDIA driver: nvidia-smi is not on the PATH");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("the search for an NVIDIA GPU was interrupted");
    }
  }

  private Optional<String> missing(Process list) throws IOException, InterruptedException {
    list.getOutputStream().close();
    if (!list.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      list.destroyForcibly();
      return Optional.of(
          "no answer of the NVIDIA driver: nvidia-smi -L takes over %d ms"
              .formatted(patience.toMillis()));
    }
    String text = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (list.exitValue() != 0) {
      return Optional.of(
          "no working NVIDIA driver: nvidia-smi -L ended with status " + list.exitValue());
    }
    return text.lines().anyMatch(line -> line.startsWith("GPU "))
        ? Optional.empty()
        : Optional.of("no NVIDIA GPU: nvidia-smi -L lists none");
  }
}
