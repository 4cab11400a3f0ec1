package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final UnknownWord NONE = new UnknownWord(List.of());

  @TempDir Path folder;

  private Settings settings(String yaml, String... words) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), yaml);
    String[] args =
        Stream.concat(Stream.of("search", "--config", file.toString()), Stream.of(words))
            .toArray(String[]::new);
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Settings none = new Settings(Map.of(), Map.of());
    return Invocation.parse(
            List.of(new SearchCommand(), new GenerateCommand()),
            args,
            Console.of(nowhere, nowhere, none))
        .orElseThrow()
        .settings();
  }

  private static List<Object> values(Settings settings, Axis axis) {
    return new GridArguments(settings)
        .grid().candidates(new Squared(), 1000).stream()
            .map(Candidate::values)
            .map(v -> v.get(axis))
            .toList();
  }

  private String refusal(String yaml) {
    return assertThrows(InvalidInputException.class, () -> settings(yaml)).getMessage();
  }

  @Test
  void theCommandLineWins() throws IOException {
    Settings settings = settings("folds: 7\nseed: 3\njson: true\n", "--folds", "4");
    assertEquals("4", settings.required(Options.FOLDS));
    assertEquals("3", settings.required(Options.SEED));
    assertTrue(settings.flag(Options.JSON));
    assertFalse(settings.flag(Options.QUIET));
  }

  /** As --data and --out, by whatever file system a path names. */
  @Test
  void aFileIsReadFromAnyFileSystemOfHadoop() throws IOException {
    Path file = Files.writeString(folder.resolve("far.yaml"), "data: ../data/x.csv\nfolds: 3\n");
    Map<String, Option> options = Map.of("data", Options.DATA, "folds", Options.FOLDS);
    Map<String, String> expected =
        Map.of("data", folder.resolveSibling("data/x.csv").toString(), "folds", "3");
    assertEquals(expected, ConfigFile.read(file.toString(), options, NONE));
    assertEquals(expected, ConfigFile.read(file.toUri().toString(), options, NONE));
    System.setProperty("spark.hadoop.fs.viewfs.mounttable.tests.linkFallback", "file:///");
    Map<String, String> linked = ConfigFile.read("viewfs://tests" + file, options, NONE);
    System.clearProperty("spark.hadoop.fs.viewfs.mounttable.tests.linkFallback");
    assertEquals("viewfs://tests" + folder.resolveSibling("data/x.csv"), linked.get("data"));
    assertEquals(
        "'config' (s4://bucket/x.yaml) cannot be read: No FileSystem for scheme \"s4\"",
        assertThrows(
                InvalidInputException.class,
                () -> ConfigFile.read("s4://bucket/x.yaml", options, NONE))
            .getMessage());
  }

  @Test
  void relativePathsStartAtTheFile() throws IOException {
    Settings settings =
        settings("data: ../data/x.csv\ntest-data: /abs/t.csv\nout: hdfs://h/run\ninit: zeros\n");
    assertEquals(folder.resolveSibling("data/x.csv").toString(), settings.required(Options.DATA));
    assertEquals("/abs/t.csv", settings.required(Options.TEST_DATA));
    assertEquals("hdfs://h/run", settings.required(Options.OUT));
    assertEquals("zeros", settings.required(Options.INIT));
  }

  @Test
  void pathsOnTheCommandLineStartAtTheWorkingDirectory() throws IOException {
    assertEquals("x.csv", settings("folds: 3", "--data", "x.csv").required(Options.DATA));
  }

  @Test
  void theGridMayBeATextOrAMap() throws IOException {
    List<Object> degrees = List.of(1L, 2L, 3L);
    assertEquals(degrees, values(settings("grid: degree=1..3\n"), Axis.DEGREE));
    assertEquals(degrees, values(settings("grid:\n  degree: 1..3\n"), Axis.DEGREE));
    assertEquals(degrees, values(settings("grid:\n  degree: [1, 2, 3]\n  l2: 0\n"), Axis.DEGREE));
    assertEquals(degrees, values(settings("degree: [1, 2, 3]\n"), Axis.DEGREE));
  }

  @Test
  void anOptionBeatsItsAxisInTheFilesGrid() throws IOException {
    Settings settings = settings("grid:\n  degree: 1..3\n  l2: [0, 0.5]\n", "--degree", "2");
    assertEquals(List.of(2L, 2L), values(settings, Axis.DEGREE));
    assertEquals(List.of(0.0, 0.5), values(settings, Axis.L2));
  }

  @Test
  void aGridOnTheCommandLineBeatsTheFilesOption() throws IOException {
    Settings settings = settings("degree: 5\n", "--grid", "degree=1,2");
    assertEquals(List.of(1L, 2L), values(settings, Axis.DEGREE));
  }

  @Test
  void anAxisStandsOnceInAFile() throws IOException {
    Settings settings = settings("degree: 5\ngrid: degree=1,2\n");
    assertEquals(
        "'degree' is given both in 'grid' and as an option of its own: keep one",
        assertThrows(InvalidInputException.class, () -> values(settings, Axis.DEGREE))
            .getMessage());
  }

  @Test
  void theCommandLinesOptionDisplacesAnExcludedOneOfTheFile() throws IOException {
    Settings settings =
        settings("data: x.csv\nfolds: 3\ntest-fraction: 0.2\n", "--fold-column", "part");
    assertEquals(
        "column", new DataArguments(settings).folds(1, Loss.squared()).strategy().option());
  }

  @Test
  void anUnknownKeyIsRefusedWithItsLine() {
    assertEquals(
        folder.resolve("run.yaml") + ":3: unknown option 'foldz': did you mean folds?",
        refusal("folds: 3\n# so far so good\nfoldz: 4\n"));
  }

  @Test
  void aKeyOfAnotherCommandIsPassedOver() throws IOException {
    assertTrue(settings("function: linear\nfolds: 3\n").text(Options.FUNCTION).isEmpty());
  }

  @Test
  void aKeyStandsOnce() {
    assertEquals(
        folder.resolve("run.yaml") + ":2: 'folds' stands twice: keep one",
        refusal("folds: 3\nfolds: 4\n"));
  }

  @Test
  void aFlagIsTrueOrFalse() throws IOException {
    Settings settings = settings("quiet: maybe\n");
    assertEquals(
        "'quiet' (maybe) must be true or false",
        assertThrows(InvalidInputException.class, () -> settings.flag(Options.QUIET)).getMessage());
  }

  @Test
  void aValueIsNoMap() {
    assertEquals(
        folder.resolve("run.yaml") + ":1: 'data' must be a value or a list of values",
        refusal("data:\n  path: x.csv\n"));
  }

  @Test
  void textThatIsNoYamlIsRefused() {
    String yaml = folder.resolve("run.yaml").toString();
    assertEquals(
        yaml + ":3: not YAML: expected ',' or ']', but got :",
        refusal("seed: 1\nfolds: [1, 2\nlabel: y\n"));
    assertEquals(
        yaml
            + ":2: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
            + " \\t(TAB) for indentation)",
        refusal("grid:\n\tdegree: 1..3\n"));
    for (String text : List.of("- a\n", "folds:3\n")) {
      assertEquals(
          yaml + ":1: must hold lines of 'option: value', with a blank after the colon",
          refusal(text));
    }
  }

  @Test
  void anAxisInAFileIsRefusedWithItsOwnLine() {
    String yaml = folder.resolve("run.yaml").toString();
    assertEquals(
        yaml + ":4: 'grid' has no axis 'lr': here it is learning-rate",
        refusal("folds: 3\ngrid:\n  l2: 0\n  lr: [0.1]\n"));
    assertEquals(
        yaml + ":3: 'l2' stands twice: keep one", refusal("grid:\n  l2: 0\n  l2: [0.1]\n"));
    assertEquals(
        yaml + ":2: 'l2' must be a value or a list of values", refusal("grid:\n  l2: {a: 1}\n"));
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertEquals(
        folder.resolve("run.yaml")
            + ":3: a second document starts here: keep one, without '---' between them",
        refusal("folds: 3\n---\nfolds: 4\n"));
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertTrue(settings("# nothing\n").text(Options.DATA).isEmpty());
  }

  @Test
  void aMissingFileIsRefused() {
    Outcome.of("search", "--config", folder.resolve("no.yaml"))
        .assertRefused(
            2, "'config' (" + folder.resolve("no.yaml") + "): no such file: check the path");
  }
}
