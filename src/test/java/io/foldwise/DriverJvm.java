package io.foldwise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A driver on a local master, in a JVM of its own and without spark-submit. */
record DriverJvm(String classPath, String main, Path directory) {
  Script.Ended run(Object... words) throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-Xmx1g",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dlog4j2.configurationFile=" + Script.ROOT.resolve("conf/log4j2.properties"),
            "-cp",
            classPath,
            main);
    Object[] all =
        Stream.of(
                Arrays.stream(JavaModuleOptions.defaultModuleOptionArray()),
                options.stream(),
                Arrays.stream(words))
            .flatMap(each -> each)
            .toArray();
    return new Script(Path.of(System.getProperty("java.home"), "bin/java"), directory).run(all);
  }
}
