package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script of {@code submit/}, run as a person runs it, with no Spark of that person's own.
 *
 * @param path the script
 * @param directory where it is run from
 * @param input what stands on its standard input
 */
record Script(Path path, Path directory, String input) {
  static final Path ROOT = Path.of("").toAbsolutePath();

  private static final Path ENV = Path.of("/usr/bin/env");
  private static final int MINUTES = 5;
  private static final List<String> OF_A_PERSON =
      List.of(
          "SPARK_HOME",
          "SPARK_CONF_DIR",
          "SPARK_SUBMIT_OPTS",
          "SPARK_LOCAL_IP",
          "MASTER",
          "FOLDWISE_RAPIDS_JAR");

  static Script foldwise() {
    return new Script(ROOT.resolve("submit/foldwise"), ROOT);
  }

  static Script standalone() {
    return new Script(ROOT.resolve("submit/standalone"), ROOT);
  }

  static Script gpuCheck() {
    return new Script(ROOT.resolve("submit/gpu-check"), ROOT);
  }

  Script(Path path, Path directory) {
    this(path, directory, "");
  }

  Script from(Path other) {
    return new Script(path, other, input);
  }

  Script reading(String text) {
    return new Script(path, directory, text);
  }

  /**
   * The same by way of env(1), with what that is given before the script: {@code NAME=value}, -i.
   */
  Ended runUnder(List<?> env, Object... words) throws IOException, InterruptedException {
    Stream<?> command = Stream.concat(env.stream(), Stream.of(path));
    return new Script(ENV, directory).run(Stream.concat(command, Stream.of(words)).toArray());
  }

  /** Waits for its end. */
  Ended run(Object... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile("script", ".out");
    Path err = Files.createTempFile("script", ".err");
    try {
      int status = status(out, err, words);
      return new Ended(status, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private int status(Path out, Path err, Object... words) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(path), Arrays.stream(words)).map(String::valueOf).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(OF_A_PERSON);
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
    }
    return process.waitFor();
  }

  /** What came of it. */
  record Ended(int status, String out, String err) {

    /** Asserts success without a word on standard error, and gives this back. */
    Ended succeeded() {
      assertEquals("", err);
      assertEquals(0, status);
      return this;
    }

    /** Asserts that all it did was to print one line on standard error. */
    void assertRefused(String start) {
      assertTrue(err.startsWith(start), err);
      assertEquals(1, err.lines().count(), err);
      assertEquals("", out);
      assertEquals(2, status);
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }
}
