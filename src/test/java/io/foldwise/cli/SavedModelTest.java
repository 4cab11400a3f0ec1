package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run left behind, used by the next command. */
class SavedModelTest {
  private static final int ROWS = 60;

  @TempDir Path folder;
  private Path data;
  private Path out;

  /** y = 3 − 2x + x² + noise; c is constant. */
  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("x,c,y\n");
    for (int i = 0; i < ROWS; i++) {
      double x = 4 * random.nextDouble() - 2;
      double y = 3 - 2 * x + x * x + 0.1 * random.nextGaussian();
      csv.append(x).append(",7,").append(y).append('\n');
    }
    data = Files.writeString(folder.resolve("data.csv"), csv);
    out = folder.resolve("run");
  }

  private Outcome search(Object... more) {
    return Outcome.of(
        Stream.concat(Stream.of("search", "--data", data, "--features", "x"), Stream.of(more))
            .toArray());
  }

  private static List<String[]> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
  }

  @Test
  void theSavedModelHasTheRunsTestScore() throws IOException {
    Object[] test = {"--test-fraction", "0.25", "--seed", "7"};
    JsonNode result =
        search(
                Stream.concat(Stream.of(test), Stream.of("--degree", "2", "--out", out, "--json"))
                    .toArray())
            .succeeded()
            .json();
    Outcome score =
        Outcome.of(
                Stream.concat(
                        Stream.of("evaluate", "--model", out, "--data", data, "--json"),
                        Stream.of(test))
                    .toArray())
            .succeeded();
    assertEquals(result.at("/test/rows").asInt(), score.json().get("rows").asInt());
    for (String metric : List.of("mse", "rmse", "mae", "r2")) {
      double expected = result.get("test").get(metric).asDouble();
      assertEquals(expected, score.json().get(metric).asDouble(), 1e-12 * Math.abs(expected));
    }
  }

  @Test
  void rowsThatTheModelWasTrainedOnAreSaidWithTheirScore() throws IOException {
    Object[] test = {"--test-fraction", "0.25", "--test-split", "tail"};
    search(Stream.concat(Stream.of(test), Stream.of("--out", out, "--quiet")).toArray())
        .succeeded();
    Object[] evaluate = {"evaluate", "--model", out, "--data", data};
    Outcome all = Outcome.of(evaluate);
    assertEquals(
        "note: 45 of 60 rows have the features and label of a row that the model was trained on:"
            + " this score is too good for unseen rows"
            + System.lineSeparator(),
        all.err());
    assertEquals(0, all.status());
    Outcome.of(Stream.concat(Stream.of(evaluate), Stream.of(test)).toArray()).succeeded();
    Files.delete(out.resolve("model/rows/part-00000"));
    Outcome.of(evaluate).succeeded();
  }

  @Test
  void predictionsStandBesideTheInput() throws IOException {
    search("--optimizer", "exact", "--degree", "2", "--out", out, "--quiet").succeeded();
    Path predictions = folder.resolve("predictions.csv");
    Outcome.of("predict", "--model", out, "--data", data, "--out", predictions).succeeded();
    List<String[]> rows = rows(predictions);
    assertEquals(ROWS + 1, rows.size());
    assertEquals("x,c,y,prediction", String.join(",", rows.get(0)));
    int y = List.of(rows.get(0)).indexOf("y");
    assertEquals("7", rows.get(1)[List.of(rows.get(0)).indexOf("c")]);
    for (String[] row : rows.subList(1, rows.size())) {
      assertEquals(Double.parseDouble(row[y]), Double.parseDouble(row[row.length - 1]), 0.5);
    }
    Outcome.of("predict", "--model", out, "--data", data, "--out", predictions)
        .assertRefused(2, "'out' (" + predictions + ") exists: choose another or add --overwrite");
  }

  @Test
  void wholeNumbersArePredictedAsTheyStood() throws IOException {
    search("--optimizer", "exact", "--out", out, "--quiet").succeeded();
    Path more = folder.resolve("more.csv");
    Files.writeString(more, "id,x,e\n12345678,1,0.5\n-123456789012345,2,\n");
    Path predictions = folder.resolve("predictions.csv");
    Outcome.of("predict", "--model", out, "--data", more, "--out", predictions).succeeded();
    List<String> lines = Files.readAllLines(predictions);
    assertTrue(lines.get(1).startsWith("12345678,1,0.5,"), lines.get(1));
    assertTrue(lines.get(2).startsWith("-123456789012345,2,,"), lines.get(2));
  }

  @Test
  void aRunStartsWhereAnotherEnded() throws IOException {
    search("--optimizer", "exact", "--degree", "2", "--out", out, "--quiet").succeeded();
    JsonNode first = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    JsonNode next =
        search(
                "--degree",
                "2",
                "--epochs",
                "1",
                "--batch-size",
                "full",
                "--init",
                out.resolve("result.json"),
                "--json")
            .succeeded()
            .json();
    double expected = first.at("/model/coefficients/x^2").asDouble();
    assertEquals(expected, next.at("/model/coefficients/x^2").asDouble(), 1e-9);
    JsonNode far =
        search(
                "--degree",
                "2",
                "--epochs",
                "1",
                "--batch-size",
                "full",
                "--init",
                out.toUri(),
                "--json")
            .succeeded()
            .json();
    assertEquals(next.at("/model"), far.at("/model"), "by any file system of Hadoop");
  }

  @Test
  void initialWeightsMustFitTheModel() {
    search("--optimizer", "exact", "--degree", "2", "--out", out, "--quiet").succeeded();
    search("--init", out.resolve("result.json"))
        .assertRefused(2, "'init' names [x^2], which are not terms of the model: [x]");
  }
}
