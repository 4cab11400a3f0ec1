package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with the folders of runs: their reports written again, and runs compared. */
final class SavedRunsTest {
  @TempDir Path folder;

  private Path run(String name, Object... more) {
    Path out = folder.resolve(name);
    Outcome.of(
            Stream.concat(
                    Stream.of("search", "--data", "data/diabetes.csv", "--label", "target"),
                    Stream.concat(Stream.of(more), Stream.of("--out", out)))
                .toArray())
        .succeeded();
    return out;
  }

  @Test
  void aReportIsWrittenAgainFromItself() throws IOException {
    Path out = run("run", "--grid", "l2=0,1");
    Path page = out.resolve("report.html");
    String before = Files.readString(page);
    Files.writeString(page, before.replace("Skip to the answer", "an earlier version's words"));
    Outcome again = Outcome.of("report", out).succeeded();
    assertEquals("report    " + page + System.lineSeparator(), again.out());
    assertEquals(before, Files.readString(page));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(6, files.count(), "no scratch file is left");
    }
  }

  @Test
  void whatIsNoRunIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Outcome.of("report", empty)
        .assertRefused(
            2, "'DIR' (" + empty + ") must be the folder of a run, with report.html in it");
    Outcome.of("report").assertRefused(2, "'report' needs the folder of one run: write report DIR");
    Files.writeString(empty.resolve("report.html"), "<html></html>");
    Outcome.of("report", empty)
        .assertRefused(2, "'DIR' (" + empty + ") holds a report.html that foldwise did not write");
    Outcome.of("compare", empty)
        .assertRefused(2, "'compare' needs the folders of two runs or more: write compare DIR DIR");
    Files.writeString(empty.resolve("result.json"), "{\n\"chosen\": 1}");
    Outcome.of("compare", empty, empty)
        .assertRefused(2, "'DIR' (" + empty + ") holds a result.json that foldwise did not write");
    Files.writeString(empty.resolve("result.json"), "{\n\"chosen\": ");
    Outcome.of("compare", empty, empty)
        .assertRefused(2, "'DIR' (" + empty + ") holds a result.json that is not JSON, line 2");
  }

  @Test
  void runsOfTheSameFoldsAreComparedFoldByFold() throws IOException {
    Path plain = run("plain", "--optimizer", "exact");
    Path ridge = run("ridge", "--optimizer", "exact", "--l2", 100);
    Path other = run("other", "--optimizer", "exact", "--seed", 7);
    Outcome told = Outcome.of("compare", ridge, plain, other).succeeded();
    List<String> lines = told.out().lines().toList();
    assertTrue(lines.get(2).startsWith("* " + plain), told.out());
    JsonNode runs = Outcome.of("compare", ridge, plain, other, "--json").succeeded().json();
    JsonNode difference = runs.at("/runs/0/fromTheBest");
    double[] by =
        IntStream.range(0, 5)
            .mapToDouble(
                fold ->
                    runs.at("/runs/0/cv/folds").get(fold).asDouble()
                        - runs.at("/runs/1/cv/folds").get(fold).asDouble())
            .toArray();
    double mean = IntStream.range(0, 5).mapToDouble(fold -> by[fold]).sum() / 5;
    double squares = IntStream.range(0, 5).mapToDouble(f -> (by[f] - mean) * (by[f] - mean)).sum();
    assertEquals(mean, difference.get("mean").asDouble(), 1e-9 * mean);
    assertEquals(
        Math.sqrt(squares / 4 / 5), difference.get("standardError").asDouble(), 1e-9 * mean);
    assertTrue(runs.at("/runs/2/fromTheBest").isMissingNode(), "its folds are others");
  }

  @Test
  void runsOfOtherDataHaveNoBest() {
    Path one = run("one", "--optimizer", "exact");
    Path two = folder.resolve("two");
    Outcome.of("search", "--data", "data/linear.pkl", "--out", two).succeeded();
    Outcome told = Outcome.of("compare", one, two);
    assertEquals(
        "note: the runs are of different data or metrics: their scores do not compare",
        told.err().strip());
    assertTrue(told.out().lines().noneMatch(line -> line.startsWith("*")), told.out());
  }

  @Test
  void helpOfAnUnknownCommandSaysWhichThereAre() {
    Outcome told = Outcome.of("help", "serach");
    assertEquals(2, told.status());
    assertTrue(told.err().contains("did you mean 'search'?"), told.err());
  }
}
