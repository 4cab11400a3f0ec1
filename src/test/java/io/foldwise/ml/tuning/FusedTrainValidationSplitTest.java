package io.foldwise.ml.tuning;

import static io.foldwise.ml.tuning.FusedCrossValidatorTest.assertSame;
import static io.foldwise.ml.tuning.FusedCrossValidatorTest.coefficients;
import static io.foldwise.ml.tuning.FusedCrossValidatorTest.grid;
import static io.foldwise.ml.tuning.FusedCrossValidatorTest.linear;
import static io.foldwise.ml.tuning.FusedCrossValidatorTest.logistic;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.ml.SGDRegressor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedTrainValidationSplitTest {
  private static final Dataset<Row> DIABETES = MllibData.diabetes();
  private static final Dataset<Row> CANCER = MllibData.cancer();

  @TempDir Path folder;

  /** The same settings on MLlib's validator or on ours. */
  private static <V extends TrainValidationSplit> V set(
      V validator, Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    validator
        .setEstimator(estimator)
        .setEstimatorParamMaps(grid)
        .setEvaluator(evaluator)
        .setTrainRatio(0.7)
        .setSeed(11)
        .setCollectSubModels(true);
    return validator;
  }

  private static FusedTrainValidationSplit ours(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    return set(new FusedTrainValidationSplit(), estimator, grid, evaluator);
  }

  private static TrainValidationSplit mllibs(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    return set(new TrainValidationSplit(), estimator, grid, evaluator);
  }

  /** Checks what ours finds against what MLlib's does, and returns both. */
  private static List<TrainValidationSplitModel> assertMllibs(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator, Dataset<Row> rows) {
    TrainValidationSplitModel expected = mllibs(estimator, grid, evaluator).fit(rows);
    TrainValidationSplitModel found = ours(estimator, grid, evaluator).fused(rows).orElseThrow();
    assertSame(expected.validationMetrics(), found.validationMetrics());
    assertSame(expected.bestModel(), found.bestModel());
    assertEquals(grid.length, found.subModels().length);
    for (int setting = 0; setting < grid.length; setting++) {
      assertSame(expected.subModels()[setting], found.subModels()[setting]);
    }
    return List.of(expected, found);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 3, 0", "300, 2, 1"})
  void linearRegressionIsMllibs(double first, double second, double alpha) {
    LinearRegression linear = linear().setWeightCol("weight").setElasticNetParam(alpha);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(linear.regParam(), new double[] {first, second}).build();
    assertMllibs(linear, grid, new RegressionEvaluator(), DIABETES);
  }

  @ParameterizedTest
  @CsvSource({"areaUnderROC", "areaUnderPR"})
  void logisticRegressionIsMllibs(String metric) {
    LogisticRegression logistic = logistic();
    BinaryClassificationEvaluator evaluator =
        new BinaryClassificationEvaluator().setMetricName(metric);
    List<TrainValidationSplitModel> both =
        assertMllibs(logistic, grid(logistic), evaluator, CANCER);
    double[] objectives =
        both.stream()
            .map(model -> ((LogisticRegressionModel) model.subModels()[1]).summary())
            .mapToDouble(summary -> Arrays.stream(summary.objectiveHistory()).min().orElseThrow())
            .toArray();
    assertEquals(objectives[0], objectives[1], 1e-7);
  }

  @Test
  void stagesThatLearnAreFittedToTheTrainingRowsAlone() {
    LinearRegression linear = linear().setFeaturesCol("scaled").setStandardization(false);
    StandardScaler scaler =
        new StandardScaler().setWithMean(true).setInputCol("features").setOutputCol("scaled");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {scaler, linear});
    assertMllibs(pipeline, grid(linear), new RegressionEvaluator(), DIABETES);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.75, 0", "4, 0.1, -123456789012"})
  void theSplitIsMllibsOwn(int partitions, double ratio, long seed) {
    Dataset<Row> rows = DIABETES.repartition(partitions).selectExpr("*", "map(fold, 1) unordered");
    Dataset<Row> split = FoldColumn.split(rows, ratio, seed);
    Dataset<Row>[] expected = rows.randomSplit(new double[] {ratio, 1 - ratio}, seed);
    for (int part = 0; part < expected.length; part++) {
      Dataset<Row> found = split.where(col(FoldColumn.NAME).equalTo(1 - part));
      assertEquals(sorted(expected[part]), sorted(found.drop(FoldColumn.NAME)));
    }
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void ourOwnEstimatorsAreTunedSideBySide() {
    SGDRegressor ours = new SGDRegressor().setOptimizer("exact");
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ours.regParam(), new double[] {0.1, 3}).build();
    TrainValidationSplitModel found =
        ours(ours, grid, new RegressionEvaluator()).fused(DIABETES).orElseThrow();
    LinearRegression linear = linear();
    assertSame(
        mllibs(linear, grid(linear), new RegressionEvaluator()).fit(DIABETES).validationMetrics(),
        found.validationMetrics());
  }

  @Test
  void whatIsNotFusedIsMllibs() {
    DecisionTreeRegressor tree = new DecisionTreeRegressor();
    ParamMap[] depths = new ParamGridBuilder().addGrid(tree.maxDepth(), new int[] {1, 2}).build();
    FusedTrainValidationSplit ours = ours(tree, depths, new RegressionEvaluator());
    assertTrue(ours.fused(DIABETES).isEmpty());
    assertArrayEquals(
        mllibs(tree, depths, new RegressionEvaluator()).fit(DIABETES).validationMetrics(),
        ours.fit(DIABETES).validationMetrics(),
        1e-9);
  }

  @Test
  void aPartWithoutRowsIsRefusedAsMllibDoes() {
    LinearRegression linear = linear();
    FusedTrainValidationSplit ours = ours(linear, grid(linear), new RegressionEvaluator());
    assertTrue(ours.setTrainRatio(1).fused(DIABETES).isEmpty());
    assertThrows(Exception.class, () -> ours.setTrainRatio(0).fit(DIABETES));
  }

  @Test
  void aSavedValidatorAndItsModelAreReadAgain() throws Exception {
    LinearRegression linear = linear();
    FusedTrainValidationSplit ours = ours(linear, grid(linear), new RegressionEvaluator());
    String path = folder.resolve("validator").toString();
    ours.save(path);
    FusedTrainValidationSplit read = FusedTrainValidationSplit.load(path);
    assertEquals(ours.uid(), read.uid());
    assertEquals(0.7, read.getTrainRatio());
    FusedTrainValidationSplit copy = read.copy(new ParamMap().put(read.trainRatio().w(0.6)));
    assertEquals(0.6, copy.getTrainRatio());
    TrainValidationSplitModel model = read.setCollectSubModels(false).fit(DIABETES);
    assertFalse(model.hasSubModels());
    assertEquals(read, model.parent());
    assertSame(ours.fit(DIABETES).bestModel(), model.bestModel());
    String saved = folder.resolve("model").toString();
    model.save(saved);
    Model<?> again = TrainValidationSplitModel.load(saved).bestModel();
    assertArrayEquals(coefficients(model.bestModel()), coefficients(again), 0.0);
  }

  @Test
  void noRowsStayCached() {
    LinearRegression linear = linear();
    int before = DIABETES.sparkSession().sparkContext().getPersistentRDDs().size();
    // No other test leaves rows of this seed behind.
    ours(linear, grid(linear), new RegressionEvaluator()).setSeed(before + 500).fit(DIABETES);
    assertEquals(before, DIABETES.sparkSession().sparkContext().getPersistentRDDs().size());
  }
}
