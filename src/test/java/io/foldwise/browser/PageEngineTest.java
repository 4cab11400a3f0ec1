package io.foldwise.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.cli.Commands;
import io.foldwise.input.InvalidInputException;
import io.foldwise.report.WrittenReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's engine, in the JVM: what it trains again is what the command line trains. */
final class PageEngineTest {
  private static final double DIGITS = 1e-12;
  private static final double FUSED_DIGITS = 1e-9;

  @TempDir Path folder;

  @Test
  void theChosenCandidateTrainedAgainIsTheRun() throws IOException {
    assertSame(run("quiz", "--config", "conf/quiz.yaml", "--repeats", 1));
    assertSame(run("housing", "--config", "conf/housing.yaml"));
    assertSame(run("lasso", diabetes("--optimizer", "exact", "--grid", "l1=1,10,100; l2=0,0.1")));
    assertSame(run("adam", diabetes("--optimizer", "adam", "--batch-size", 50, "--metric", "r2")));
    assertSame(run("stop", "--data", "data/quiz_data.pkl", "--degree", 6, "--patience", 3));
    assertSame(
        run(
            "forward",
            diabetes("--fold-strategy", "forward", "--grid", "l2=0,1", "--init", "zeros")));
    assertSame(run("purged", diabetes("--fold-strategy", "forward", "--purge", 20)));
  }

  /** By the fused engine, over rows that are all in the page. */
  @Test
  void lossesOverRowsTrainedAgainAreTheRun() throws IOException {
    assertSame(run("classes", "--config", "conf/cancer.yaml", "--overwrite"), FUSED_DIGITS);
    assertSame(
        run(
            "huber",
            diabetes(
                "--loss",
                "huber",
                "--grid",
                "delta=10,100",
                "--init",
                "normal",
                "--report-rows",
                2000)),
        FUSED_DIGITS);
    assertSame(
        run(
            "absolute",
            diabetes(
                "--loss",
                "absolute",
                "--degree",
                2,
                "--features",
                "bmi,s5",
                "--report-rows",
                2000,
                "--optimizer",
                "nesterov",
                "--patience",
                20)),
        FUSED_DIGITS);
    assertSame(
        run(
            "forward-rows",
            diabetes(
                "--loss",
                "quantile",
                "--tau",
                0.8,
                "--fold-strategy",
                "forward",
                "--purge",
                30,
                "--report-rows",
                2000)),
        FUSED_DIGITS);
  }

  @Test
  void ofMoreRowsThanThePageMayHoldASampleIsTrainedOn() throws IOException {
    WrittenReport report =
        run("sampled", diabetes("--loss", "huber", "--report-rows", 200, "--epochs", 5));
    assertTrue(report.data().at("/moments/sampled").asBoolean());
    CrossValidated found = report.engine().crossValidate(report.grid());
    double mean = report.result().at("/cv/mean").asDouble();
    assertEquals(mean, found.mean(), 0.5 * mean);
    assertNotEquals(mean, found.mean());
  }

