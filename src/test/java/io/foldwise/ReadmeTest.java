package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README, compiled and run as it stands there. */
final class ReadmeTest {
  @TempDir Path folder;

  private static String java() throws Exception {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    String text = block.results().map(piece -> piece.group(1)).collect(Collectors.joining("\n"));
    assertTrue(!text.isEmpty(), "README.md holds Java");
    return text;
  }

  /** Its imports before a class, its statements in a method of it. */
  private static String source(String text) {
    String imports = lines(text, true);
    return imports
        + "\npublic class Reader {\n  public static void read(org.apache.spark.sql.SparkSession spark) {\n"
        + lines(text, false)
        + "\n  }\n}\n";
  }

  private static String lines(String text, boolean imports) {
    return text.lines()
        .filter(line -> line.startsWith("import ") == imports)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void itsJavaRunsAndPrintsWhatItSays() throws Exception {
    String text = java();
    Path file = Files.writeString(folder.resolve("Reader.java"), source(text));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                said,
                said,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
    assertEquals(0, status, said.toString(StandardCharsets.UTF_8));
    String printed = printed();
    Matcher mean = Pattern.compile("candidate: (\\d+)").matcher(text);
    assertTrue(mean.find(), text);
    assertEquals(
        mean.group(1),
        "%.0f".formatted(Double.parseDouble(printed.lines().findFirst().orElseThrow())));
    assertTrue(printed.contains("bmi="), printed);
    Matcher about = Pattern.compile("about (\\d+)").matcher(text);
    assertTrue(about.find(), text);
    List<String> lines = printed.lines().toList();
    assertEquals(
        Double.parseDouble(about.group(1)), Double.parseDouble(lines.get(lines.size() - 1)), 1);
  }

  private String printed() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Reader")
          .getMethod("read", SparkSession.class)
          .invoke(null, TestSpark.session());
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
