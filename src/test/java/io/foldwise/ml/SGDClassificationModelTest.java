package io.foldwise.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@Tag("serializer")
class SGDClassificationModelTest {
  private final SparkSession spark = TestSpark.session();
  @TempDir Path folder;

  /** What Spark itself sends here is not registered with Kryo. */
  @DisabledIfSystemProperty(named = "spark.kryo.registrationRequired", matches = "true")
  @Retention(RetentionPolicy.RUNTIME)
  private @interface SparksOwnRecords {}

  /** z = −1 + 2x + z/2. */
  private static SGDClassificationModel model(Loss loss) {
    return SGDClassificationModel.of(trained(loss));
  }

  private static TrainedFunction trained(Loss loss) {
    PolynomialBasis basis = PolynomialBasis.power(List.of("x", "z"), 1);
    AffineFunction function = new AffineFunction(-1, new double[] {2, 0.5});
    return new TrainedFunction(new LinearModel(basis, function), loss, "spam");
  }

  /** Decision values 0.5, −3, 0 and 2. */
  private Dataset<Row> flat() {
    return spark.sql(
        "SELECT * FROM VALUES (0.5D, 1, 1), (-1D, 0, 0), (0D, 2, 1), (1D, 2, 0) AS t(x, z, y)");
  }

  private static double[] doubles(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }

  private static double[] ones(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .mapToDouble(row -> ((Vector) row.get(0)).apply(1))
        .toArray();
  }

  @Test
  void rowsAboveZeroAreOfClassOneAndOthersOfClassZero() {
    for (Loss loss : List.of(new Logistic(), new Hinge())) {
      Dataset<Row> rows = model(loss).transform(flat());
      assertArrayEquals(new double[] {1, 0, 0, 1}, doubles(rows, "prediction"));
      assertArrayEquals(new double[] {0.5, -3, 0, 2}, ones(rows, "rawPrediction"));
    }
  }

  /** 1/(1 + e^−z) at 0.5, −3, 0 and 2. */
  @Test
  void logisticDecisionsAreLogOdds() {
    assertArrayEquals(
        new double[] {0.6224593312018546, 0.04742587317756678, 0.5, 0.8807970779778823},
        ones(model(new Logistic()).transform(flat()), "probability"),
        1e-15);
  }

  @Test
  void hingeHasNoProbabilities() {
    SGDClassificationModel model = model(new Hinge());
    assertEquals(
        List.of("x", "z", "y", "rawPrediction", "prediction"),
        Arrays.asList(model.transform(flat()).columns()));
    assertEquals(
        "'loss' (hinge) has no probabilities: train on logistic",
        assertThrows(
                UnsupportedOperationException.class,
                () -> model.predictProbability(Vectors.dense(1, 1)))
            .getMessage());
  }

