package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of more columns than Spark's projections are used for, through the commands. */
class WideCommandsTest {
  private static final int ROWS = 60;
  private static final int FEATURES = 210;

  @TempDir Path folder;
  private Path data;

  /** y = 2 x0 + 1; the others are noise. */
  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(4);
    String names =
        IntStream.range(0, FEATURES).mapToObj(j -> "x" + j).collect(Collectors.joining(","));
    StringBuilder lines = new StringBuilder("id," + names + ",y\n");
    for (int i = 0; i < ROWS; i++) {
      double first = random.nextDouble();
      lines.append("row ").append(i).append(',').append(first);
      for (int j = 1; j < FEATURES; j++) {
        lines.append(',').append(random.nextInt(2));
      }
      lines.append(',').append(2 * first + 1).append('\n');
    }
    data = Files.writeString(folder.resolve("d.csv"), lines);
  }

  @Test
  void aSearchPredictsItsRowsAndItsModelIsScored() throws IOException {
    Path out = folder.resolve("run");
    JsonNode result =
        Outcome.of(
                "search",
                "--data",
                data,
                "--id",
                "id",
                "--optimizer",
                "exact",
                "--l1",
                0.01,
                "--predictions",
                "--out",
                out,
                "--json")
            .succeeded()
            .json();
    assertEquals(FEATURES, result.at("/data/features").asInt());
    assertTrue(result.at("/model/coefficients/x0").asDouble() > 1);
    List<String> predictions = Files.readAllLines(out.resolve("predictions.csv"));
    assertEquals(ROWS + 1, predictions.size());
    assertTrue(predictions.get(1).startsWith("row 0,"), predictions.get(1));
    JsonNode scores =
        Outcome.of("evaluate", "--model", out, "--data", data, "--quiet", "--json")
            .succeeded()
            .json();
    assertEquals(ROWS, scores.get("rows").asInt());
  }
}
