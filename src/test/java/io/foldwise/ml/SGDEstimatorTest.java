package io.foldwise.ml;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Foldwise;
import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.search.SearchResult;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SGDEstimatorTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final String[] FEATURES = {"bmi", "bp", "s5"};

  @TempDir Path folder;

  private static Dataset<Row> diabetes() {
    Dataset<Row> read =
        SPARK
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("data/diabetes.csv")
            .withColumn("weight", col("age").divide(20).cast("int"));
    return new VectorAssembler().setInputCols(FEATURES).setOutputCol("features").transform(read);
  }

  private static Dataset<Row> cancer() {
    Dataset<Row> read =
        SPARK
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("data/breast_cancer.csv")
            .withColumn("label", col("diagnosis").equalTo("malignant").cast("double"));
    return new VectorAssembler()
        .setInputCols(new String[] {"mean_texture", "mean_concavity"})
        .setOutputCol("features")
        .transform(read);
  }

  private static SGDRegressor regressor() {
    return new SGDRegressor().setLabelCol("target");
  }

  @Test
  void theExactOptimumIsThatOfMllibsLinearRegression() {
    LinearRegressionModel expected =
        new LinearRegression()
            .setLabelCol("target")
            .setWeightCol("weight")
            .setRegParam(3)
            .setElasticNetParam(0.4)
            .setTol(1e-13)
            .fit(diabetes());
    SGDRegressionModel found =
        regressor()
            .setOptimizer("exact")
            .setWeightCol("weight")
            .setRegParam(3)
            .setElasticNetParam(0.4)
            .fit(diabetes());
    assertArrayEquals(expected.coefficients().toArray(), found.coefficients().toArray(), 1e-5);
    assertEquals(expected.intercept(), found.intercept(), 1e-3);
  }

  @Test
  void theExactOptimumIsThatOfMllibsLogisticRegression() {
    LogisticRegressionModel expected =
        new LogisticRegression().setRegParam(0.05).setTol(1e-12).fit(cancer());
    SGDClassificationModel found =
        new SGDClassifier().setOptimizer("exact").setRegParam(0.05).fit(cancer());
    assertArrayEquals(expected.coefficients().toArray(), found.coefficients().toArray(), 1e-5);
    Row mllibs = expected.transform(cancer()).select("probability", "prediction").head();
    Row ours = found.transform(cancer()).select("probability", "prediction").head();
    assertArrayEquals(((Vector) mllibs.get(0)).toArray(), ((Vector) ours.get(0)).toArray(), 1e-6);
    assertEquals(mllibs.get(1), ours.get(1));
  }

  @Test
  void itTrainsAsTheFrontDoorDoes() {
    SGDRegressionModel found =
        regressor()
            .setFeaturesCols(FEATURES)
            .setOptimizer("adam")
            .setMaxIter(7)
            .setSeed(5)
            .fit(diabetes());
    SearchResult expected =
        Foldwise.on(diabetes().selectExpr("bmi", "bp", "s5", "double(target) target"))
            .label("target")
            .grid("optimizer=adam; epochs=7")
            .seed(5)
            .fit();
    assertArrayEquals(
        expected.refit().model().powers().coefficients(), found.coefficients().toArray(), 1e-9);
    assertEquals(7, found.summary().totalIterations());
    assertArrayEquals(
        expected.refit().curve().training(), found.summary().objectiveHistory(), 1e-9);
    assertTrue(found.summary().objective() >= found.summary().optimum());
    assertTrue(found.summary().bestConstant() > found.summary().optimum());
  }

  @Test
  void flatColumnsAndAVectorAreTheSame() {
    SGDRegressor estimator = regressor().setOptimizer("exact").setDegree(2);
    SGDRegressionModel ofVector = regressor().setOptimizer("exact").fit(diabetes());
    SGDRegressionModel ofColumns =
        regressor().setOptimizer("exact").setFeaturesCols(FEATURES).fit(diabetes());
    assertArrayEquals(ofVector.coefficients().toArray(), ofColumns.coefficients().toArray(), 1e-9);
    assertEquals(9, estimator.setFeaturesCols(FEATURES).fit(diabetes()).coefficients().size());
  }

  @Test
  void everyLossOfNumbersIsTrained() {
    for (String loss : new String[] {"squared", "absolute", "huber", "quantile"}) {
      SGDRegressionModel model =
          regressor().setLoss(loss).setTau(0.9).setMaxIter(50).fit(diabetes());
      assertEquals(loss, model.loss().label());
      if (loss.equals("quantile")) {
        Dataset<Row> above = model.transform(diabetes()).where("target > prediction");
        assertEquals(0.1, above.count() / 442.0, 0.03);
      }
    }
  }

  @Test
  void aHingeModelHasNoProbabilities() {
    SGDClassificationModel model = new SGDClassifier().setLoss("hinge").fit(cancer());
    assertFalse(model.transform(cancer()).columns().length == 0);
    assertFalse(java.util.List.of(model.transform(cancer()).columns()).contains("probability"));
    assertTrue(model.evaluate(cancer()).value("accuracy") > 0.85);
  }

  @Test
  void evaluationIsMllibs() {
    SGDRegressionModel model = regressor().setOptimizer("exact").fit(diabetes());
    Dataset<Row> predicted = model.transform(diabetes());
    for (String metric : new String[] {"mse", "rmse", "mae", "r2"}) {
      double expected =
          new RegressionEvaluator().setLabelCol("target").setMetricName(metric).evaluate(predicted);
      assertEquals(expected, model.evaluate(diabetes()).value(metric), 1e-9 * Math.abs(expected));
    }
    assertThrows(IllegalArgumentException.class, () -> model.evaluate(diabetes()).value("auc"));
  }

  @Test
  void everyParamExplainsItselfAndIsCopied() {
    SGDRegressor estimator = regressor().setLearningRate(0.5);
    String explained = estimator.explainParams();
    for (String name :
        new String[] {"regParam", "elasticNetParam", "batchSize", "delta", "tau", "degree"}) {
      assertTrue(explained.contains(name + ": "), name);
    }
    SGDRegressor copy = estimator.copy(new ParamMap().put(estimator.maxIter().w(3)));
    assertEquals(3, copy.getMaxIter());
    assertEquals(0.5, copy.getLearningRate());
    assertEquals(100, estimator.getMaxIter());
    assertEquals(estimator.uid(), copy.uid());
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> regressor().setRegParam(-1));
    assertThrows(IllegalArgumentException.class, () -> regressor().setElasticNetParam(1.1));
    assertThrows(IllegalArgumentException.class, () -> regressor().setMaxIter(0));
    assertThrows(IllegalArgumentException.class, () -> regressor().setLoss("logistic"));
    assertThrows(IllegalArgumentException.class, () -> new SGDClassifier().setLoss("squared"));
    assertThrows(IllegalArgumentException.class, () -> regressor().setOptimizer("newton"));
    assertThrows(InvalidInputException.class, () -> regressor().setSchedule("steps"));
    assertThrows(IllegalArgumentException.class, () -> regressor().setMomentum(1));
    assertThrows(IllegalArgumentException.class, () -> regressor().setTau(1));
  }

  @Test
  void aSchemaThatCannotBeUsedIsRefusedByTheNameOfTheColumn() {
    assertRefused(regressor().setFeaturesCol("vectors"), "vectors");
    assertRefused(regressor().setFeaturesCol("bmi"), "bmi");
    assertRefused(regressor().setLabelCol("price"), "price");
    assertRefused(regressor().setWeightCol("importance"), "importance");
    assertRefused(regressor().setFeaturesCols(new String[] {"bmi", "size"}), "size");
    assertRefused(regressor().setFeaturesCols(new String[] {"bmi", "features"}), "features");
  }

  private static void assertRefused(SGDRegressor estimator, String column) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> estimator.transformSchema(diabetes().schema()));
    assertTrue(refused.getMessage().contains(column), refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> estimator.fit(diabetes()));
  }

  @Test
  void theSchemaOfPredictionsIsThatOfTheFrame() {
    SGDRegressor flat = regressor().setFeaturesCols(FEATURES).setMaxIter(1);
    assertEquals(
        Set.of(flat.fit(diabetes()).transform(diabetes()).columns()),
        Set.of(flat.transformSchema(diabetes().schema()).fieldNames()));
    SGDClassifier classes = new SGDClassifier().setMaxIter(1);
    assertEquals(
        Set.of(classes.fit(cancer()).transform(cancer()).columns()),
        Set.of(classes.transformSchema(cancer().schema()).fieldNames()));
    assertEquals(2, AttributeGroup.fromStructField(cancer().schema().apply("features")).size());
  }

  @Test
  void estimatorsAndModelsGoThroughAPipelineAndADisk() throws Exception {
    SGDRegressor estimator = regressor().setFeaturesCols(FEATURES).setRegParam(0.5).setDelta(2);
    String path = folder.resolve("estimator").toString();
    estimator.save(path);
    SGDRegressor read = SGDRegressor.load(path);
    String array = "\\[Ljava.lang.String;@[0-9a-f]+";
    assertEquals(
        estimator.explainParams().replaceAll(array, ""),
        read.explainParams().replaceAll(array, ""));
    assertArrayEquals(FEATURES, read.getFeaturesCols());
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {read}).fit(diabetes());
    String saved = folder.resolve("pipeline").toString();
    model.save(saved);
    assertEquals(
        model.transform(diabetes()).select("prediction").collectAsList(),
        PipelineModel.load(saved).transform(diabetes()).select("prediction").collectAsList());
    SGDRegressionModel loaded = (SGDRegressionModel) PipelineModel.load(saved).stages()[0];
    assertFalse(loaded.hasSummary());
    assertThrows(IllegalStateException.class, loaded::summary);
    assertTrue(((SGDRegressionModel) model.stages()[0]).hasSummary());
  }
}