  @Test
  void vectorsAndColumnsOfTheirOwnAreReadAlike() {
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"x", "z"})
            .setOutputCol("features")
            .transform(flat());
    SGDClassificationModel model = model(new Logistic());
    for (String column : List.of("rawPrediction", "probability")) {
      assertArrayEquals(
          ones(model.transform(flat()), column), ones(model.transform(vectors), column));
    }
    assertEquals(
        List.of("x", "z", "y", "rawPrediction", "probability", "prediction"),
        Arrays.asList(model.transform(flat()).columns()));
  }

  @Test
  void anyColumnMayBeLeftOut() {
    SGDClassificationModel model = model(new Logistic());
    model.setRawPredictionCol("");
    assertArrayEquals(new double[] {1, 0, 0, 1}, doubles(model.transform(flat()), "prediction"));
    model.setProbabilityCol("");
    assertArrayEquals(new double[] {1, 0, 0, 1}, doubles(model.transform(flat()), "prediction"));
  }

  @Test
  void theLastBitsOfADecisionDecideNothing() {
    SGDClassificationModel model = model(new Logistic());
    assertEquals(0.0, model.predict(Vectors.dense(0.5 + 1e-13, 0)));
    assertEquals(1.0, model.predict(Vectors.dense(0.5 + 1e-11, 0)));
  }

  @Test
  @SparksOwnRecords
  void aMissingFeaturePredictsNaN() {
    Dataset<Row> rows = spark.sql("SELECT CAST(NULL AS DOUBLE) AS x, 1D AS z");
    for (Loss loss : List.of(new Logistic(), new Hinge())) {
      SGDClassificationModel model = model(loss);
      assertArrayEquals(new double[] {Double.NaN}, doubles(model.transform(rows), "prediction"));
      model.setRawPredictionCol("");
      assertArrayEquals(new double[] {Double.NaN}, doubles(model.transform(rows), "prediction"));
    }
  }

  /** Of the four pairs the decisions 0.5 and 0 win against −3 and lose against 2. */
  @Test
  @SparksOwnRecords
  void sparksEvaluatorReadsIt() {
    Dataset<Row> rows = model(new Hinge()).transform(flat());
    assertEquals(0.5, new BinaryClassificationEvaluator().setLabelCol("y").evaluate(rows));
  }

  @Test
  void savingAndLoadingKeepsEveryBitAndWhatWasTrained() throws IOException {
    for (Loss loss : List.of(new Logistic(), new Hinge())) {
      String path = folder.resolve(loss.label()).toString();
      SGDClassificationModel model = model(loss).setLabelCol("y");
      model.save(path);
      SGDClassificationModel loaded = SGDClassificationModel.load(path);
      assertEquals(model.uid(), loaded.uid());
      assertEquals("y", loaded.getLabelCol());
      assertEquals(loss, loaded.loss());
      assertEquals("spam", loaded.trained().positive());
      assertEquals(model.getProbabilityCol(), loaded.getProbabilityCol());
      assertArrayEquals(
          ones(model.transform(flat()), "rawPrediction"),
          ones(loaded.transform(flat()), "rawPrediction"));
      assertInstanceOf(SGDClassificationModel.class, SGDModel.load(path));
    }
  }

  @Test
  void regressionModelsKeepTheirLossToo() throws IOException {
    for (Loss loss : List.of(new Absolute(), new Huber(0.3), new Quantile(0.9))) {
      String path = folder.resolve(loss.label()).toString();
      SGDModel.of(trained(loss)).write().save(path);
      assertEquals(loss, assertInstanceOf(SGDRegressionModel.class, SGDModel.load(path)).loss());
    }
  }

  /** As models were saved that knew of no other loss. */
  @Test
  void aModelThatNamesNoLossIsOfSquaredLoss() throws IOException {
    Path old = folder.resolve("old");
    SGDRegressionModel.of(trained(new Squared()).function()).save(old.toString());
    Path data = old.resolve("data/part-00000");
    String text = Files.readString(data);
    String without = text.replaceAll(",\"loss\":\"squared\",\"parameter\":0\\.0", "");
    assertTrue(without.length() < text.length(), text);
    Files.delete(old.resolve("data/.part-00000.crc"));
    Files.writeString(data, without);
    assertEquals(new Squared(), SGDModel.load(old.toString()).loss());
  }

  @Test
  void aModelOfTheOtherKindIsRefused() throws IOException {
    String path = folder.resolve("model").toString();
    model(new Hinge()).save(path);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> SGDRegressionModel.load(path))
            .getMessage()
            .contains("holds io.foldwise.ml.SGDClassificationModel, not SGDRegressionModel"));
  }

  @Test
  void aPipelineCanBeSavedAndLoaded() throws IOException {
    PipelineStage[] stages = {model(new Logistic())};
    PipelineModel pipeline = new Pipeline().setStages(stages).fit(flat());
    String path = folder.resolve("pipeline").toString();
    pipeline.save(path);
    assertArrayEquals(
        new double[] {1, 0, 0, 1},
        doubles(PipelineModel.load(path).transform(flat()), "prediction"));
  }
}
