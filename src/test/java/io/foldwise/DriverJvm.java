package io.foldwise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A driver on a local master, in a JVM of its own and without spark-submit. */
public record DriverJvm(String classPath, String main, Path directory) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

  Script.Ended run(Object... words) throws IOException, InterruptedException {
    Object[] all = Stream.concat(options(Script.ROOT), Stream.of(words)).toArray();
    return new Script(JAVA, directory).run(all);
  }

  /**
   * The command that runs it.
   *
   * @param root the folder of the project
   */
  public List<String> command(Path root) {
    return Stream.concat(Stream.of(JAVA.toString()), options(root)).toList();
  }

  private Stream<String> options(Path root) {
    return Stream.concat(
        Arrays.stream(JavaModuleOptions.defaultModuleOptionArray()),
        Stream.of(
            "-Xmx1g",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dlog4j2.configurationFile=" + root.resolve("conf/log4j2.properties"),
            "-cp",
            classPath,
            main));
  }
}
