package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several metrics of one run: each is what it is alone, and the first ranks. */
final class SeveralMetricsTest {
  private static final List<String> CANCER =
      List.of(
          "search",
          "--data",
          "data/breast_cancer.csv",
          "--label",
          "diagnosis",
          "--positive",
          "malignant",
          "--loss",
          "logistic",
          "--epochs",
          "4",
          "--grid",
          "l2=1e-4,0.1,10",
          "--metric");

  @TempDir Path folder;

  private static Outcome run(List<String> words, Object... more) {
    return Outcome.of(
        java.util.stream.Stream.concat(words.stream(), java.util.stream.Stream.of(more)).toArray());
  }

  @Test
  void eachIsWhatItIsAlone() throws Exception {
    Path out = folder.resolve("run");
    JsonNode all =
        run(CANCER, "auc,log-loss,accuracy", "--json", "--out", out).succeeded().json().get("cv");
    assertEquals("auc", all.get("metric").asText());
    assertEquals(2, all.get("also").size());
    JsonNode auc = run(CANCER, "auc", "--json").succeeded().json();
    assertEquals(auc.at("/cv/mean").asDouble(), all.get("mean").asDouble());
    assertEquals(auc.at("/cv/pooled").asDouble(), all.get("pooled").asDouble());
    String l2 = auc.at("/chosen/l2").asText();
    for (JsonNode told : all.get("also")) {
      String name = told.get("metric").asText();
      JsonNode cv = run(chosen(l2), name, "--json").succeeded().json().get("cv");
      for (String value : List.of("mean", "sd", "standardError", "pooled")) {
        assertEquals(cv.get(value).asDouble(), told.get(value).asDouble(), 1e-12, name + value);
      }
      for (int fold = 0; fold < 5; fold++) {
        assertEquals(
            cv.get("folds").get(fold).asDouble(), told.get("folds").get(fold).asDouble(), 1e-12);
      }
    }
    List<String> header =
        List.of(Files.readAllLines(out.resolve("candidates.csv")).get(0).split(","));
    assertTrue(
        header.containsAll(
            List.of("mean_validation_auc", "mean_validation_log-loss", "se_validation_accuracy")));
    List<String> best =
        List.of(Files.readAllLines(out.resolve("candidates.csv")).get(1).split(","));
    assertEquals(
        all.at("/also/0/mean").asDouble(),
        Double.parseDouble(best.get(header.indexOf("mean_validation_log-loss"))));
    String table = Files.readString(out.resolve("report.html"));
    assertTrue(table.contains("\"also\":{\"log-loss\":" + all.at("/also/0/mean") + ","));
  }

  /** Where an axis changes the loss that judges, so that its values do not compare. */
  @Test
  void aScoreThatIsAnotherForEachCandidateIsSaidToBe() throws Exception {
    List<String> huber =
        List.of(
            "search",
            "--data",
            "data/diabetes.csv",
            "--label",
            "target",
            "--loss",
            "huber",
            "--grid",
            "delta=1,100");
    String note =
        "'metric' (huber) is another score for each 'delta', so that its values do not compare: judge by one that is the same for all, such as --metric mae";
    String told = run(huber).out();
    assertTrue(told.contains(note), told);
    assertFalse(run(huber, "--metric", "mae").out().contains("is another score"));
  }

  /** The same candidate alone. */
  private static List<String> chosen(String l2) {
    return CANCER.stream().map(word -> word.startsWith("l2=") ? "l2=" + l2 : word).toList();
  }

  @Test
  void theTableHasThemAll() {
    String said = run(CANCER, "log-loss, auc ,f1").succeeded().out();
    String header =
        said.lines().filter(line -> line.startsWith("  rank")).findFirst().orElseThrow();
    assertTrue(header.matches(".*log-loss +std error +train log-loss +auc +f1.*"), header);
  }

  @Test
  void oneThatIsUnknownNamedTwiceOrOfOtherLabelsIsRefused() {
    run(CANCER, "auc,gini").assertRefused(2, refusal("gini"));
    run(CANCER, "auc,").assertRefused(2, refusal(""));
    run(CANCER, "auc,f1,auc").assertRefused(2, "'metric' names auc twice: keep one");
    run(CANCER, "auc,mse")
        .assertRefused(
            2,
            "'metric' (mse) is for labels that are any numbers, and 'loss' is logistic:"
                + " take log-loss, accuracy, f1, auc");
  }

  private static String refusal(String word) {
    return "'metric' ("
        + word
        + ") must be one of mse, mae, huber, pinball, epsilon-insensitive, poisson-deviance,"
        + " gamma-deviance, tweedie-deviance, rmse, r2, max-error, log-loss, hinge, squared-hinge, ovr-hinge, ovr-squared-hinge, accuracy, f1, macro-f1, auc";
  }
}
