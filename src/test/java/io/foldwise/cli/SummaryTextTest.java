package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads at the end of a run. */
class SummaryTextTest {
  private static final int ROWS = 60;

  @TempDir Path folder;

  /** y = 1 + 2 a + noise, of features a, b, ... */
  private Path data(int features) throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder();
    for (int j = 0; j < features; j++) {
      csv.append((char) ('a' + j)).append(',');
    }
    csv.append("y\n");
    for (int i = 0; i < ROWS; i++) {
      double first = random.nextGaussian();
      csv.append(first).append(',');
      for (int j = 1; j < features; j++) {
        csv.append(random.nextGaussian()).append(',');
      }
      csv.append(1 + 2 * first + 0.1 * random.nextGaussian()).append('\n');
    }
    return Files.writeString(folder.resolve("data.csv"), csv);
  }

  private static String line(Outcome run, String name) {
    return run.succeeded()
        .out()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .map(line -> line.substring(name.length()).strip())
        .orElse("");
  }

  @Test
  void anAutomaticRateIsShownAsTheNumberThatItCameTo() throws IOException {
    Outcome run =
        Outcome.of(
            "search", "--data", data(1), "--grid", "learning-rate=auto,0.01", "--init", "zeros");
    String chosen = line(run, "chosen");
    assertTrue(chosen.matches("learning-rate=0\\.\\d{1,4} \\(auto\\) .*"), chosen);
    assertTrue(run.out().lines().anyMatch(l -> l.matches("\\* 1 +0\\.\\d{1,4} \\(auto\\) .*")));
    assertTrue(run.out().lines().anyMatch(l -> l.matches("  2 +0\\.01 .*")), run.out());
  }

  /** The automatic rates of several degrees differ, and are not what was searched. */
  @Test
  void onlyAxesThatVaryHaveAColumn() throws IOException {
    Outcome run = Outcome.of("search", "--data", data(1), "--degree", "1..2");
    String header =
        run.succeeded().out().lines().filter(l -> l.startsWith("  rank")).findFirst().orElse("");
    assertEquals(
        "rank degree mse std error train mse by epoch", header.strip().replaceAll(" +", " "));
  }

  @Test
  void aChoiceBelowRankOneHasItsReason() throws IOException {
    Path data = data(1);
    Object[] grid = {
      "search", "--data", data, "--grid", "optimizer=exact; l2=0,0.005", "--select", ""
    };
    grid[grid.length - 1] = "one-standard-error";
    Outcome simplest = Outcome.of(grid);
    assertTrue(
        line(simplest, "why")
            .matches(
                "one-standard-error: the simplest within 0\\.\\d+ \\+- 0\\.\\d+, which rank 1 has"),
        simplest.out());
    grid[grid.length - 1] = "best";
    assertEquals("", line(Outcome.of(grid), "why"));
  }

  @Test
  void fifteenCoefficientsAreShownAndAllOnRequest() throws IOException {
    Path fifteen = data(15);
    assertEquals(15, line(exact(fifteen), "model").split(" [+-] ").length - 1);
    Path sixteen = data(16);
    assertTrue(
        line(exact(sixteen), "model").matches("y = \\S+ \\+ 16 terms \\(--verbose shows them\\)"));
    Outcome verbose =
        Outcome.of("fit", "--data", sixteen, "--optimizer", "exact", "--verbose", "--json");
    assertFalse(verbose.out().contains("terms"));
    Outcome told = Outcome.of("fit", "--data", sixteen, "--optimizer", "exact", "--verbose");
    String model =
        told.out().lines().filter(line -> line.startsWith("model")).findFirst().orElse("");
    assertEquals(16, model.split(" [+-] ").length - 1, model);
  }

  private static Outcome exact(Path data) {
    return Outcome.of("fit", "--data", data, "--optimizer", "exact");
  }

  @Test
  void namesOfSeveralWordsStandInBrackets() throws IOException {
    StringBuilder csv = new StringBuilder("living area,beds,price\n");
    for (int i = 0; i < 12; i++) {
      int area = i % 4;
      int beds = i / 4;
      csv.append("%d,%d,%d%n".formatted(area, beds, 5 + 3 * area * area - 2 * area * beds));
    }
    Path data = Files.writeString(folder.resolve("homes.csv"), csv);
    Outcome run =
        Outcome.of(
            "fit", "--data", data, "--label", "price", "--degree", "2", "--optimizer", "exact");
    String model = line(run, "model");
    assertTrue(model.contains(" * [living area]^2"), model);
    assertTrue(model.contains(" * [living area]*beds"), model);
    assertTrue(model.matches(".* \\S+ beds .*"), model);
  }

  @Test
  void theEngineIsNamedInShortAndItsReasonOnRequest() throws IOException {
    Path data = data(1);
    assertEquals("moments (CPU), 1 pass", line(exact(data), "engine"));
    Outcome verbose = Outcome.of("fit", "--data", data, "--optimizer", "exact", "--verbose");
    assertTrue(verbose.out().contains("moments (CPU), 1 pass: squared loss: "), verbose.out());
  }
}
