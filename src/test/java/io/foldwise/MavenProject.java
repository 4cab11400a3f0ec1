package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Another project, for this machine's Maven to resolve and build. */
record MavenProject(Path folder) {
  /** A project of a pom and nothing else yet. */
  static MavenProject of(Path folder, String pom) throws IOException {
    Files.writeString(folder.resolve("pom.xml"), pom);
    return new MavenProject(folder);
  }

  /**
   * The class path that Maven gives it.
   *
   * @param scope of its dependencies
   * @param words options, and goals that are reached first
   */
  String classPath(String scope, String... words) throws IOException, InterruptedException {
    Path jars = folder.resolve("jars.txt");
    List<String> listing =
        List.of(
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
            "-DincludeScope=" + scope,
            "-Dmdep.outputFile=" + jars);
    Object[] all =
        Stream.of(Stream.of("mvn", "-B", "-q"), Stream.of(words), listing.stream())
            .flatMap(each -> each)
            .toArray();
    Script.Ended resolved = new Script(Path.of("/usr/bin/env"), folder).run(all);
    assertEquals(0, resolved.status(), resolved.out() + resolved.err());
    return Files.readString(jars).strip();
  }
}
