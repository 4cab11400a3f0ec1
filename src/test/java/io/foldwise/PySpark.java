package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A release of Spark as pip brings it, with its jars and its Python, in an environment of its own.
 */
record PySpark(String version) {
  private Path home() {
    return Script.ROOT.resolve("target/spark").resolve(version);
  }

  Path python() {
    return home().resolve("bin/python3");
  }

  /** Makes the environment, unless it is there: half a gigabyte from pip. */
  void install() throws IOException, InterruptedException {
    Path ready = home().resolve("installed");
    if (Files.exists(ready)) {
      return;
    }
    run(Path.of("/usr/bin/env"), "python3", "-m", "venv", home());
    Object[] packages =
        Stream.concat(
                Stream.of("-m", "pip", "install", "-q", "pyspark[connect]==" + version),
                Files.readAllLines(Script.ROOT.resolve("src/test/python/requirements.txt")).stream()
                    .filter(line -> !line.startsWith("pyspark")))
            .toArray();
    run(python(), packages);
    Files.createFile(ready);
  }

  private static void run(Path program, Object... words) throws IOException, InterruptedException {
    Script.Ended ended = new Script(program, Script.ROOT).run(words);
    assertEquals(0, ended.status(), ended.err());
  }

  /** The class path of its jars. */
  String jars() throws IOException {
    try (Stream<Path> files =
        Files.find(home(), 6, (path, facts) -> path.endsWith("pyspark/jars"))) {
      return files.findFirst().orElseThrow() + "/*";
    }
  }

  @Override
  public String toString() {
    return "Spark " + version;
  }
}
