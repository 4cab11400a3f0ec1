package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals of single predictions, from the search that keeps what they take to new rows. */
class PredictionIntervalCommandsTest {
  /**
   * MAPIE 1.6.0: {@code CrossConformalRegressor} over scikit-learn's {@code LinearRegression},
   * method plus, folds of {@code KFold(5)} (src/test/python/prediction_intervals.py).
   */
  private static final double[][] MAPIE = {
    {114.3616850158594, 298.78166184898987},
    {-24.36157318273456, 160.47124132881987},
    {85.73512880711985, 269.7270424851509}
  };

  @TempDir Path folder;

  private Outcome predict(Path run, Object data, Path out, String interval) {
    return Outcome.of(
        "predict", "--model", run, "--data", data, "--out", out, "--interval", interval);
  }

  @ParameterizedTest
  @CsvSource({"moments,exact", "sql,exact", "fused,nesterov"})
  void everyEngineHasTheIntervalsOfMapie(String engine, String optimizer) throws IOException {
    Path run = folder.resolve("run");
    Outcome search =
        Outcome.of(
                "search",
                "--data",
                "data/diabetes.csv",
                "--label",
                "target",
                "--fold-strategy",
                "contiguous",
                "--optimizer",
                optimizer,
                "--batch-size",
                "full",
                "--epochs",
                "5000",
                "--engine",
                engine,
                "--out",
                run)
            .succeeded();
    Path predicted = folder.resolve("predicted.csv");
    predict(run, "data/diabetes.csv", predicted, "0.9").succeeded();
    WrittenCsv csv = WrittenCsv.of(predicted);
    for (int row = 0; row < MAPIE.length; row++) {
      double[] ends = {csv.column("prediction_lower")[row], csv.column("prediction_upper")[row]};
      assertArrayEquals(MAPIE[row], ends, 1e-6);
    }
    double[] low = csv.column("prediction_lower");
    double[] high = csv.column("prediction_upper");
    double[] labels = csv.column("target");
    long inside =
        IntStream.range(0, labels.length)
            .filter(row -> low[row] <= labels[row] && labels[row] <= high[row])
            .count();
    Outcome evaluated =
        Outcome.of(
            "evaluate",
            "--model",
            run,
            "--data",
            "data/diabetes.csv",
            "--interval",
            "0.9",
            "--json");
    assertEquals(0, evaluated.status(), evaluated.err());
    assertEquals(inside / 442.0, evaluated.json().at("/interval/held").asDouble(), 1e-12);
    JsonNode json = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    double within = json.at("/cv/predictions/within/0.9000").asDouble();
    assertEquals(442, json.at("/cv/predictions/rows").asInt());
    assertTrue(
        search.out().contains("errors    90 % of new rows within about 93.34 of their prediction"),
        search.out());
    assertEquals(93.34, within, 0.005);
    String report = Files.readString(run.resolve("report.html"));
    assertTrue(report.contains("\"within\":{\"confidence\":0.9,\"error\":" + within + "}"));
  }

  @Test
  void ofManyRowsErrorsAreKeptOnRequestAndRounded() throws IOException {
    Dataset<Row> rows =
        TestSpark.session()
            .sql("SELECT id / 100001D AS x, 3 * id / 100001D + sin(id) AS y FROM range(100001)");
    String data = folder.resolve("rows.parquet").toString();
    rows.write().parquet(data);
    Path run = folder.resolve("run");
    Object[] search = {"search", "--data", data, "--optimizer", "exact", "--out", run};
    Outcome.of(search).succeeded();
    Path predicted = folder.resolve("predicted.parquet");
    predict(run, data, predicted, "0.9")
        .assertRefused(
            2,
            "'interval' (0.9) needs the errors of held-out rows, and the model keeps none: train it by search, not fit, with --residuals (residuals() in Java, residuals=True in Python) where rows are more than 100,000, and not on the past alone");
    assertFalse(Files.exists(predicted));
    Object[] again = {
      "search", "--data", data, "--optimizer", "exact", "--out", run, "--overwrite", "--residuals"
    };
    Outcome.of(again).succeeded();
    predict(run, data, predicted, "0.9").succeeded();
    Row found =
        TestSpark.session()
            .read()
            .parquet(predicted.toString())
            .selectExpr(
                "avg(cast(y between prediction_lower and prediction_upper as int))",
                "max(prediction_upper - prediction_lower)")
            .first();
    assertEquals(0.9, found.getDouble(0), 1e-3);
    // |sin| exceeds sin(0.9·π/2) in one of ten places.
    assertEquals(2 * Math.sin(0.45 * Math.PI), found.getDouble(1), 4e-3);
  }

  @Test
  void fitAndClassesHaveNone() {
    Path run = folder.resolve("run");
    Path out = folder.resolve("predicted.csv");
    Outcome.of("fit", "--data", "data/linear.pkl", "--out", run).succeeded();
    assertEquals(2, predict(run, "data/linear.pkl", out, "0.9").status());
    Outcome.of(
            "search",
            "--data",
            "data/breast_cancer.csv",
            "--label",
            "diagnosis",
            "--loss",
            "logistic",
            "--out",
            run,
            "--overwrite")
        .status();
    assertEquals(2, predict(run, "data/breast_cancer.csv", out, "0.9").status());
    assertFalse(Files.exists(out));
  }

  @Test
  void residualsWithoutAPlaceForThemAreRefused() {
    Outcome.of("search", "--data", "data/linear.pkl", "--residuals")
        .assertRefused(2, "'residuals' needs 'out': say where to keep them with --out DIR");
  }
}