  private static Object[] diabetes(Object... more) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of("--data", "data/diabetes.csv", "--label", "target"),
            java.util.stream.Stream.of(more))
        .toArray();
  }

  private WrittenReport run(String name, Object... words) throws IOException {
    Object[] all = new Object[words.length + 3];
    all[0] = "search";
    all[1] = "--out";
    all[2] = folder.resolve(name);
    System.arraycopy(words, 0, all, 3, words.length);
    Commands.out(all);
    return WrittenReport.in(folder.resolve(name));
  }

  private static void assertSame(WrittenReport report) throws IOException {
    assertSame(report, DIGITS);
  }

  private static void assertSame(WrittenReport report, double digits) throws IOException {
    JsonNode result = report.result();
    CrossValidated found = report.engine().crossValidate(report.grid());
    assertNear(result.at("/cv/mean").asDouble(), found.mean(), digits);
    assertNear(result.at("/cv/standardError").asDouble(), found.standardError(), digits);
    JsonNode folds = result.at("/cv/folds");
    for (int fold = 0; fold < folds.size(); fold++) {
      assertNear(folds.get(fold).asDouble(), found.folds()[fold], digits);
    }
    assertEquals(result.at("/chosen/epochs").asDouble(0), report.epochs(found), 0);
    assertNear(result.at("/convergence/objective").asDouble(), found.refitConvergence()[0], digits);
    assertNear(result.at("/convergence/optimum").asDouble(), found.refitConvergence()[1], digits);
    assertNear(result.at("/model/intercept").asDouble(), found.refitIntercept(), digits);
    String[] terms = found.refitTerms();
    double largest =
        IntStream.range(0, terms.length)
            .mapToDouble(i -> Math.abs(found.refitCoefficients()[i]))
            .max()
            .orElse(0);
    for (int term = 0; term < terms.length; term++) {
      assertEquals(
          result.at("/model/coefficients").get(terms[term]).asDouble(),
          found.refitCoefficients()[term],
          100 * digits * largest);
    }
  }

  private static void assertNear(double expected, double actual) {
    assertNear(expected, actual, DIGITS);
  }

  private static void assertNear(double expected, double actual, double digits) {
    assertEquals(expected, actual, digits * Math.abs(expected));
  }

  @Test
  void aMovedPenaltyIsTheSearchWithThatPenalty() throws IOException {
    WrittenReport report = run("before", diabetes("--optimizer", "nesterov", "--grid", "l2=0,0.1"));
    WrittenReport moved = run("moved", diabetes("--optimizer", "nesterov", "--l2", 0.37));
    CrossValidated found =
        report.engine().crossValidate(report.grid().replaceAll("l2=[^;]*", "l2=0.37"));
    assertNear(moved.result().at("/cv/mean").asDouble(), found.mean(), DIGITS);
  }

  @Test
  void otherBatchSizesAreThoseThatItsBlocksAddUpTo() throws IOException {
    WrittenReport report = run("batches", diabetes("--batch-size", 56));
    assertArrayEquals(new double[] {56, 111, 221, 442}, report.engine().batchSizes());
    WrittenReport halves = run("halves", diabetes("--batch-size", 221));
    CrossValidated found =
        report.engine().crossValidate(report.grid().replace("batch-size=56", "batch-size=221"));
    assertNear(halves.result().at("/cv/mean").asDouble(), found.mean());
    String other = report.grid().replace("batch-size=56", "batch-size=100");
    String message =
        assertThrows(InvalidInputException.class, () -> report.engine().crossValidate(other))
            .getMessage();
    assertTrue(message.startsWith("'batch-size' (100) is none of those"), message);
  }

  @Test
  void theRoadLeadsFromTheStartToWhatWasTrained() throws IOException {
    WrittenReport report =
        run("road", "--data", "data/linear.pkl", "--epochs", 40, "--init", "zeros");
    Road road = report.engine().road(report.grid(), -1);
    double[] path = road.path(100_000);
    int p = road.names().length;
    assertArrayEquals(new String[] {"intercept", "x"}, road.names());
    double[] end = java.util.Arrays.copyOfRange(path, path.length - p, path.length);
    assertNear(report.result().at("/convergence/objective").asDouble(), road.objective(end));
    double[] optimum = road.optimum();
    assertNear(report.result().at("/convergence/optimum").asDouble(), road.objective(optimum));
    double[] around =
        road.surface(
            optimum,
            0,
            1,
            new double[] {optimum[0] - 1, optimum[0], optimum[0] + 1},
            new double[] {optimum[1]});
    assertNear(road.objective(optimum), around[1]);
    // Standardised features: the loss rises by the square of each weight's distance.
    assertNear(road.objective(optimum) + 1, around[0]);
    assertNear(road.objective(optimum) + 1, around[2]);
  }
}
