package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
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

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String[]> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
  }

  @Test
  void resultHoldsExactlyTheNamedFields() throws IOException {
    JsonNode result =
        search("--degree", "1..3", "--test-fraction", "0.2", "--json").succeeded().json();
    assertEquals(
        List.of(
            "chosen",
            "cv",
            "model",
            "test",
            "convergence",
            "repeats",
            "engine",
            "timings",
            "data",
            "version",
            "seed"),
        names(result));
    assertEquals(
        List.of(
            "learning-rate",
            "learning-rate-used",
            "schedule",
            "optimizer",
            "l1",
            "l2",
            "batch-size",
            "epochs",
            "degree",
            "fit-intercept",
            "standardize"),
        names(result.get("chosen")));
    assertEquals(
        List.of(
            "metric",
            "mean",
            "sd",
            "standardError",
            "pooled",
            "folds",
            "interval",
            "selection",
            "regrouped",
            "rows",
            "predictions",
            "columns"),
        names(result.get("cv")));
    assertEquals(List.of("intercept", "coefficients"), names(result.get("model")));
    assertEquals(List.of("rows", "mse", "rmse", "mae", "r2"), names(result.get("test")));
    assertEquals(List.of("count", "testMetric", "fitMillis", "each"), names(result.get("repeats")));
    assertEquals(List.of("mean", "sd"), names(result.get("repeats").get("testMetric")));
    assertEquals(List.of("mean", "max"), names(result.get("repeats").get("fitMillis")));
    assertEquals(
        List.of("name", "movement", "device", "reason", "dataPasses"), names(result.get("engine")));
    assertEquals(
        List.of("startup", "load", "assign", "aggregate", "trials", "refit", "test", "total"),
        names(result.get("timings")));
    assertEquals(
        List.of("name", "rows", "features", "folds", "foldStrategy"), names(result.get("data")));
  }

  @Test
  void theTrueDegreeIsFound() throws IOException {
    JsonNode result =
        search(
                "--grid",
                "degree=1..2; optimizer=exact",
                "--test-fraction",
                "0.2",
                "--test-split",
                "tail",
                "--json")
            .succeeded()
            .json();
    assertEquals(2, result.at("/chosen/degree").asInt());
    assertEquals("exact", result.at("/chosen/optimizer").asText());
    assertFalse(result.get("chosen").has("learning-rate"));
    assertEquals(3, result.at("/model/intercept").asDouble(), 0.1);
    assertEquals(-2, result.at("/model/coefficients/x").asDouble(), 0.1);
    assertEquals(1, result.at("/model/coefficients/x^2").asDouble(), 0.1);
    assertEquals(12, result.at("/test/rows").asInt());
    assertEquals(48, result.at("/data/rows").asInt());
    assertEquals(5, result.at("/cv/folds").size());
    assertEquals(0.01, result.at("/test/mse").asDouble(), 0.02);
    assertTrue(result.at("/repeats/testMetric/sd").isNull());
  }

  /**
   * The draws are of the seed, whatever the command; the note says where there was less to draw.
   */
  @Test
  void aSampleOfTheGridIsSearched() throws IOException {
    String[] words = {"--grid", "l2=log-uniform(1e-6,1); degree=1,2", "--epochs", "3"};
    search("--sample", "7", words[0], words[1], words[2], words[3], "--out", out).succeeded();
    List<String[]> first = rows(out.resolve("candidates.csv"));
    assertEquals(8, first.size());
    Path again = folder.resolve("again");
    search("--sample", "7", words[0], words[1], words[2], words[3], "--out", again).succeeded();
    int l2 = List.of(first.get(0)).indexOf("l2");
    List<String[]> second = rows(again.resolve("candidates.csv"));
    for (int row = 1; row < 8; row++) {
      assertEquals(first.get(row)[l2], second.get(row)[l2]);
    }
    search("--sample", "9", "--degree", "1,2", "--epochs", "3").succeeded();
    String said = search("--sample", "9", "--degree", "1,2", "--epochs", "3").out();
    assertTrue(said.contains("no more than 2 candidates that differ: all are tried"), said);
    Outcome ranged = search(words[0], words[1]);
    assertEquals(2, ranged.status());
    assertTrue(ranged.err().contains("say how many candidates to draw with --sample N"));
  }

  @Test
  void aRunHoldsWhatJsonPrints() throws IOException {
    Outcome run = search("--degree", "1,2", "--epochs", "3", "--out", out, "--json").succeeded();
    assertEquals(run.out(), Files.readString(out.resolve("result.json")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(
              "candidates.csv", "curves.csv", "model", "report.html", "result.json", "weights.csv"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "no scratch folder is left");
    }
    assertEquals(
        "rank,learning-rate,schedule,optimizer,momentum,l1,l2,batch-size,epochs,degree,"
            + "fit-intercept,standardize,delta,tau,epsilon,power,mean_learning_rate_used,"
            + "mean_validation_mse,sd_validation_mse,se_validation_mse,"
            + "mean_train_mse,p_value,mean_regrouped,sd_regrouped,regrouped_wins,mean_objective,mean_optimum,short_of_optimum,diverged,fold_0,fold_1,fold_2,fold_3,fold_4,seconds",
        Files.readAllLines(out.resolve("candidates.csv")).get(0));
    assertEquals(1 + 2, rows(out.resolve("candidates.csv")).size());
    assertEquals(1 + 2 * 5 * 3, rows(out.resolve("curves.csv")).size());
  }

  /**
   * The last of the weights are those of the model, so their objective is what training came to.
   */
  @Test
  void theWayOfTheWeightsEndsAtTheModel() throws IOException {
    Path run = folder.resolve("stepped");
    Outcome.of(
            "search",
            "--data",
            "data/quiz_data.pkl",
            "--degree",
            "3",
            "--init",
            "normal",
            "--l2",
            "1e-4",
            "--epochs",
            "40",
            "--out",
            run)
        .succeeded();
    List<String> lines = Files.readAllLines(run.resolve("weights.csv"));
    assertEquals("epoch,objective,intercept,x,x^2,x^3", lines.get(0));
    double[] first = numbers(lines.get(1));
    double[] last = numbers(lines.get(lines.size() - 1));
    JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    double objective = result.at("/convergence/objective").asDouble();
    assertEquals(0, first[0]);
    assertEquals(40, last[0]);
    assertEquals(40 * 4 + 1, lines.size() - 1, "four minibatches an epoch, and the start");
    assertEquals(objective, last[1], 1e-12 * objective);
    assertTrue(first[1] > 10 * last[1], "descent went down");

    Path solved = folder.resolve("solved");
    Outcome.of("fit", "--data", "data/quiz_data.pkl", "--optimizer", "exact", "--out", solved)
        .succeeded();
    assertFalse(Files.exists(solved.resolve("weights.csv")), "the optimum takes no steps");
  }

  private static double[] numbers(String line) {
    return Stream.of(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void aRunIsReplacedOnRequestOnly() throws IOException {
    search("--epochs", "3", "--out", out, "--quiet").succeeded();
    String first = Files.readString(out.resolve("result.json"));
    search("--epochs", "2", "--out", out)
        .assertRefused(2, "'out' (" + out + ") exists: choose another or add --overwrite");
    assertEquals(first, Files.readString(out.resolve("result.json")));
    assertEquals(
        "", search("--epochs", "2", "--out", out, "--overwrite", "--quiet").succeeded().out());
    JsonNode second = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(2, second.at("/chosen/epochs").asInt());
  }

  @Test
  void aConstantColumnIsAllowed() throws IOException {
    JsonNode result =
        Outcome.of("search", "--data", data, "--features", "x,c", "--json").succeeded().json();
    assertEquals(0, result.at("/model/coefficients/c").asDouble());
  }

  @Test
  void aRunWhoseEveryCandidateDivergesFailsWithAdvice() {
    Outcome failed = search("--learning-rate", "100,200", "--epochs", "500", "--out", out);
    assertEquals(1, failed.status());
    String pattern =
        "foldwise: every candidate diverged at 'learning-rate' \\(100, 200\\): take 'auto',"
            + " which would be 0\\.\\d{1,4} here, or a smaller number\\R";
    assertTrue(failed.err().matches(pattern), failed.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aDivergedCandidateIsMarkedAndNeverChosen() throws IOException {
    Outcome run = search("--grid", "learning-rate=100,0.1; epochs=500", "--out", out).succeeded();
    assertTrue(run.out().contains("1 diverged"), run.out());
    List<String[]> rows = rows(out.resolve("candidates.csv"));
    int diverged = List.of(rows.get(0)).indexOf("diverged");
    assertEquals("false", rows.get(1)[diverged]);
    assertEquals("true", rows.get(2)[diverged]);
    assertEquals("100.0", rows.get(2)[1]);
    JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(0.1, result.at("/chosen/learning-rate").asDouble());
  }

  @Test
  void repeatsKeepTheFilesOfTheFirst() throws IOException {
    Object[] common = {
      "--test-fraction",
      "0.2",
      "--init",
      "normal",
      "--epochs",
      "1",
      "--learning-rate",
      "0.1",
      "--json"
    };
    JsonNode once = search(common).succeeded().json();
    JsonNode thrice =
        search(Stream.concat(Stream.of(common), Stream.of("--repeats", "3")).toArray())
            .succeeded()
            .json();
    assertEquals(once.get("model"), thrice.get("model"));
    assertEquals(once.get("cv"), thrice.get("cv"));
    assertEquals(3, thrice.at("/repeats/count").asInt());
    assertTrue(thrice.at("/repeats/testMetric/sd").asDouble() > 0);
  }

  @Test
  void fitTrainsOnAllRowsWithoutFolds() throws IOException {
    JsonNode result =
        Outcome.of(
                "fit", "--data", data, "--features", "x", "--degree", "2", "--out", out, "--json")
            .succeeded()
            .json();
    assertTrue(result.get("cv").isNull());
    assertTrue(result.get("test").isNull());
    assertTrue(result.at("/repeats/testMetric").isNull());
    assertTrue(result.at("/data/folds").isNull());
    assertEquals(ROWS, result.at("/data/rows").asInt());
    assertEquals(2, rows(out.resolve("candidates.csv")).size());
  }

  @Test
  void explainTrainsNothing() throws IOException {
    JsonNode plan =
        Outcome.of("explain", "--data", data, "--degree", "1..3", "--json").succeeded().json();
    assertEquals(3, plan.get("candidates").asInt());
    assertEquals(5, plan.get("folds").asInt());
    assertEquals("moments", plan.get("engine").asText());
  }
}
