package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run says of what its scores are worth. */
class IntervalTest {
  /** Student's 0.95 quantile at 4 degrees of freedom (SciPy 1.17.1: stats.t.ppf(0.95, 4)). */
  private static final double T = 2.13184678632665;

  /** Student's 0.95 quantile at 9 degrees of freedom. */
  private static final double T_9 = 1.833112932656237;

  private static final int ROWS = 120;

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(8);
    StringBuilder csv = new StringBuilder("a,b,g,y\n");
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      csv.append("%s,%s,%d,%s%n".formatted(a, b, i % 20, 1 + a - b + random.nextGaussian()));
    }
    data = Files.writeString(folder.resolve("data.csv"), csv);
  }

  private Outcome search(Object... more) {
    Object[] common = {"search", "--data", data, "--features", "a,b"};
    return Outcome.of(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray());
  }

  private JsonNode cv(Object... more) throws IOException {
    Object[] json = {"--json"};
    Object[] all = Stream.concat(Arrays.stream(more), Arrays.stream(json)).toArray();
    return search(all).succeeded().json().get("cv");
  }

  private static double[] folds(JsonNode cv) {
    return IntStream.range(0, cv.get("folds").size())
        .mapToDouble(fold -> cv.get("folds").get(fold).asDouble())
        .toArray();
  }

  private static void assertCorrected(JsonNode cv) {
    double[] folds = folds(cv);
    double mean = Arrays.stream(folds).average().orElseThrow();
    double variance = Arrays.stream(folds).map(f -> (f - mean) * (f - mean)).sum() / 4;
    double half = T * Math.sqrt(variance * (1.0 / 5 + 1.0 / 4));
    assertEquals("corrected", cv.at("/interval/method").asText());
    assertEquals(mean - half, cv.at("/interval/low").asDouble(), 1e-9);
    assertEquals(mean + half, cv.at("/interval/high").asDouble(), 1e-9);
  }

  @Test
  void squaredLossHasNestedCrossValidationOfItsRows() throws IOException {
    JsonNode interval = cv("--optimizer", "exact").get("interval");
    assertEquals("nested", interval.get("method").asText());
    assertEquals(0.9, interval.get("confidence").asDouble());
    assertEquals(10, interval.get("folds").asInt());
    assertEquals(50, interval.get("foldings").asInt());
    assertEquals(ROWS, interval.get("blocks").asInt());
    double middle = (interval.get("low").asDouble() + interval.get("high").asDouble()) / 2;
    assertEquals(interval.get("estimate").asDouble(), middle, 1e-12);
    double half = interval.get("high").asDouble() - middle;
    assertEquals(T_9 * interval.get("standardError").asDouble(), half, 1e-9);
  }

  @Test
  void moreConfidenceIsAWiderIntervalAboutTheSameEstimate() throws IOException {
    JsonNode narrow = cv("--optimizer", "exact", "--confidence", "0.5").get("interval");
    JsonNode wide = cv("--optimizer", "exact", "--confidence", "0.99").get("interval");
    assertEquals(narrow.get("estimate").asDouble(), wide.get("estimate").asDouble());
    assertTrue(narrow.get("low").asDouble() > wide.get("low").asDouble());
  }

  @Test
  void descentThatArrivedHasTheIntervalOfItsOptimum() throws IOException {
    JsonNode exact = cv("--optimizer", "exact").get("interval");
    JsonNode descent = cv("--optimizer", "nesterov", "--epochs", "300").get("interval");
    assertEquals("nested", descent.get("method").asText());
    double width = exact.get("high").asDouble() - exact.get("low").asDouble();
    assertEquals(exact.get("low").asDouble(), descent.get("low").asDouble(), 0.05 * width);
    JsonNode cut = cv("--optimizer", "sgd", "--epochs", "1", "--learning-rate", "0.001");
    assertCorrected(cut);
    assertEquals("training ended short of the optimum", cut.at("/interval/notNested").asText());
  }

  @Test
  void whatCannotBeDealtAnewHasTheCorrectedVariance() throws IOException {
    assertCorrected(cv("--optimizer", "exact", "--group", "g", "--fold-strategy", "group"));
    assertCorrected(cv("--optimizer", "exact", "--fold-strategy", "contiguous"));
    assertCorrected(cv("--loss", "absolute"));
    assertCorrected(cv("--optimizer", "exact", "--metric", "rmse"));
    assertCorrected(cv("--optimizer", "exact", "--interval", "corrected"));
    JsonNode weighted =
        Outcome.of(
                "search",
                "--data",
                data,
                "--features",
                "a,b",
                "--weight",
                "g",
                "--json",
                "--optimizer",
                "exact")
            .succeeded()
            .json()
            .get("cv");
    assertCorrected(weighted);
    assertEquals("rows have weights", weighted.at("/interval/notNested").asText());
  }

  /**
   * By scikit-learn 1.9.1 on the same folds, and the formulas of R's nestedcv
   * (src/test/python/nested_over_rows.py).
   */
  @ParameterizedTest
  @CsvSource({
    "logistic,one,5,1.3568595307245834,0.2582896462450477,0.05773602074723766",
    "poisson,count,4,2,0.5741021776596228,0.27027790552946845"
  })
  void onRequestALossOverRowsIsTrainedWithoutEachTwoFolds(
      String loss, String label, int folds, double inflation, double estimate, double error)
      throws IOException {
    StringBuilder csv = new StringBuilder("id,a,b,c,one,count\n");
    for (int i = 0; i < 63; i++) {
      double[] x = new double[3];
      for (int j = 0; j < 3; j++) {
        x[j] = ((i * i * (j + 3) + 7 * i + 13 * j) % 29) / 29.0 - 0.5;
      }
      double y = 1 + 2 * x[0] - x[1] + (17 * i * i + 5 * i) % 23 / 23.0;
      csv.append("%d,%s,%s,%s,".formatted(i, x[0], x[1], x[2]));
      csv.append("%d,%.0f%n".formatted(y > 1.6 ? 1 : 0, Math.rint(3 * Math.max(0, y))));
    }
    Path rows = Files.writeString(folder.resolve("rows.csv"), csv);
    JsonNode interval =
        Outcome.of(
                "search",
                "--data",
                rows,
                "--features",
                "a,b,c",
                "--id",
                "id",
                "--label",
                label,
                "--loss",
                loss,
                "--folds",
                folds,
                "--optimizer",
                "exact",
                "--l2",
                "0.01",
                "--interval",
                "nested",
                "--json")
            .succeeded()
            .json()
            .at("/cv/interval");
    assertEquals("nested", interval.get("method").asText());
    assertEquals(folds, interval.get("folds").asInt());
    assertEquals(1, interval.get("foldings").asInt());
    assertEquals(inflation, interval.get("inflation").asDouble(), 1e-7);
    assertEquals(estimate, interval.get("estimate").asDouble(), 1e-7 * estimate);
    assertEquals(error, interval.get("standardError").asDouble(), 1e-7 * error);
  }

  private static JsonNode lack(Path rows, Object... more) throws IOException {
    Object[] words = {"search", "--data", rows, "--loss", "absolute", "--interval", "nested"};
    Object[] json = {"--json"};
    return Outcome.of(Stream.of(words, more, json).flatMap(Arrays::stream).toArray())
        .succeeded()
        .json()
        .at("/cv/interval/notNested");
  }

  @Test
  void aNestedIntervalOverRowsSaysWhatItLacks() throws IOException {
    JsonNode two = cv("--loss", "absolute", "--interval", "nested", "--folds", "2");
    assertEquals("corrected", two.at("/interval/method").asText());
    assertEquals("it takes 3 to 20 folds", two.at("/interval/notNested").asText());
    StringBuilder few = new StringBuilder("x,y,w\n");
    for (int i = 0; i < 10; i++) {
      few.append("%d,%d,%s%n".formatted(i, i * i % 7, i % 2 == 0 ? "0.5" : "1.5"));
    }
    Path rows = Files.writeString(folder.resolve("few.csv"), few);
    assertEquals(
        "a fold has fewer than two rows", lack(rows, "--features", "x", "--folds", "10").asText());
    assertEquals("rows have weights", lack(rows, "--features", "x", "--weight", "w").asText());
    JsonNode cut =
        cv(
            "--optimizer",
            "sgd",
            "--epochs",
            "1",
            "--learning-rate",
            "0.001",
            "--interval",
            "nested");
    assertEquals("nested", cut.at("/interval/method").asText());
    assertEquals(5, cut.at("/interval/folds").asInt());
  }

  @Test
  void onPastRowsAloneOrOnRequestThereIsNone() throws IOException {
    assertTrue(cv("--interval", "none").get("interval").isNull());
    assertTrue(cv("--fold-strategy", "forward").get("interval").isNull());
  }

  @Test
  void whatCannotBeHadIsRefusedBeforeDataAreRead() {
    search("--interval", "nested", "--loss", "absolute", "--metric", "mse")
        .assertRefused(2, "'interval' (nested) needs metric mae: take --interval corrected");
    search("--interval", "nested", "--fold-strategy", "contiguous")
        .assertRefused(
            2,
            "'interval' (nested) needs folds that are dealt row by row at random, not contiguous: take --interval corrected");
    search("--interval", "corrected", "--fold-strategy", "forward")
        .assertRefused(
            2,
            "'interval' (corrected) needs folds that are trained on all others, not forward: take --interval none");
    search("--confidence", "90")
        .assertRefused(
            2,
            "'confidence' (90) must be > 0 and < 1: it is the share of intervals that hold the score, such as 0.9");
  }

  @Test
  void choosingIsSaidToFlatterAndWhichAreAsGood() throws IOException {
    Path out = folder.resolve("run");
    Outcome run =
        search("--grid", "optimizer=exact; l2=0,0.1,1,100", "--out", out, "--overwrite")
            .succeeded();
    WrittenCsv csv = WrittenCsv.of(out.resolve("candidates.csv"));
    List<double[]> folds = new ArrayList<>();
    for (int fold = 0; fold < 5; fold++) {
      folds.add(csv.column("fold_" + fold));
    }
    double bias =
        folds.stream()
            .mapToDouble(fold -> fold[0] - Arrays.stream(fold).min().orElseThrow())
            .average()
            .orElseThrow();
    double[] mean = csv.column("mean_validation_mse");
    double[] p = csv.column("p_value");
    assertEquals(1, p[0]);
    assertTrue(p[3] < 0.05, Arrays.toString(p));
    long asGood = Arrays.stream(p).filter(value -> value >= 0.05).count();
    String choice =
        run.out().lines().filter(line -> line.startsWith("choice")).findFirst().orElseThrow();
    assertTrue(choice.contains(asGood + " of 4 as good as rank 1"), choice);
    JsonNode json = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(mean[0] + bias, json.at("/cv/selection/correctedMean").asDouble(), 1e-12);
    assertTrue(bias > 0, "a fold prefers another candidate");
    assertTrue(Files.readString(out.resolve("report.html")).contains("\"correctedMean\""));
  }
}
