package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.oracle.RowSums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of two kinds from data to predictions, out-of-fold ones among them. */
class ClassificationTest {
  private static final int ROWS = 120;
  private static final int FOLDS = 4;

  @TempDir Path folder;
  private Path data;
  private Path out;

  /** Mail is spam the likelier the larger 2a − b. */
  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("key,a,b,kind,size\n");
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      boolean spam = 2 * a - b + random.nextGaussian() > 0;
      csv.append("m%d,%s,%s,%s,%s%n".formatted(i, a, b, spam ? "spam" : "ham", 3 * a + b));
    }
    data = Files.writeString(folder.resolve("mail.csv"), csv);
    out = folder.resolve("run");
  }

  private JsonNode search(Object... more) throws IOException {
    Object[] common = {
      "search", "--data", data, "--features", "a,b", "--folds", FOLDS, "--epochs", 40, "--out", out
    };
    Outcome.of(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray()).succeeded();
    return new ObjectMapper().readTree(out.resolve("result.json").toFile());
  }

  private JsonNode classify(String loss, Object... more) throws IOException {
    Object[] common = {"--loss", loss, "--label", "kind", "--positive", "spam", "--predictions"};
    return search(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray());
  }

  private static List<String[]> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
  }

  /** A column of a csv file as numbers. */
  private static double[] column(List<String[]> rows, String name) {
    int at = List.of(rows.get(0)).indexOf(name);
    return rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[at])).toArray();
  }

  private static double[] foldOf(double[] values, double[] folds, int fold) {
    return IntStream.range(0, values.length)
        .filter(i -> folds[i] == fold)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  @Test
  void foldsAreScoredByPredictionsThatNeverSawThem() throws IOException {
    JsonNode result = classify("logistic", "--metric", "auc");
    List<String[]> rows = rows(out.resolve("predictions.csv"));
    assertEquals("row,fold,label,prediction,probability", String.join(",", rows.get(0)));
    assertEquals(ROWS + 1, rows.size());
    double[] folds = column(rows, "fold");
    double[] labels = column(rows, "label");
    double[] chances = column(rows, "probability");
    assertArrayEquals(IntStream.range(0, ROWS).asDoubleStream().toArray(), column(rows, "row"));
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    for (int fold = 0; fold < FOLDS; fold++) {
      double[] own = foldOf(labels, folds, fold);
      double area =
          RowSums.area(foldOf(chances, folds, fold), own, Arrays.copyOf(ones, own.length));
      assertEquals(area, result.at("/cv/folds/" + fold).asDouble(), 1e-11);
    }
    double pooled = RowSums.area(chances, labels, ones);
    assertEquals(pooled, result.at("/cv/pooled").asDouble(), 1e-11);
    double[] decided = Arrays.stream(chances).map(p -> p > 0.5 ? 1 : 0).toArray();
    assertArrayEquals(decided, column(rows, "prediction"));
  }

  @Test
  void predictionsOfErrorsAreThoseOfTheFoldsScores() throws IOException {
    JsonNode result = search("--label", "size", "--predictions", "--degree", "1,2");
    List<String[]> rows = rows(out.resolve("predictions.csv"));
    assertEquals("row,fold,label,prediction", String.join(",", rows.get(0)));
    double[] folds = column(rows, "fold");
    double[] labels = column(rows, "label");
    double[] predictions = column(rows, "prediction");
    for (int fold = 0; fold < FOLDS; fold++) {
      double[] own = foldOf(labels, folds, fold);
      double[] predicted = foldOf(predictions, folds, fold);
      double mse =
          IntStream.range(0, own.length)
              .mapToDouble(i -> Math.pow(own[i] - predicted[i], 2))
              .average()
              .orElseThrow();
      assertEquals(mse, result.at("/cv/folds/" + fold).asDouble(), 1e-9);
    }
  }

  @Test
  void anIdNamesTheRowsOfPredictions() throws IOException {
    classify("hinge", "--id", "key", "--test-fraction", "0.25");
    List<String[]> rows = rows(out.resolve("predictions.csv"));
    assertEquals("id,fold,label,prediction", String.join(",", rows.get(0)));
    assertEquals(ROWS * 3 / 4 + 1, rows.size());
    List<String> mail = Files.readAllLines(data);
    for (String[] row : rows.subList(1, rows.size())) {
      boolean spam = mail.get(1 + Integer.parseInt(row[0].substring(1))).contains(",spam,");
      assertEquals(spam ? "1" : "0", row[2]);
    }
  }

  @Test
  void predictionsNeedAPlace() {
    Outcome.of("search", "--data", data, "--predictions")
        .assertRefused(2, "'predictions' needs 'out': say where to keep them with --out DIR");
  }

  @Test
  void aRunTellsTheMetricsOfItsLoss() throws IOException {
    JsonNode logistic = classify("logistic", "--test-fraction", "0.25");
    assertEquals(List.of("rows", "log-loss", "accuracy", "f1", "auc"), names(logistic.get("test")));
    assertEquals("log-loss", logistic.at("/cv/metric").asText());
    String curves = rows(out.resolve("curves.csv")).get(0)[3];
    assertEquals("train_log-loss", curves);
    JsonNode hinge = classify("hinge", "--test-fraction", "0.25", "--overwrite");
    assertEquals(List.of("rows", "hinge", "accuracy", "f1", "auc"), names(hinge.get("test")));
  }

  @Test
  void theSummaryNamesWhatTheModelIsAFunctionOf() {
    Object[] common = {
      "search", "--data", data, "--label", "kind", "--positive", "spam", "--features", "a", "--loss"
    };
    for (String[] named : new String[][] {{"logistic", "log-odds = "}, {"hinge", "decision = "}}) {
      String summary =
          Outcome.of(Stream.concat(Arrays.stream(common), Stream.of(named[0])).toArray())
              .succeeded()
              .out();
      assertTrue(summary.contains("model     " + named[1]), summary);
    }
  }

  @Test
  void axesOfTheLossStandInResultAndCandidates() throws IOException {
    JsonNode huber = search("--label", "size", "--loss", "huber", "--delta", "0.5,2");
    assertTrue(huber.get("chosen").has("delta") && !huber.get("chosen").has("tau"));
    assertEquals(List.of("rows", "huber", "mse", "rmse", "mae", "r2"), told("size", "huber"));
    JsonNode quantile =
        search("--label", "size", "--loss", "quantile", "--tau", "0.9", "--overwrite");
    assertEquals(0.9, quantile.at("/chosen/tau").asDouble());
    List<String[]> candidates = rows(out.resolve("candidates.csv"));
    assertEquals("0.9", candidates.get(1)[List.of(candidates.get(0)).indexOf("tau")]);
    assertEquals("", candidates.get(1)[List.of(candidates.get(0)).indexOf("delta")]);
  }

  private List<String> told(String label, String loss) throws IOException {
    return names(
        search("--label", label, "--loss", loss, "--test-fraction", "0.5", "--overwrite")
            .get("test"));
  }

  @Test
  void aSavedModelRemembersWhatCountsAsOne() throws IOException {
    JsonNode result = classify("logistic", "--test-fraction", "0.25");
    JsonNode score =
        Outcome.of("evaluate", "--model", out, "--data", data, "--test-fraction", "0.25", "--json")
            .succeeded()
            .json();
    assertEquals(List.of("rows", "log-loss", "accuracy", "f1", "auc", "hinge"), names(score));
    for (String metric : List.of("rows", "log-loss", "accuracy", "f1", "auc")) {
      double expected = result.get("test").get(metric).asDouble();
      assertEquals(expected, score.get(metric).asDouble(), 1e-12, metric);
    }
  }

  @Test
  void everyMetricOfClassesStandsUnderItsOwnName() throws IOException {
    JsonNode result = classify("logistic", "--test-data", data);
    Path predictions = folder.resolve("predictions.csv");
    Outcome.of("predict", "--model", out, "--data", data, "--out", predictions).succeeded();
    WrittenCsv rows = WrittenCsv.of(predictions);
    double logLoss = 0;
    double hinge = 0;
    int[][] counts = new int[2][2];
    for (int i = 0; i < ROWS; i++) {
      int label = rows.rows().get(i).get("kind").equals("spam") ? 1 : 0;
      double chance = rows.number(i, "probability");
      double decision = Math.log(chance / (1 - chance));
      logLoss -= Math.log(label == 1 ? chance : 1 - chance) / ROWS;
      hinge += Math.max(0, 1 - (2 * label - 1) * decision) / ROWS;
      counts[label][chance > 0.5 ? 1 : 0]++;
    }
    double f1 = 2.0 * counts[1][1] / (2 * counts[1][1] + counts[0][1] + counts[1][0]);
    double accuracy = (counts[0][0] + counts[1][1]) / (double) ROWS;
    Outcome scored = Outcome.of("evaluate", "--model", out, "--data", data, "--json");
    assertTrue(scored.err().contains("that the model was trained on"), scored.err());
    JsonNode scores = scored.json();
    for (JsonNode said : List.of(result.get("test"), scores)) {
      assertEquals(ROWS, said.get("rows").asInt());
      assertEquals(logLoss, said.get("log-loss").asDouble(), 1e-9);
      assertEquals(accuracy, said.get("accuracy").asDouble(), 1e-12);
      assertEquals(f1, said.get("f1").asDouble(), 1e-12);
      double[] ones = new double[ROWS];
      Arrays.fill(ones, 1);
      double[] labels =
          rows.rows().stream().mapToDouble(r -> r.get("kind").equals("spam") ? 1 : 0).toArray();
      double area = RowSums.area(rows.column("probability"), labels, ones);
      assertEquals(area, said.get("auc").asDouble(), 1e-12);
    }
    assertEquals(hinge, scores.get("hinge").asDouble(), 1e-9);
  }

  @Test
  void predictWritesTheClassAndItsChance() throws IOException {
    classify("logistic");
    Path predictions = folder.resolve("predictions.csv");
    Outcome.of("predict", "--model", out, "--data", data, "--out", predictions).succeeded();
    List<String[]> rows = rows(predictions);
    assertEquals("key,a,b,kind,size,prediction,probability", String.join(",", rows.get(0)));
    double[] chances = column(rows, "probability");
    for (int i = 0; i < ROWS; i++) {
      assertEquals(chances[i] > 0.5 ? "1" : "0", rows.get(i + 1)[5]);
    }
    Outcome.of("predict", "--model", out, "--data", predictions, "--out", folder.resolve("x.csv"))
        .assertRefused(
            2, "'data' (" + predictions + ") has a column 'prediction' already: rename it");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
