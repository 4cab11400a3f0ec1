package io.foldwise.ml.tuning;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.ml.SGDClassificationModel;
import io.foldwise.ml.SGDClassifier;
import io.foldwise.ml.SGDRegressionModel;
import io.foldwise.ml.SGDRegressor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.PolynomialExpansion;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedCrossValidatorTest {
  private static final Dataset<Row> DIABETES = MllibData.diabetes();
  private static final Dataset<Row> CANCER = MllibData.cancer();
  private static final Dataset<Row> WIDE = MllibData.wide(1500, 2500, 20);

  @TempDir Path folder;

  /** The same settings on MLlib's validator or on ours. */
  private static <V extends CrossValidator> V set(
      V validator, Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    validator
        .setEstimator(estimator)
        .setEstimatorParamMaps(grid)
        .setEvaluator(evaluator)
        .setNumFolds(MllibData.FOLDS)
        .setFoldCol("fold")
        .setParallelism(2);
    return validator;
  }

  private static void assertSame(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator, Dataset<Row> rows) {
    CrossValidatorModel expected = set(new CrossValidator(), estimator, grid, evaluator).fit(rows);
    CrossValidated found =
        set(new FusedCrossValidator(), estimator, grid, evaluator).crossValidate(rows);
    assertEquals(grid.length, found.settings().size(), "it went to MLlib's own");
    assertSame(expected, found.model());
  }

  private static void assertSame(CrossValidatorModel expected, CrossValidatorModel found) {
    assertSame(expected.avgMetrics(), found.avgMetrics());
    assertSame(expected.bestModel(), found.bestModel());
  }

  static void assertSame(double[] expected, double[] found) {
    assertEquals(expected.length, found.length);
    for (int setting = 0; setting < expected.length; setting++) {
      assertEquals(expected[setting], found[setting], 1e-6 * Math.abs(expected[setting]));
    }
  }

  static void assertSame(Model<?> expected, Model<?> found) {
    double[] coefficients = coefficients(expected);
    double largest = Arrays.stream(coefficients).map(Math::abs).max().orElseThrow();
    assertArrayEquals(coefficients, coefficients(found), 1e-5 * largest);
    assertEquals(params(expected), params(found));
    assertEquals(expected.getClass(), found.getClass());
  }

  /** The Params of a model's estimator, sorted. */
  private static List<String> params(Model<?> model) {
    return model
        .parent()
        .extractParamMap()
        .toString()
        .lines()
        .map(line -> line.replaceAll("@[0-9a-f]+", ""))
        .sorted()
        .toList();
  }

  /** Intercept and coefficients, of a pipeline's last model where it is one. */
  static double[] coefficients(Model<?> model) {
    if (model instanceof PipelineModel pipeline) {
      return coefficients((Model<?>) pipeline.stages()[pipeline.stages().length - 1]);
    }
    Vector coefficients =
        model instanceof LinearRegressionModel linear
            ? linear.coefficients()
            : ((LogisticRegressionModel) model).coefficients();
    double intercept =
        model instanceof LinearRegressionModel linear
            ? linear.intercept()
            : ((LogisticRegressionModel) model).intercept();
    double[] all = Arrays.copyOf(coefficients.toArray(), coefficients.size() + 1);
    all[coefficients.size()] = intercept;
    return all;
  }

  static LinearRegression linear() {
    return new LinearRegression().setTol(1e-12).setMaxIter(500);
  }

  static LogisticRegression logistic() {
    return new LogisticRegression().setTol(1e-9);
  }

  static ParamMap[] grid(LinearRegression linear) {
    return new ParamGridBuilder().addGrid(linear.regParam(), new double[] {0.1, 3}).build();
  }

  static ParamMap[] grid(LogisticRegression logistic) {
    return new ParamGridBuilder().addGrid(logistic.regParam(), new double[] {0.01, 0.1}).build();
  }

  @ParameterizedTest
  @CsvSource({
    "normal, 0, true, true, '', rmse",
    "normal, 0.5, true, true, weight, mse",
    "l-bfgs, 0, false, true, weight, r2",
    "normal, 0.5, true, false, '', mae",
    "auto, 1, true, true, '', r2",
  })
  void linearRegressionIsMllibs(
      String solver,
      double alpha,
      boolean intercept,
      boolean standardize,
      String weight,
      String metric) {
    LinearRegression linear =
        linear()
            .setSolver(solver)
            .setElasticNetParam(alpha)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    RegressionEvaluator evaluator = new RegressionEvaluator().setMetricName(metric);
    if (!weight.isEmpty()) {
      linear.setWeightCol(weight);
      evaluator.setWeightCol(weight);
    }
    assertSame(linear, grid(linear), evaluator, DIABETES);
  }

  @ParameterizedTest
  @CsvSource({
    "1.35, true, true, '', mse",
    "1.1, true, false, weight, mae",
    "1.35, false, true, weight, r2",
  })
  void huberRegressionIsMllibs(
      double epsilon, boolean intercept, boolean standardize, String weight, String metric) {
    LinearRegression huber =
        linear()
            .setLoss("huber")
            .setEpsilon(epsilon)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    RegressionEvaluator evaluator = new RegressionEvaluator().setMetricName(metric);
    if (!weight.isEmpty()) {
      huber.setWeightCol(weight);
      evaluator.setWeightCol(weight);
    }
    assertSame(huber, grid(huber), evaluator, DIABETES);
    LinearRegressionModel expected = huber.setRegParam(0.1).fit(DIABETES);
    LinearRegressionModel found =
        (LinearRegressionModel)
            set(new FusedCrossValidator(), huber, new ParamMap[] {ParamMap.empty()}, evaluator)
                .fit(DIABETES)
                .bestModel();
    assertEquals(expected.scale(), found.scale(), 1e-5 * expected.scale());
    double[] history = expected.summary().objectiveHistory();
    double least = history[history.length - 1];
    assertEquals(least, found.summary().objectiveHistory()[0], 1e-10 * least);
  }

  @Test
  void huberRegressionOfLargeEpsilonIsLeastSquares() {
    LinearRegression huber = linear().setLoss("huber").setEpsilon(1000);
    ParamMap[] one = {ParamMap.empty()};
    RegressionEvaluator rmse = new RegressionEvaluator();
    CrossValidatorModel expected = set(new CrossValidator(), linear(), one, rmse).fit(DIABETES);
    CrossValidatorModel found =
        set(new FusedCrossValidator(), huber, one, rmse).crossValidate(DIABETES).model();
    assertEquals(expected.avgMetrics()[0], found.avgMetrics()[0], 1e-6);
    assertArrayEquals(coefficients(expected.bestModel()), coefficients(found.bestModel()), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, true, true, weight, areaUnderROC",
    "0, true, true, '', logLoss",
    "0, true, false, weight, areaUnderPR",
  })
  void logisticRegressionIsMllibs(
      double alpha, boolean intercept, boolean standardize, String weight, String metric) {
    LogisticRegression logistic =
        logistic()
            .setTol(alpha > 0 ? 1e-12 : 1e-9)
            .setElasticNetParam(alpha)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    if (metric.equals("logLoss")) {
      assertSame(
          logistic,
          grid(logistic),
          new MulticlassClassificationEvaluator().setMetricName(metric),
          CANCER);
      return;
    }
    BinaryClassificationEvaluator evaluator =
        new BinaryClassificationEvaluator().setMetricName(metric);
    if (!weight.isEmpty()) {
      logistic.setWeightCol(weight);
      evaluator.setWeightCol(weight);
    }
    assertSame(logistic, grid(logistic), evaluator, CANCER);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "0.5, false"})
  void wideSparseRowsAreFused(double alpha, boolean standardize) {
    LogisticRegression logistic =
        logistic()
            .setTol(alpha > 0 ? 1e-13 : 1e-11)
            .setElasticNetParam(alpha)
            .setStandardization(standardize);
    assertSame(
        logistic,
        grid(logistic),
        new MulticlassClassificationEvaluator().setMetricName("logLoss"),
        WIDE);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "false, true"})
  void featuresThatDoNotVaryHaveNoPart(boolean intercept, boolean standardize) {
    Dataset<Row> rows =
        new VectorAssembler()
            .setInputCols(new String[] {"features", "one"})
            .setOutputCol("wide")
            .transform(DIABETES.withColumn("one", lit(1.0)));
    LinearRegression linear =
        linear().setFeaturesCol("wide").setFitIntercept(intercept).setStandardization(standardize);
    assertSame(linear, grid(linear), new RegressionEvaluator(), rows);
  }

  @Test
  void anEvaluatorThatTheEngineLacksSeesThePredictions() {
    LogisticRegression logistic = logistic().setThreshold(0.3);
    assertSame(
        logistic,
        grid(logistic),
        new MulticlassClassificationEvaluator().setMetricName("weightedRecall"),
        CANCER);
  }

  @Test
  void anEvaluatorOfNumbersJudgesClassesByTheirPredictions() {
    LogisticRegression logistic = logistic();
    assertSame(logistic, grid(logistic), new RegressionEvaluator(), CANCER);
  }

  @Test
  void weightsOfTrainingAloneDoNotWeighScores() {
    LinearRegression linear = linear().setWeightCol("weight");
    assertSame(linear, grid(linear), new RegressionEvaluator(), DIABETES);
  }

  @Test
  void withoutAFoldColumnFoldsAreMllibsOwn() {
    LinearRegression linear = linear();
    CrossValidator mllib =
        set(new CrossValidator(), linear, grid(linear), new RegressionEvaluator());
    FusedCrossValidator ours =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator());
    Dataset<Row> rows = DIABETES.repartition(3).cache();
    assertSame(
        mllib.setFoldCol("").setSeed(99).fit(rows), ours.setFoldCol("").setSeed(99).fit(rows));
    rows.unpersist();
  }

  @Test
  void modelsOfAllFoldsAreKeptIfAsked() {
    LinearRegression linear = linear();
    CrossValidator mllib =
        set(new CrossValidator(), linear, grid(linear), new RegressionEvaluator());
    FusedCrossValidator ours =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator());
    assertFalse(ours.fit(DIABETES).hasSubModels());
    Model<?>[][] expected = mllib.setCollectSubModels(true).fit(DIABETES).subModels();
    Model<?>[][] found = ours.setCollectSubModels(true).fit(DIABETES).subModels();
    assertEquals(MllibData.FOLDS, found.length);
    for (int fold = 0; fold < expected.length; fold++) {
      for (int setting = 0; setting < expected[fold].length; setting++) {
        assertArrayEquals(
            coefficients(expected[fold][setting]), coefficients(found[fold][setting]), 1e-6);
        assertEquals(
            ((LinearRegressionModel) expected[fold][setting]).summary().meanAbsoluteError(),
            ((LinearRegressionModel) found[fold][setting]).summary().meanAbsoluteError(),
            1e-6);
      }
    }
  }

  @Test
  void theSummaryOfTheBestModelIsMllibs() {
    LinearRegression linear = linear();
    ParamMap[] grid = grid(linear);
    LinearRegressionModel expected =
        (LinearRegressionModel)
            set(new CrossValidator(), linear, grid, new RegressionEvaluator())
                .fit(DIABETES)
                .bestModel();
    LinearRegressionModel found =
        (LinearRegressionModel)
            set(new FusedCrossValidator(), linear, grid, new RegressionEvaluator())
                .fit(DIABETES)
                .bestModel();
    assertEquals(expected.summary().r2(), found.summary().r2(), 1e-9);
    assertEquals(
        expected.summary().rootMeanSquaredError(), found.summary().rootMeanSquaredError(), 1e-7);
    assertArrayEquals(
        expected.summary().coefficientStandardErrors(),
        found.summary().coefficientStandardErrors(),
        1e-6);
    assertArrayEquals(expected.summary().pValues(), found.summary().pValues(), 1e-6);
  }

  /** Rows with a category that some folds lack, and missing numbers. */
  private static Dataset<Row> mixed() {
    return TestSpark.session()
        .range(0, 240, 1, 2)
        .selectExpr(
            "cast(id div 3 % 2 as int) fold",
            "if(id % 11 = 0, null, sin(id) * 3 + 1) a",
            "if(id % 7 = 0, double('nan'), cos(id * 1.3)) b",
            "case when id % 40 = 6 then 'rare' when id % 2 = 0 then 'even' else 'odd' end kind",
            "sin(id) * 2 + cos(id * 1.3) * cos(id * 1.3) + (id % 2) + sin(id * id) / 2 label")
        .cache();
  }

  @Test
  void stagesThatLearnAreFittedToTheTrainingFoldsAlone() {
    LinearRegression linear = linear().setFeaturesCol("wide");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new Imputer()
                      .setInputCols(new String[] {"a", "b"})
                      .setOutputCols(new String[] {"a2", "b2"}),
                  new StringIndexer()
                      .setInputCol("kind")
                      .setOutputCol("index")
                      .setHandleInvalid("keep"),
                  new OneHotEncoder().setInputCol("index").setOutputCol("hot"),
                  new VectorAssembler()
                      .setInputCols(new String[] {"a2", "b2"})
                      .setOutputCol("numbers"),
                  new StandardScaler().setInputCol("numbers").setOutputCol("scaled"),
                  new PolynomialExpansion().setInputCol("scaled").setOutputCol("powers"),
                  new VectorAssembler()
                      .setInputCols(new String[] {"powers", "hot"})
                      .setOutputCol("wide"),
                  linear
                });
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(linear.regParam(), new double[] {0.001, 0.1}).build();
    assertSame(pipeline, grid, new RegressionEvaluator(), mixed());
  }

  @Test
  void stagesThatDoNotLearnRunOnce() {
    LinearRegression linear = linear().setFeaturesCol("powers");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new PolynomialExpansion().setInputCol("features").setOutputCol("powers"), linear
                });
    assertSame(pipeline, grid(linear), new RegressionEvaluator(), DIABETES);
  }

  @Test
  void whatIsNotFusedIsMllibs() {
    DecisionTreeRegressor tree = new DecisionTreeRegressor();
    ParamMap[] depths = new ParamGridBuilder().addGrid(tree.maxDepth(), new int[] {1, 2}).build();
    CrossValidated found =
        set(new FusedCrossValidator(), tree, depths, new RegressionEvaluator())
            .crossValidate(DIABETES);
    assertTrue(found.settings().isEmpty());
    assertArrayEquals(
        set(new CrossValidator(), tree, depths, new RegressionEvaluator())
            .fit(DIABETES)
            .avgMetrics(),
        found.model().avgMetrics(),
        0.0);
  }

  /** As of a Spark that has moved what the engine calls. */
  @Test
  void whatASparkLacksIsMllibs() {
    AtomicBoolean lacks = new AtomicBoolean(true);
    Evaluator evaluator =
        new Evaluator() {
          @Override
          public double evaluate(Dataset<?> rows) {
            if (lacks.getAndSet(false)) {
              throw new NoSuchMethodError("moved");
            }
            return new RegressionEvaluator().evaluate(rows);
          }

          @Override
          public Evaluator copy(ParamMap extra) {
            return this;
          }

          @Override
          public String uid() {
            return "lacking";
          }
        };
    LinearRegression linear = linear();
    assertFalse(isFused(linear, grid(linear), evaluator, DIABETES));
    assertFalse(lacks.get());
  }

  @Test
  void aGridOfWhatAnOptimumDoesNotDependOnIsMllibs() {
    LinearRegression linear = linear().setSolver("l-bfgs");
    ParamMap[] grid = new ParamGridBuilder().addGrid(linear.maxIter(), new int[] {1, 50}).build();
    CrossValidated found =
        set(new FusedCrossValidator(), linear, grid, new RegressionEvaluator())
            .crossValidate(DIABETES);
    assertTrue(found.settings().isEmpty());
    assertTrue(found.model().avgMetrics()[0] > found.model().avgMetrics()[1] * 1.001);
  }

  /** Whether a grid is fused; what is not says so by telling of no setting. */
  private static boolean isFused(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator, Dataset<Row> rows) {
    return !set(new FusedCrossValidator(), estimator, grid, evaluator)
        .crossValidate(rows)
        .settings()
        .isEmpty();
  }

  @Test
  void aGridOverAStageWithinAStageIsMllibs() {
    PolynomialExpansion powers =
        new PolynomialExpansion().setInputCol("features").setOutputCol("powers");
    LinearRegression linear = linear().setFeaturesCol("powers");
    Pipeline inner = new Pipeline().setStages(new PipelineStage[] {powers});
    Pipeline outer = new Pipeline().setStages(new PipelineStage[] {inner, linear});
    ParamMap[] grid = new ParamGridBuilder().addGrid(powers.degree(), new int[] {1, 2}).build();
    assertFalse(isFused(outer, grid, new RegressionEvaluator(), DIABETES));
  }

  @Test
  void anEvaluatorIsComparedWithEachSetting() {
    LinearRegression linear = linear();
    ParamMap[] grid = grid(linear);
    for (ParamMap setting : grid) {
      setting.put(linear.weightCol(), "weight");
    }
    assertSame(linear, grid, new RegressionEvaluator(), DIABETES);
  }

  @Test
  void classesThatAColumnStatesAreBelieved() {
    Dataset<Row> three =
        CANCER.withColumn(
            "label",
            col("label"),
            NominalAttribute.defaultAttr()
                .withValues(new String[] {"a", "b", "c"})
                .withName("label")
                .toMetadata());
    LogisticRegression logistic = new LogisticRegression().setMaxIter(5);
    assertFalse(isFused(logistic, grid(logistic), new MulticlassClassificationEvaluator(), three));
  }

  @Test
  void aLabelThatDoesNotVaryHasNoScale() {
    LinearRegression huber = linear().setLoss("huber");
    Dataset<Row> constant = DIABETES.withColumn("label", lit(5.0));
    assertFalse(isFused(huber, grid(huber), new RegressionEvaluator(), constant));
  }

  @Test
  void separableClassesWithoutAPenaltyAreMllibs() {
    Dataset<Row> separable =
        CANCER
            .withColumn("cell", element_at(vector_to_array(col("features"), "float64"), 3))
            .where("cell > 0.1 AND label = 1 OR cell < 0.05 AND label = 0");
    LogisticRegression logistic = new LogisticRegression().setMaxIter(20);
    ParamMap[] none = new ParamGridBuilder().addGrid(logistic.regParam(), new double[] {0}).build();
    assertFalse(isFused(logistic, none, new BinaryClassificationEvaluator(), separable));
  }

  @Test
  void settingsOfOursThatComeToTheSameAreOneTrial() {
    SGDRegressor ours = new SGDRegressor().setOptimizer("exact").setWeightCol("weight");
    // The order of two axes of a ParamGridBuilder changes from run to run.
    ParamMap[] grid =
        Stream.of(List.of(0.0, 0.0), List.of(0.0, 0.5), List.of(1.0, 0.0), List.of(1.0, 0.5))
            .map(
                setting ->
                    new ParamMap()
                        .put(ours.regParam(), setting.get(0))
                        .put(ours.elasticNetParam(), setting.get(1)))
            .toArray(ParamMap[]::new);
    CrossValidated found =
        set(
                new FusedCrossValidator(),
                ours,
                grid,
                new RegressionEvaluator().setMetricName("mae").setWeightCol("weight"))
            .crossValidate(DIABETES);
    assertEquals(4, found.settings().size());
    LinearRegression linear = linear().setWeightCol("weight").setElasticNetParam(0.5);
    CrossValidatorModel expected =
        set(
                new CrossValidator(),
                linear,
                new ParamGridBuilder().addGrid(linear.regParam(), new double[] {0, 1}).build(),
                new RegressionEvaluator().setMetricName("mae").setWeightCol("weight"))
            .fit(DIABETES);
    assertEquals(expected.avgMetrics()[0], found.settings().get(0).mean(), 1e-6);
    assertEquals(found.settings().get(0).metrics(), found.settings().get(1).metrics());
    assertEquals(expected.avgMetrics()[1], found.settings().get(3).mean(), 1e-5);
  }

  @Test
  void multinomialLabelsAreMllibs() {
    Dataset<Row> three =
        CANCER.withColumn("label", when(col("fold").equalTo(1), lit(2.0)).otherwise(col("label")));
    LogisticRegression logistic = new LogisticRegression().setMaxIter(5);
    CrossValidated found =
        set(
                new FusedCrossValidator(),
                logistic,
                grid(logistic),
                new MulticlassClassificationEvaluator())
            .setFoldCol("")
            .crossValidate(three);
    assertTrue(found.settings().isEmpty());
    assertEquals(3, ((LogisticRegressionModel) found.model().bestModel()).numClasses());
  }

  @Test
  void softmaxIsTrainedSideBySideAsOnMllibsValidator() {
    Dataset<Row> three =
        CANCER.withColumn("label", when(col("weight").gt(4), lit(2.0)).otherwise(col("label")));
    SGDClassifier softmax = new SGDClassifier().setLoss("softmax").setOptimizer("exact");
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(softmax.regParam(), new double[] {0.01, 0.1}).build();
    Evaluator logLoss = new MulticlassClassificationEvaluator().setMetricName("logLoss");
    CrossValidatorModel expected = set(new CrossValidator(), softmax, grid, logLoss).fit(three);
    CrossValidated found =
        set(new FusedCrossValidator(), softmax, grid, logLoss).crossValidate(three);
    assertEquals(2, found.settings().size(), "it went to MLlib's own");
    assertSame(expected.avgMetrics(), found.model().avgMetrics());
    assertArrayEquals(
        ((SGDClassificationModel) expected.bestModel()).coefficientMatrix().toArray(),
        ((SGDClassificationModel) found.model().bestModel()).coefficientMatrix().toArray(),
        1e-6);
  }

  @Test
  void whatMllibRefusesIsRefusedInItsWords() {
    LinearRegression linear = linear();
    FusedCrossValidator ours =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator());
    Exception outOfRange =
        assertThrows(
            Exception.class, () -> ours.fit(DIABETES.withColumn("fold", col("fold").plus(1))));
    assertTrue(text(outOfRange).contains("Fold number must be in range [0, 2)"), text(outOfRange));
    Exception empty = assertThrows(Exception.class, () -> ours.fit(DIABETES.where("fold < 1")));
    assertTrue(text(empty).contains("The training data at fold 0 is empty"), text(empty));
    Exception missing =
        assertThrows(
            Exception.class,
            () -> ours.fit(DIABETES.withColumn("label", when(col("label").gt(100), col("label")))));
    assertTrue(text(missing).contains("abel"), text(missing));
    assertThrows(IllegalArgumentException.class, () -> ours.fit(DIABETES.drop("features")));
  }

  private static String text(Throwable failed) {
    StringBuilder all = new StringBuilder();
    for (Throwable at = failed; at != null; at = at.getCause()) {
      all.append(at.getMessage()).append('\n');
    }
    return all.toString();
  }

  @Test
  void resultsTellOfEachFold() {
    LinearRegression linear = linear();
    CrossValidated found =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator())
            .crossValidate(DIABETES);
    CrossValidated.Setting first = found.settings().get(0);
    assertEquals(MllibData.FOLDS, first.metrics().size());
    assertEquals(found.model().avgMetrics()[0], first.mean(), 1e-12);
    double squares = first.metrics().stream().mapToDouble(m -> Math.pow(m - first.mean(), 2)).sum();
    assertEquals(Math.sqrt(squares), first.deviation(), 1e-12);
    assertEquals(first.deviation() / Math.sqrt(2), first.standardError(), 1e-12);
    assertEquals(MllibData.FOLDS, first.curves().size());
  }

  @Test
  void ourOwnEstimatorsAreTunedSideBySide() {
    SGDRegressor ours = new SGDRegressor().setOptimizer("exact");
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ours.regParam(), new double[] {0.1, 3}).build();
    CrossValidated found =
        set(new FusedCrossValidator(), ours, grid, new RegressionEvaluator())
            .crossValidate(DIABETES);
    assertEquals(2, found.settings().size());
    LinearRegression linear = linear();
    CrossValidatorModel expected =
        set(new CrossValidator(), linear, grid(linear), new RegressionEvaluator()).fit(DIABETES);
    assertArrayEquals(expected.avgMetrics(), found.model().avgMetrics(), 1e-6);
    SGDRegressionModel best = assertInstanceOf(SGDRegressionModel.class, found.model().bestModel());
    double[] coefficients = coefficients(expected.bestModel());
    assertArrayEquals(
        Arrays.copyOf(coefficients, coefficients.length - 1), best.coefficients().toArray(), 1e-6);
    assertTrue(best.hasSummary());
  }

  @Test
  void descentsHaveCurves() {
    SGDRegressor ours = new SGDRegressor().setOptimizer("nesterov").setMaxIter(30);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ours.elasticNetParam(), new double[] {0, 1}).build();
    CrossValidated found =
        set(new FusedCrossValidator(), ours.setRegParam(0.1), grid, new RegressionEvaluator())
            .crossValidate(DIABETES);
    assertEquals(30, found.settings().get(1).curves().get(1).epochs().length);
  }

  @Test
  void aSavedValidatorAndItsModelAreReadAgain() throws Exception {
    LinearRegression linear = linear();
    FusedCrossValidator ours =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator());
    String path = folder.resolve("validator").toString();
    ours.save(path);
    FusedCrossValidator read = FusedCrossValidator.load(path);
    assertEquals(ours.uid(), read.uid());
    assertEquals("fold", read.getFoldCol());
    CrossValidatorModel model = read.fit(DIABETES);
    assertSame(ours.fit(DIABETES), model);
    String saved = folder.resolve("model").toString();
    model.save(saved);
    assertArrayEquals(model.avgMetrics(), CrossValidatorModel.load(saved).avgMetrics(), 0.0);
  }

  @Test
  void aCopyIsOfItsKindAndHasTheExtraParams() {
    LinearRegression linear = linear();
    FusedCrossValidator ours =
        set(new FusedCrossValidator(), linear, grid(linear), new RegressionEvaluator());
    FusedCrossValidator copy = ours.copy(new ParamMap().put(ours.numFolds().w(7)));
    assertEquals(7, copy.getNumFolds());
    assertEquals(MllibData.FOLDS, ours.getNumFolds());
    assertTrue(IntStream.range(0, 2).allMatch(i -> copy.getEstimatorParamMaps()[i] != null));
  }
}
