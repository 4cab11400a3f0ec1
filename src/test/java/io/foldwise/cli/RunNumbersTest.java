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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every number of a run stands where its name says: in result.json, candidates.csv, curves.csv,
 * predictions.csv and the summary. Each is computed once more by hand from the rows; of the run,
 * only the fold of each row is taken.
 */
class RunNumbersTest {
  private static final int FOLDS = 4;
  private static final int EPOCHS = 3;

  /** In grid order; the second is the best, then the third. */
  private static final double[] RATES = {0.01, 0.2, 0.05};

  private static final int[] BEST_FIRST = {1, 2, 0};
  private static final double DIGITS = 1e-10;

  @TempDir Path folder;
  private ByHand training;
  private ByHand testing;
  private Path data;
  private Path test;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(3);
    training = rows(38, random);
    testing = rows(11, random);
    data = write("train.csv", training);
    test = write("test.csv", testing);
    out = folder.resolve("run");
  }

  /** y = 1.5 + 2a − b + noise. */
  private static ByHand rows(int n, Random random) {
    double[][] x = new double[n][2];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i][0] = random.nextGaussian();
      x[i][1] = 0.5 + random.nextGaussian();
      y[i] = 1.5 + 2 * x[i][0] - x[i][1] + 0.7 * random.nextGaussian();
    }
    return new ByHand(x, y);
  }

  private Path write(String name, ByHand rows) throws IOException {
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int i = 0; i < rows.rows(); i++) {
      csv.append("%s,%s,%s%n".formatted(rows.x()[i][0], rows.x()[i][1], rows.y()[i]));
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  private Outcome run(String command, String rates, Object... more) {
    String grid =
        "learning-rate=%s; schedule=constant; optimizer=momentum; momentum=%s; l1=%s; l2=%s; batch-size=full; epochs=%d; standardize=false"
            .formatted(rates, ByHand.MU, ByHand.L1, ByHand.L2, EPOCHS);
    Object[] common = {
      command, "--data", data, "--test-data", test, "--label", "y", "--grid", grid, "--out", out
    };
    return Outcome.of(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray())
        .succeeded();
  }

  private Outcome search(Object... more) {
    Object[] common = {"--folds", FOLDS, "--predictions", "--init", "zeros"};
    return run(
        "search",
        "0.01,0.2,0.05",
        Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray());
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(out.resolve("result.json").toFile());
  }

  private WrittenCsv csv(String name) throws IOException {
    return WrittenCsv.of(out.resolve(name));
  }

  /** The rows of a fold, and those of all others. */
  private int[] inFold(int fold, boolean held) throws IOException {
    double[] folds = csv("predictions.csv").column("fold");
    return IntStream.range(0, folds.length).filter(i -> (folds[i] == fold) == held).toArray();
  }

  /** A candidate without each fold, in the order of the folds. */
  private List<ByHand.Trained> withoutEachFold(int candidate) throws IOException {
    List<ByHand.Trained> trained = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      trained.add(
          training.train(RATES[candidate], EPOCHS, inFold(fold, false), inFold(fold, true)));
    }
    return trained;
  }

  private static double[] last(Collection<double[]> curves) {
    return curves.stream().mapToDouble(curve -> curve[EPOCHS - 1]).toArray();
  }

  private static double[] validations(List<ByHand.Trained> folds) {
    return last(folds.stream().map(ByHand.Trained::validation).toList());
  }

  private static double[] trainings(List<ByHand.Trained> folds) {
    return last(folds.stream().map(ByHand.Trained::training).toList());
  }

  private ByHand.Trained refit() {
    return training.train(RATES[BEST_FIRST[0]], EPOCHS, training.all(), new int[0]);
  }

  private static void assertSame(double expected, double actual, String what) {
    assertEquals(expected, actual, DIGITS * Math.abs(expected), what);
  }

  @Test
  void trainingAndValidationOfEveryEpochStandInTheirOwnColumnsOfCurves() throws IOException {
    search();
    WrittenCsv curves = csv("curves.csv");
    assertEquals(RATES.length * FOLDS * EPOCHS, curves.rows().size());
    int at = 0;
    for (int rank = 1; rank <= RATES.length; rank++) {
      List<ByHand.Trained> trained = withoutEachFold(BEST_FIRST[rank - 1]);
      for (int fold = 0; fold < FOLDS; fold++) {
        for (int epoch = 1; epoch <= EPOCHS; epoch++, at++) {
          String what = curves.rows().get(at).toString();
          assertEquals(rank, curves.number(at, "candidate"), what);
          assertEquals(fold, curves.number(at, "fold"), what);
          assertEquals(epoch, curves.number(at, "epoch"), what);
          ByHand.Trained hand = trained.get(fold);
          assertSame(hand.training()[epoch - 1], curves.number(at, "train_mse"), what);
          assertSame(hand.validation()[epoch - 1], curves.number(at, "validation_mse"), what);
          assertSame(objective(hand), curves.number(at, "objective"), what);
          assertTrue(curves.number(at, "optimum") < objective(hand), what);
        }
      }
    }
  }

  /** What training came to, with the penalties of the search. */
  private static double objective(ByHand.Trained hand) {
    double[] w = hand.w();
    return hand.training()[EPOCHS - 1]
        + ByHand.L1 * (Math.abs(w[1]) + Math.abs(w[2]))
        + ByHand.L2 * (w[1] * w[1] + w[2] * w[2]);
  }

  @Test
  void meanDeviationErrorAndTrainingMeanStandInTheirOwnColumnsOfCandidates() throws IOException {
    search();
    WrittenCsv candidates = csv("candidates.csv");
    for (int rank = 1; rank <= RATES.length; rank++) {
      List<ByHand.Trained> trained = withoutEachFold(BEST_FIRST[rank - 1]);
      double[] folds = validations(trained);
      double[] spread = ByHand.spread(folds);
      int at = rank - 1;
      String what = candidates.rows().get(at).toString();
      assertEquals(rank, candidates.number(at, "rank"), what);
      double rate = RATES[BEST_FIRST[rank - 1]];
      assertSame(rate, candidates.number(at, "mean_learning_rate_used"), what);
      assertSame(spread[0], candidates.number(at, "mean_validation_mse"), what);
      assertSame(spread[1], candidates.number(at, "sd_validation_mse"), what);
      assertSame(spread[2], candidates.number(at, "se_validation_mse"), what);
      double meanTrain = ByHand.spread(trainings(trained))[0];
      assertSame(meanTrain, candidates.number(at, "mean_train_mse"), what);
      for (int fold = 0; fold < FOLDS; fold++) {
        assertSame(folds[fold], candidates.number(at, "fold_" + fold), what);
      }
      assertEquals("false", candidates.rows().get(at).get("diverged"));
      assertTrue(candidates.number(at, "seconds") > 0, what);
    }
  }

  @Test
  void everyAxisStandsInItsOwnColumnOfCandidatesAndOfTheChoice() throws IOException {
    search();
    Map<String, String> axes =
        Map.ofEntries(
            Map.entry("learning-rate", "0.2"),
            Map.entry("schedule", "constant"),
            Map.entry("optimizer", "momentum"),
            Map.entry("momentum", "0.3"),
            Map.entry("l1", "0.02"),
            Map.entry("l2", "0.03"),
            Map.entry("batch-size", "38"),
            Map.entry("epochs", "3"),
            Map.entry("degree", "1"),
            Map.entry("fit-intercept", "true"),
            Map.entry("standardize", "false"));
    axes.forEach(
        (axis, value) -> {
          try {
            assertEquals(value, csv("candidates.csv").rows().get(0).get(axis), axis);
            assertEquals(value, result().get("chosen").get(axis).asText(), axis);
          } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
          }
        });
    assertEquals("", csv("candidates.csv").rows().get(0).get("delta"));
    assertEquals("", csv("candidates.csv").rows().get(0).get("tau"));
  }

  @Test
  void crossValidationModelAndTestStandUnderTheirOwnNamesInResult() throws IOException {
    search();
    JsonNode result = result();
    List<ByHand.Trained> trained = withoutEachFold(BEST_FIRST[0]);
    double[] folds = validations(trained);
    double[] spread = ByHand.spread(folds);
    assertEquals("mse", result.at("/cv/metric").asText());
    assertSame(spread[0], result.at("/cv/mean").asDouble(), "mean");
    assertSame(spread[1], result.at("/cv/sd").asDouble(), "sd");
    assertSame(spread[2], result.at("/cv/standardError").asDouble(), "standardError");
    double pooled = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      assertSame(folds[fold], result.at("/cv/folds/" + fold).asDouble(), "fold " + fold);
      pooled += training.squaredErrors(trained.get(fold).w(), inFold(fold, true));
    }
    assertSame(pooled / training.rows(), result.at("/cv/pooled").asDouble(), "pooled");
    double[] w = refit().w();
    assertSame(w[0], result.at("/model/intercept").asDouble(), "intercept");
    assertSame(w[1], result.at("/model/coefficients/a").asDouble(), "a");
    assertSame(w[2], result.at("/model/coefficients/b").asDouble(), "b");
    assertTested(w, result.get("test"));
    assertEquals(38, result.at("/data/rows").asInt());
    assertEquals(2, result.at("/data/features").asInt());
    assertEquals(FOLDS, result.at("/data/folds").asInt());
    assertEquals(42, result.at("/seed").asInt());
    assertEquals(1, result.at("/repeats/count").asInt());
    assertEquals("moments", result.at("/engine/name").asText());
    assertEquals("cpu", result.at("/engine/device").asText());
    assertTrue(List.of("sums", "rows").contains(result.at("/engine/movement").asText()));
  }

  private void assertTested(double[] w, JsonNode scores) {
    int[] all = testing.all();
    assertEquals(testing.rows(), scores.get("rows").asInt());
    assertSame(testing.mse(w, all), scores.get("mse").asDouble(), "mse");
    assertSame(Math.sqrt(testing.mse(w, all)), scores.get("rmse").asDouble(), "rmse");
    assertSame(testing.mae(w, all), scores.get("mae").asDouble(), "mae");
    assertSame(testing.r2(w, all), scores.get("r2").asDouble(), "r2");
  }

  @Test
  void evaluateGivesEveryMetricItsOwnName() throws IOException {
    search();
    double[] w = refit().w();
    JsonNode scores =
        Outcome.of("evaluate", "--model", out, "--data", test, "--json").succeeded().json();
    assertTested(w, scores);
    assertSame(testing.maxError(w, testing.all()), scores.get("max-error").asDouble(), "max-error");
    String table = Outcome.of("evaluate", "--model", out, "--data", test).succeeded().out();
    for (String metric : List.of("mse", "rmse", "mae", "r2", "max-error")) {
      assertBrief(scores.get(metric).asDouble(), table, "(?m)^" + metric + " +(\\S+)$");
    }
  }

  @Test
  void everyPredictionIsThatOfTheModelThatDidNotSeeItsRow() throws IOException {
    search();
    WrittenCsv predictions = csv("predictions.csv");
    List<ByHand.Trained> trained = withoutEachFold(BEST_FIRST[0]);
    assertEquals(training.rows(), predictions.rows().size());
    for (int i = 0; i < training.rows(); i++) {
      int fold = (int) predictions.number(i, "fold");
      assertEquals(i, predictions.number(i, "row"));
      assertSame(training.y()[i], predictions.number(i, "label"), "label");
      double expected = training.predict(trained.get(fold).w(), i);
      assertEquals(expected, predictions.number(i, "prediction"), 1e-9, "prediction");
    }
  }

  /** 38 rows in file order are runs of 10, 10, 9 and 9; the first is never held out. */
  @Test
  void forwardChainingTrainsOnTheRowsBeforeAFold() throws IOException {
    String summary = search("--fold-strategy", "forward").out();
    int[] starts = {0, 10, 20, 29, 38};
    WrittenCsv predictions = csv("predictions.csv");
    WrittenCsv candidates = csv("candidates.csv");
    double[] scores = new double[FOLDS - 1];
    for (int fold = 1; fold < FOLDS; fold++) {
      int[] on = IntStream.range(0, starts[fold]).toArray();
      int[] heldOut = IntStream.range(starts[fold], starts[fold + 1]).toArray();
      ByHand.Trained hand = training.train(RATES[BEST_FIRST[0]], EPOCHS, on, heldOut);
      scores[fold - 1] = hand.validation()[EPOCHS - 1];
      assertSame(scores[fold - 1], candidates.number(0, "fold_" + fold), "fold " + fold);
      for (int i : heldOut) {
        int at = i - starts[1];
        assertEquals(i, predictions.number(at, "row"));
        assertEquals(fold, predictions.number(at, "fold"));
        double expected = training.predict(hand.w(), i);
        assertEquals(expected, predictions.number(at, "prediction"), 1e-9, "prediction");
      }
    }
    assertEquals(training.rows() - starts[1], predictions.rows().size());
    assertFalse(candidates.rows().get(0).containsKey("fold_0"));
    assertBrief(ByHand.spread(scores)[0], summary, "(?m)^cv +mse (\\S+) ");
    assertTrue(summary.contains("over 3 folds"), summary);
    assertEquals(RATES.length * (FOLDS - 1) * EPOCHS, csv("curves.csv").rows().size());
  }

  @Test
  void theSummarySaysMeanAndStandardErrorNotDeviation() throws IOException {
    String summary = search().out();
    List<ByHand.Trained> trained = withoutEachFold(BEST_FIRST[0]);
    double[] spread = ByHand.spread(validations(trained));
    assertBrief(spread[0], summary, "(?m)^cv +mse (\\S+) ");
    assertBrief(spread[2], summary, "(?m)^cv +mse \\S+ \\+- (\\S+) ");
    String curve = " +[▁-█]+$";
    String[] shown = {
      " (\\S+) +\\S+ +\\S+" + curve, " \\S+ +(\\S+) +\\S+" + curve, " \\S+ +\\S+ +(\\S+)" + curve
    };
    for (int rank = 1; rank <= RATES.length; rank++) {
      List<ByHand.Trained> ranked = withoutEachFold(BEST_FIRST[rank - 1]);
      double[] validation = ByHand.spread(validations(ranked));
      String row =
          "(?m)^[* ] %d +%s +".formatted(rank, RATES[BEST_FIRST[rank - 1]]).stripTrailing();
      assertBrief(validation[0], summary, row + shown[0]);
      assertBrief(validation[2], summary, row + shown[1]);
      assertBrief(ByHand.spread(trainings(ranked))[0], summary, row + shown[2]);
    }
    assertTrue(
        Pattern.compile("(?m)^ *rank +learning-rate +mse +std error +train mse +by epoch$")
            .matcher(summary)
            .find(),
        summary);
  }

  @Test
  void theSummarySaysCountsModelAndTestScores() {
    String summary = search().out();
    String counts = "train.csv: 38 rows to train on, 11 to test, 2 features, 4 folds, 3 candidates";
    assertTrue(summary.startsWith(counts), summary);
    double[] w = refit().w();
    assertBrief(w[0], summary, "(?m)^model +y = (\\S+) ");
    assertBrief(w[1], summary, "(?m)^model .*\\+ (\\S+)[ *\\[]+a\\b");
    assertBrief(-w[2], summary, "(?m)^model .*- (\\S+)[ *\\[]+b\\b");
    int[] all = testing.all();
    assertBrief(testing.mse(w, all), summary, "(?m)^test .*\\bmse (\\S+)");
    assertBrief(Math.sqrt(testing.mse(w, all)), summary, "(?m)^test .*\\brmse (\\S+)");
    assertBrief(testing.mae(w, all), summary, "(?m)^test .*\\bmae (\\S+)");
    assertBrief(testing.r2(w, all), summary, "(?m)^test .*\\br2 (\\S+)");
  }

  /** A number of the text is this one in four digits. */
  private static void assertBrief(double expected, String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern + " in " + text);
    double shown = Double.parseDouble(found.group(1));
    assertEquals(expected, shown, 6e-4 * Math.abs(expected), pattern + " in " + text);
  }

  @Test
  void repeatsSayMeanAndDeviationOverTheirSeedsAndTheLongestFit() throws IOException {
    double[] errors = new double[3];
    for (int repeat = 0; repeat < 3; repeat++) {
      run("fit", "0.2", "--init", "normal", "--seed", 42 + repeat, "--overwrite");
      errors[repeat] = result().at("/test/mse").asDouble();
    }
    String summary = run("fit", "0.2", "--init", "normal", "--repeats", 3, "--overwrite").out();
    JsonNode repeats = result().get("repeats");
    double[] spread = ByHand.spread(errors);
    assertEquals(3, repeats.get("count").asInt());
    assertSame(spread[0], repeats.at("/testMetric/mean").asDouble(), "mean");
    assertSame(spread[1], repeats.at("/testMetric/sd").asDouble(), "sd");
    assertBrief(spread[0], summary, "(?m)^repeats +3 with seeds 42 to 44: test mse ([^, ]+)");
    assertBrief(spread[1], summary, "(?m)^repeats .* sd ([^; ]+)");
    for (int repeat = 0; repeat < 3; repeat++) {
      JsonNode each = repeats.get("each").get(repeat);
      assertEquals(42 + repeat, each.get("seed").asInt());
      assertSame(errors[repeat], each.get("testMetric").asDouble(), "repeat " + repeat);
      assertEquals(0.2, each.at("/chosen/learning-rate").asDouble());
      assertTrue(each.get("shortOfOptimum").asDouble() > 0, each.toString());
    }
    double mean = repeats.at("/fitMillis/mean").asDouble();
    double longest = repeats.at("/fitMillis/max").asDouble();
    assertTrue(0 < mean && mean < longest && longest < 3 * mean, mean + " of at most " + longest);
    assertBrief(mean, summary, "(?m)^fit +(\\S+) ms");
    assertBrief(longest, summary, "(?m)^fit .*at most (\\S+)");
  }

  /** The rows leave the choice between two degrees to chance. */
  @Test
  void repeatsThatChooseAnotherCandidateAreCounted() throws IOException {
    String[] words = {"--degree", "1,2", "--optimizer", "exact", "--repeats", "8"};
    String noise = Files.writeString(folder.resolve("noise.csv"), noise()).toString();
    Object[] asked =
        Stream.concat(
                Stream.of("search", "--data", noise, "--test-fraction", "0.2", "--out", out),
                Stream.of(words))
            .toArray();
    String summary = Outcome.of(asked).succeeded().out();
    JsonNode each = result().at("/repeats/each");
    long others = 0;
    for (int repeat = 1; repeat < 8; repeat++) {
      boolean same = each.get(repeat).get("chosen").equals(each.get(0).get("chosen"));
      others += same ? 0 : 1;
    }
    assertTrue(others > 0, each.toString());
    assertTrue(summary.contains("; " + others + " chose another candidate\n"), summary);
  }

  private static String noise() {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      csv.append(random.nextGaussian()).append(',').append(random.nextGaussian()).append('\n');
    }
    return csv.toString();
  }

  /** Test rows and the training line say what was asked for beside the loss. */
  @Test
  void aFitTellsTheMetricItIsAskedFor() throws IOException {
    String summary = run("fit", "0.2", "--init", "zeros", "--metric", "max-error").out();
    double[] w = refit().w();
    assertBrief(testing.maxError(w, testing.all()), summary, "(?m)^test +max-error (\\S+) +mse ");
    assertBrief(training.maxError(w, training.all()), summary, "(?m)^training +max-error (\\S+); ");
    double trained = csv("candidates.csv").number(0, "mean_train_max-error");
    assertSame(training.maxError(w, training.all()), trained, "mean_train_max-error");
    double stated = result().at("/test/max-error").asDouble();
    assertSame(testing.maxError(w, testing.all()), stated, "max-error");
  }

  @Test
  void aFitWithoutFoldsHasTrainingLossesAndNoValidation() throws IOException {
    run("fit", "0.2", "--init", "zeros");
    ByHand.Trained hand = refit();
    WrittenCsv curves = csv("curves.csv");
    assertEquals(EPOCHS, curves.rows().size());
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      Map<String, String> row = curves.rows().get(epoch - 1);
      assertEquals("1", row.get("candidate"));
      assertEquals("", row.get("fold"));
      assertEquals("" + epoch, row.get("epoch"));
      assertSame(hand.training()[epoch - 1], curves.number(epoch - 1, "train_mse"), "train");
      assertEquals("", row.get("validation_mse"));
    }
    Map<String, String> row = csv("candidates.csv").rows().get(0);
    assertEquals("1", row.get("rank"));
    for (String column : List.of("mean", "sd", "se")) {
      assertEquals("", row.get(column + "_validation_mse"));
    }
    double trained = csv("candidates.csv").number(0, "mean_train_mse");
    assertSame(hand.training()[EPOCHS - 1], trained, "mean_train_mse");
    assertTested(hand.w(), result().get("test"));
  }

  @Test
  void ofManyFoldsTheFirstTenStandInCandidates() throws IOException {
    run("search", "0.2", "--folds", 12, "--init", "zeros");
    JsonNode folds = result().at("/cv/folds");
    assertEquals(12, folds.size());
    WrittenCsv candidates = csv("candidates.csv");
    for (int fold = 0; fold < 10; fold++) {
      assertEquals(folds.get(fold).asDouble(), candidates.number(0, "fold_" + fold));
    }
    assertTrue(candidates.header().contains("fold_9"));
    assertTrue(!candidates.header().contains("fold_10"));
  }

  @Test
  void explainSaysInWordsWhatItSaysInJson() throws IOException {
    Object[] asked = {
      "explain", "--data", data, "--folds", 5, "--learning-rate", "0.1,0.2,0.3", "--metric", "mae"
    };
    String text = Outcome.of(asked).succeeded().out();
    JsonNode json =
        Outcome.of(Stream.concat(Arrays.stream(asked), Stream.of("--json")).toArray())
            .succeeded()
            .json();
    assertEquals(38, json.get("rows").asInt());
    assertEquals(3, json.get("candidates").asInt());
    assertEquals(5, json.get("folds").asInt());
    // the moments, the absolute errors of all trials, then those of single rows
    assertEquals(3, json.get("dataPasses").asInt());
    assertEquals(4, json.get("tasks").asInt());
    assertTrue(text.contains("trials    15 (3 candidates x 5 folds)"), text);
    assertTrue(text.contains("passes    3 over the training rows"), text);
    assertTrue(text.contains("tasks     4"), text);
    assertTrue(text.contains("device    " + json.get("device").asText()), text);
    assertTrue(text.contains("movement  " + json.get("movement").asText()), text);
    assertTrue(text.contains("memory    below 1 MiB"), text);
    assertEquals(3, passes("search", "--learning-rate 0.1,0.2,0.3 --metric mae"));
    // 2 terms and the label: 4·5/2 moments of each of 5 folds and 2 minibatches of 19 rows
    assertEquals(8 * 5 * 2 * 10, json.get("memoryBytes").asInt());
  }

  /** The passes over the training rows of a search, or of its plan. */
  private int passes(String command, String words) throws IOException {
    Object[] all =
        Stream.concat(
                Stream.of(command, "--data", data, "--json", "--quiet"),
                Arrays.stream(words.split(" ")))
            .toArray();
    JsonNode json = Outcome.of(all).succeeded().json();
    return (command.equals("explain") ? json : json.get("engine")).get("dataPasses").asInt();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer exact",
        "--optimizer exact --interval nested",
        "--degree 2 --metric mae --folds 3",
        "--loss huber --epochs 2",
        "--loss huber --epochs 2 --interval nested --folds 4",
        "--loss absolute --optimizer exact --interval nested --folds 3",
        "--loss absolute --epochs 2 --learning-rate 0.1 --engine sql --interval nested --folds 3",
        "--engine sql --optimizer exact --interval nested --folds 3",
        "--loss huber --epochs 2 --fold-strategy forward",
        "--loss huber --epochs 2 --interval nested --folds 21"
      })
  void explainCountsThePassesThatTheSearchMakes(String words) throws IOException {
    assertEquals(passes("search", words), passes("explain", words), words);
  }
}
