package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plain jar in another project of Maven, which names it and Spark alone: compiled there, and
 * run on Spark's own jars.
 */
final class DependantIT {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId><artifactId>dependant</artifactId><version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>io.foldwise</groupId><artifactId>foldwise</artifactId><version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.apache.spark</groupId><artifactId>spark-sql_2.13</artifactId>
            <version>4.0.1</version><scope>provided</scope>
          </dependency>
          <dependency>
            <groupId>org.apache.spark</groupId><artifactId>spark-mllib_2.13</artifactId>
            <version>4.0.1</version><scope>provided</scope>
          </dependency>
        </dependencies>
      </project>
      """;

  private static final String PROGRAM =
      """
      package org.example;

      import io.foldwise.Foldwise;
      import io.foldwise.learn.loss.Loss;
      import io.foldwise.search.SearchResult;
      import org.apache.spark.sql.Dataset;
      import org.apache.spark.sql.Row;
      import org.apache.spark.sql.SparkSession;

      public final class Dependant {
        public static void main(String[] words) {
          SparkSession spark = SparkSession.builder().getOrCreate();
          Dataset<Row> frame =
              spark.range(60).selectExpr("id / 60 AS x").selectExpr("x", "1 + 2 * x - 3 * x * x AS y");
          SearchResult result =
              Foldwise.on(frame)
                  .label("y").features("x")
                  .loss(Loss.squared()).grid("degree=1..2")
                  .folds(3).seed(42)
                  .search();
          System.out.println(result.ranked().size() + " candidates");
          System.out.println("chosen: " + result.refit().model().namedPowers().keySet());
        }
      }
      """;

  @TempDir private static Path folder;
  private static String jars;

  @BeforeAll
  static void compile() throws Exception {
    MavenProject project = MavenProject.of(folder, POM.formatted(BuiltJar.VERSION));
    Path sources = Files.createDirectories(folder.resolve("src/main/java/org/example"));
    Files.writeString(sources.resolve("Dependant.java"), PROGRAM);
    jars =
        project.classPath(
            "runtime",
            "-o",
            "-Dmaven.repo.local=" + repository(),
            "org.apache.maven.plugins:maven-compiler-plugin:3.15.0:compile");
  }

  /**
   * All that the build of Foldwise has fetched, by links, and in the place of Foldwise today's jar:
   * nothing is fetched again, and nothing is written among what is there.
   */
  private static Path repository() throws IOException {
    Path fetched = fetched();
    Path repository = Files.createDirectories(folder.resolve("repository"));
    link(fetched, repository, "io");
    link(fetched.resolve("io"), Files.createDirectory(repository.resolve("io")), "foldwise");
    String version = BuiltJar.VERSION;
    Path home =
        Files.createDirectories(repository.resolve("io/foldwise/foldwise").resolve(version));
    String name = "foldwise-" + version;
    Files.copy(BuiltJar.plain(), home.resolve(name + ".jar"));
    Files.copy(Script.ROOT.resolve("pom.xml"), home.resolve(name + ".pom"));
    return repository;
  }

  /** Before JUnit clears the folder, which warns of every link that leads out of it. */
  @AfterAll
  static void unlink() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("repository"))) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void link(Path from, Path to, String butFor) throws IOException {
    try (Stream<Path> all = Files.list(from)) {
      for (Path one : all.filter(each -> !each.endsWith(butFor)).toList()) {
        Files.createSymbolicLink(to.resolve(one.getFileName()), one);
      }
    }
  }

  /** The local repository of this machine's Maven, which Spark's jars were taken from. */
  private static Path fetched() throws IOException {
    String core = "/org/apache/spark/spark-core_2.13/";
    return Stream.of(spark().split(":"))
        .filter(jar -> jar.contains(core))
        .map(jar -> Path.of(jar.substring(0, jar.indexOf(core))))
        .findFirst()
        .orElseThrow();
  }

  private static String spark() throws IOException {
    return Files.readString(Script.ROOT.resolve("target/classpath.txt")).strip();
  }

  @Test
  void itNeedsNoJarButSparks() throws Exception {
    List<Path> needed = Stream.of(jars.split(":")).map(Path::of).toList();
    assertEquals(List.of(BuiltJar.plain().getFileName()), names(needed));
    assertEquals(-1, Files.mismatch(BuiltJar.plain(), needed.get(0)));
  }

  private static List<Path> names(List<Path> paths) {
    return paths.stream().map(Path::getFileName).toList();
  }

  @Test
  void itsProgramSearches() throws Exception {
    String path = String.join(":", folder.resolve("target/classes").toString(), jars, spark());
    Script.Ended ended = new DriverJvm(path, "org.example.Dependant", folder).run();
    assertEquals(0, ended.status(), ended.err());
    assertTrue(ended.out().contains("2 candidates"), ended.out());
    assertTrue(ended.out().contains("chosen: [x, x^2]"), ended.out());
  }
}
