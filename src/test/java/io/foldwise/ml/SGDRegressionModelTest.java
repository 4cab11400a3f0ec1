package io.foldwise.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Residuals;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.ScoreInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SGDRegressionModelTest {
  private static final List<String> FEATURES = List.of("x", "z");

  private final SparkSession spark = TestSpark.session();
  @TempDir Path folder;

  /** Degree 2 over [0.1, 0.7] × [−3, 11]. */
  private static SGDRegressionModel model() {
    PolynomialBasis basis =
        PolynomialBasis.chebyshev(FEATURES, 2, new double[] {0.1, -3}, new double[] {0.7, 11});
    double[] coefficients = {0.1, -2, 1.0 / 3, 4, 5e-300};
    return SGDRegressionModel.of(new LinearModel(basis, new AffineFunction(1.5, coefficients)));
  }

  private Dataset<Row> flat() {
    return spark.sql("SELECT * FROM VALUES (0.2D, 3, 'a'), (0.5D, -1, 'b') AS t(x, z, name)");
  }

  private Dataset<Row> vectors() {
    return new VectorAssembler()
        .setInputCols(new String[] {"x", "z"})
        .setOutputCol("v")
        .transform(flat())
        .drop("x", "z");
  }

  private static double[] predictions(Dataset<Row> rows) {
    return rows.select("prediction").collectAsList().stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }

  private static double[] expected() {
    LinearModel function = model().linearModel();
    return new double[] {
      function.predict(new double[] {0.2, 3}), function.predict(new double[] {0.5, -1})
    };
  }

  @Test
  void featuresMayBeColumnsOfTheirOwn() {
    assertArrayEquals(expected(), predictions(model().transform(flat())));
  }

  @Test
  void featuresMayBeOneVector() {
    assertArrayEquals(expected(), predictions(model().setFeaturesCol("v").transform(vectors())));
  }

  @Test
  void aFeatureMayBearTheNameOfTheVector() {
    PolynomialBasis basis = PolynomialBasis.power(List.of("features"), 1);
    SGDRegressionModel named =
        SGDRegressionModel.of(new LinearModel(basis, new AffineFunction(1, new double[] {2})));
    Dataset<Row> rows = spark.sql("SELECT 3D AS features, 7D AS label");
    assertArrayEquals(new double[] {7}, predictions(named.transform(rows)));
  }

  @Test
  void theOtherColumnsStay() {
    assertEquals(
        List.of("x", "z", "name", "ŷ"),
        Arrays.asList(model().setPredictionCol("ŷ").transform(flat()).columns()));
  }

  @Test
  void aMissingFeaturePredictsNaN() {
    Dataset<Row> rows = spark.sql("SELECT CAST(NULL AS DOUBLE) AS x, 1D AS z");
    assertArrayEquals(new double[] {Double.NaN}, predictions(model().transform(rows)));
  }

  @Test
  void aDatasetWithoutTheFeaturesIsRefused() {
    Dataset<Row> rows = spark.sql("SELECT 1D AS x, 'b' AS name");
    assertEquals(
        "the model's feature 'z' is not a column of the data, which have x, name",
        assertThrows(InvalidInputException.class, () -> model().transform(rows)).getMessage());
  }

  @Test
  void paramsBelongToTheModel() {
    SGDRegressionModel model = new SGDRegressionModel("mine");
    assertEquals("mine", model.uid());
    assertEquals("mine", model.featuresCol().parent());
    assertEquals(3, model.params().length);
    assertEquals("price", model.setLabelCol("price").getLabelCol());
  }

  @Test
  void aCopyIsIndependent() {
    SGDRegressionModel model = model();
    SGDRegressionModel copy = model.copy(new org.apache.spark.ml.param.ParamMap());
    copy.setPredictionCol("other");
    assertEquals("prediction", model.getPredictionCol());
    assertEquals(model.uid(), copy.uid());
  }

  @Test
  void savingAndLoadingKeepsEveryBit() throws IOException {
    SGDRegressionModel model = model().setLabelCol("price");
    String path = folder.resolve("model").toString();
    model.save(path);
    SGDRegressionModel loaded = SGDRegressionModel.load(path);
    assertEquals(model.uid(), loaded.uid());
    assertEquals("price", loaded.getLabelCol());
    assertEquals(FEATURES, loaded.features());
    assertArrayEquals(
        model.linearModel().function().coefficients(),
        loaded.linearModel().function().coefficients());
    assertArrayEquals(expected(), predictions(loaded.transform(flat())));
    assertEquals(model.predict(Vectors.dense(0.3, 2)), loaded.predict(Vectors.dense(0.3, 2)));
  }

  /** The model with two others about it as those of the folds. */
  private static SGDRegressionModel withIntervals() {
    TrainedFunction trained = model().trained();
    LinearModel function = trained.function();
    List<PredictionIntervals.Fold> folds = new ArrayList<>();
    for (double off : new double[] {-1, 1.0 / 3}) {
      AffineFunction moved =
          new AffineFunction(
              function.function().intercept() + off, function.function().coefficients());
      Residuals residuals =
          new Residuals(new double[] {0.1, 1.0 / 7, 3}, new double[] {1, 2, 0.3}, 3);
      folds.add(new PredictionIntervals.Fold(new LinearModel(function.basis(), moved), residuals));
    }
    return SGDRegressionModel.of(trained.with(new PredictionIntervals(folds)));
  }

  @Test
  void intervalsStandBesideThePredictionsAndAreSavedWithTheModel() throws IOException {
    SGDRegressionModel model = withIntervals();
    String path = folder.resolve("model").toString();
    model.save(path);
    ScoreInterval.Range first = model.intervals(0.6).range(new double[] {0.2, 3}, model.loss());
    assertTrue(first.low() < expected()[0] && expected()[0] < first.high());
    SGDRegressionModel loaded = SGDRegressionModel.load(path).setPredictionCol("ŷ");
    for (Dataset<Row> rows :
        List.of(
            loaded.transform(flat(), 0.6).drop("x", "z"),
            loaded.setFeaturesCol("v").transform(vectors(), 0.6).drop("v"))) {
      assertEquals(List.of("name", "ŷ", "ŷ_lower", "ŷ_upper"), List.of(rows.columns()));
      Row row = rows.first();
      assertEquals(expected()[0], row.getDouble(1));
      assertEquals(first.low(), row.getDouble(2));
      assertEquals(first.high(), row.getDouble(3));
    }
  }

  @Test
  void aModelWithoutErrorsOfHeldOutRowsHasNoIntervals() {
    assertEquals(
        "'interval' (0.9) needs the errors of held-out rows, and the model keeps none: train it by search, not fit, with --residuals (residuals() in Java, residuals=True in Python) where rows are more than 100,000, and not on the past alone",
        assertThrows(InvalidInputException.class, () -> model().transform(flat(), 0.9))
            .getMessage());
  }

  @Test
  void aPipelineCanBeSavedAndLoaded() throws IOException {
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {model()}).fit(flat());
    String path = folder.resolve("pipeline").toString();
    pipeline.save(path);
    assertArrayEquals(expected(), predictions(PipelineModel.load(path).transform(flat())));
  }
}
