package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.foldwise.TestSpark;
import io.foldwise.learn.loss.Loss;
import io.foldwise.ml.SGDRegressionModel;
import io.foldwise.ml.SGDRegressor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deviances with a log link from data to predictions, against scikit-learn 1.9.1's {@code
 * PoissonRegressor}, {@code GammaRegressor} and {@code TweedieRegressor} ({@code
 * solver="newton-cholesky", tol=1e-12}) and its metrics of the means that they predict.
 */
final class DeviancesTest {
  private static final double NEAR = 1e-6;

  @TempDir Path folder;

  private static Path data(String name) {
    return Path.of("src/test/resources/optima", name + ".csv");
  }

  private static JsonNode fitted(String name, String... words) throws Exception {
    Object[] all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "fit",
                    "--data",
                    data(name),
                    "--test-data",
                    data(name),
                    "--optimizer",
                    "exact",
                    "--standardize",
                    "false",
                    "--json"),
                List.of(words).stream())
            .toArray();
    return Outcome.of(all).succeeded().json();
  }

  private static void assertModel(JsonNode run, double... expected) {
    assertEquals(expected[0], run.at("/model/intercept").asDouble(), NEAR * expected[0]);
    for (int j = 0; j < expected.length - 1; j++) {
      double found = run.at("/model/coefficients/x" + j).asDouble();
      assertEquals(expected[j + 1], found, NEAR, "x" + j);
    }
  }

  /** The rows that were trained on, which are named as test rows too. */
  private static void assertScores(
      JsonNode run, String deviance, double ofIt, double mse, double mae, double r2) {
    JsonNode test = run.get("test");
    assertEquals(ofIt, test.get(deviance).asDouble(), NEAR * ofIt);
    assertEquals(mse, test.get("mse").asDouble(), NEAR * mse);
    assertEquals(Math.sqrt(mse), test.get("rmse").asDouble(), NEAR * mse);
    assertEquals(mae, test.get("mae").asDouble(), NEAR * mae);
    assertEquals(r2, test.get("r2").asDouble(), NEAR);
  }

  @Test
  void poissonIsScikitLearnsPoissonRegressor() throws Exception {
    JsonNode run = fitted("counts", "--loss", "poisson", "--l2", "0.1");
    assertModel(
        run,
        0.48459220864716923,
        0.5996820681078643,
        -0.29505878460510987,
        0.19339287133507335,
        0.03935633349125022,
        -0.10364956890218986);
    assertScores(
        run,
        "poisson-deviance",
        0.9798548738114241,
        1.5867650927706871,
        0.9337245971513807,
        0.46959267077002964);
  }

  @Test
  void gammaIsScikitLearnsGammaRegressor() throws Exception {
    JsonNode run = fitted("amounts", "--loss", "gamma", "--l2", "0.1");
    assertModel(
        run,
        7.446426804958651,
        0.5645208947258172,
        -0.33278615499741343,
        0.19063089994176377,
        -0.0005815094990942635,
        -0.00019273524820198233);
    assertScores(
        run,
        "gamma-deviance",
        0.5145396710920112,
        2641247.2125243885,
        995.7437160906594,
        0.3639313469029155);
  }

  @Test
  void tweedieIsScikitLearnsTweedieRegressor() throws Exception {
    JsonNode run = fitted("claims", "--loss", "tweedie", "--power", "1.4", "--l2", "2");
    assertModel(
        run,
        5.380792539104899,
        0.6709537987313111,
        -0.3993376200099026,
        0.11878501457179064,
        -0.11705467724436129,
        -0.16113586335471836);
    assertScores(
        run,
        "tweedie-deviance",
        53.93966374655758,
        136502.5856786524,
        241.21828586661033,
        0.24351175799050717);
  }

  /** Default settings arrive, every metric ranks, and what is written and said is of the means. */
  @Test
  void aSearchSaysAndWritesMeans() throws Exception {
    Path run = folder.resolve("run");
    Outcome said =
        Outcome.of(
                "search",
                "--data",
                data("counts"),
                "--loss",
                "poisson",
                "--metric",
                "mae",
                "--grid",
                "l2=0,0.1",
                "--predictions",
                "--out",
                run)
            .succeeded();
    assertTrue(said.out().contains("model     ln y = "), said.out());
    assertTrue(said.out().contains("reached"), said.out());
    Path predicted = folder.resolve("predicted.csv");
    Outcome.of("predict", "--model", run, "--data", data("counts"), "--out", predicted).succeeded();
    JsonNode model =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(Files.readString(run.resolve("result.json")))
            .get("model");
    double[] x = numbers(data("counts"), 1);
    double z = model.get("intercept").asDouble();
    for (int j = 0; j < 5; j++) {
      z += x[j] * model.at("/coefficients/x" + j).asDouble();
    }
    assertEquals(Math.exp(z), numbers(predicted, 1)[6], 1e-12);
    for (String line : Files.readAllLines(run.resolve("predictions.csv")).subList(1, 20)) {
      double mean = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
      assertTrue(mean > 0 && mean < 60, line);
    }
    Outcome scored = Outcome.of("evaluate", "--model", run, "--data", data("counts"), "--json");
    double mae = 0;
    for (int row = 1; row <= 240; row++) {
      double[] cells = numbers(predicted, row);
      mae += Math.abs(cells[6] - cells[5]) / 240;
    }
    assertEquals(mae, scored.json().findValue("mae").asDouble(), 1e-10);
  }

  private static double[] numbers(Path file, int line) throws Exception {
    return java.util.Arrays.stream(Files.readAllLines(file).get(line).split(","))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** With MLlib's own evaluator on what its model predicts. */
  @Test
  void theEstimatorPredictsMeans() {
    Dataset<Row> rows =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(data("counts").toString());
    SGDRegressionModel model =
        new SGDRegressor()
            .setLoss("poisson")
            .setOptimizer("exact")
            .setStandardization(false)
            .setRegParam(0.2)
            .setFeaturesCols(new String[] {"x0", "x1", "x2", "x3", "x4"})
            .setLabelCol("y")
            .fit(rows);
    // scikit-learn 1.9.1, as above: alpha = 0.1 is l2, half of regParam
    assertEquals(0.5996820681078643, model.coefficients().apply(0), NEAR);
    RegressionEvaluator mae = new RegressionEvaluator().setLabelCol("y").setMetricName("mae");
    assertEquals(0.9337245971513807, mae.evaluate(model.transform(rows)), NEAR);
    assertEquals(0.9337245971513807, model.evaluate(rows).metrics().get("mae"), NEAR);
    double[] zeros = new double[5];
    assertEquals(Math.exp(model.intercept()), model.predict(Vectors.dense(zeros)), 1e-14);
    assertEquals(Loss.poisson(), model.loss());
  }

  @Test
  void labelsThatADevianceDoesNotTakeAreNamed() throws Exception {
    Path data =
        Files.writeString(folder.resolve("d.csv"), "x,y\n1,2\n2,-1\n3,0\n4,9\n5,1\n6,2\n7,3\n");
    String place = "'" + data + "', row 2 (line 3): column 'y' is -1: ";
    String fix = "the loss needs labels >= 0: correct it, remove the row, or take another --loss";
    for (String loss : List.of("poisson", "tweedie")) {
      Outcome.of("search", "--data", data, "--loss", loss).assertRefused(2, place + fix);
    }
    Files.writeString(data, "x,y\n1,2\n2,1\n3,0\n4,9\n5,1\n6,2\n7,3\n");
    Outcome.of("search", "--data", data, "--loss", "gamma")
        .assertRefused(
            2,
            "'"
                + data
                + "', row 3 (line 4): column 'y' is 0: the loss needs labels > 0: correct it, remove"
                + " the row, or take --loss tweedie or poisson");
  }

  @Test
  void aMetricOfAnotherLinkIsRefused() {
    Outcome.of("search", "--data", data("counts"), "--metric", "poisson-deviance")
        .assertRefused(
            2,
            "'metric' (poisson-deviance) is for labels that are >= 0 and models with a log link, and"
                + " 'loss' is squared: take mse, rmse, mae, r2");
    Outcome.of(
            "search", "--data", data("counts"), "--loss", "poisson", "--metric", "gamma-deviance")
        .assertRefused(
            2,
            "'metric' (gamma-deviance) is for labels that are > 0 and models with a log link, and"
                + " 'loss' is poisson: take poisson-deviance, mse, rmse, mae, r2");
    Outcome.of("search", "--data", data("counts"), "--loss", "tweedie", "--power", "2")
        .assertRefused(2, "'power' (2) must be a number in (1, 2)");
  }

  /**
   * Lognormal features reach where the deviance is steep: the rate is brought down, and said so.
   */
  @Test
  void anAutomaticRateThatDivergesIsBroughtDown() throws Exception {
    StringBuilder text = new StringBuilder("a,b,y\n");
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 400; i++) {
      double a = Math.exp(1.5 * random.nextGaussian());
      double b = Math.exp(1.5 * random.nextGaussian());
      long y = Math.round(Math.exp(Math.min(6, 0.3 * a + 0.2 * b)) * random.nextDouble());
      text.append(a).append(',').append(b).append(',').append(y).append('\n');
    }
    Path data = Files.writeString(folder.resolve("heavy.csv"), text);
    Outcome fit = Outcome.of("fit", "--data", data, "--loss", "poisson");
    assertEquals(0, fit.status());
    assertTrue(
        fit.out().contains("the automatic learning rate was too large for 1 training"), fit.out());
    Outcome given =
        Outcome.of("fit", "--data", data, "--loss", "poisson", "--learning-rate", "0.5");
    assertEquals(1, given.status());
    String kept = "every candidate diverged at 'learning-rate' (0.5000): take 'auto'";
    assertTrue(given.err().contains(kept), given.err());
  }
}
