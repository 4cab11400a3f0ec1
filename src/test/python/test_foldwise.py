"""Foldwise from Python, against PySpark's own."""

import logging
import os
import tempfile
import unittest

import numpy
import pandas
import foldwise
from foldwise.ml import SGDClassificationModel, SGDClassifier, SGDRegressionModel, SGDRegressor
from foldwise.tuning import FusedCrossValidator, FusedTrainValidationSplit
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.evaluation import BinaryClassificationEvaluator, RegressionEvaluator
from pyspark.ml.feature import RFormula, StandardScaler, VectorAssembler
from pyspark.ml.regression import DecisionTreeRegressor, LinearRegression
from pyspark.ml.tuning import (
    CrossValidator,
    CrossValidatorModel,
    ParamGridBuilder,
    TrainValidationSplit,
    TrainValidationSplitModel,
)
from pyspark.sql import SparkSession, functions

ROOT = os.environ.get("FOLDWISE_ROOT", os.getcwd())
FEATURES = ["bmi", "bp", "s5"]


def setUpModule():
    global SPARK, DIABETES, CANCER
    SPARK = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", foldwise.jar())
        .config("spark.ui.enabled", False)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", tempfile.mkdtemp())
        .getOrCreate()
    )
    SPARK.sparkContext.setLogLevel("ERROR")
    frame = SPARK.createDataFrame(pandas.read_csv(f"{ROOT}/data/diabetes.csv"))
    fold = functions.pmod(functions.hash(*frame.columns), functions.lit(3))
    DIABETES = frame.withColumn("fold", fold).coalesce(2).cache()
    frame = SPARK.createDataFrame(pandas.read_csv(f"{ROOT}/data/breast_cancer.csv"))
    fold = functions.pmod(functions.hash(*frame.columns), functions.lit(3))
    CANCER = (
        frame.withColumn("fold", fold)
        .withColumn("label", (functions.col("diagnosis") == "malignant").cast("double"))
        .coalesce(2)
        .cache()
    )


def tearDownModule():
    SPARK.stop()


class EstimatorsTest(unittest.TestCase):
    def test_params_are_those_of_java(self):
        for estimator in (SGDRegressor(), SGDClassifier()):
            java = estimator._java_obj
            names = [param.name() for param in java.params()]
            self.assertEqual(sorted(names), sorted(param.name for param in estimator.params))
            for name in names:
                self.assertTrue(hasattr(estimator, f"set{name[0].upper()}{name[1:]}"), name)
                self.assertTrue(hasattr(estimator, f"get{name[0].upper()}{name[1:]}"), name)
                param = java.getParam(name)
                self.assertEqual(java.hasDefault(param), estimator.hasDefault(name), name)
            own = set(names) - {"regParam", "elasticNetParam", "fitIntercept", "standardization"}
            for name in sorted(own & {"featuresCols", "learningRate", "momentum", "batchSize", "degree", "delta", "tau"}):
                self.assertEqual(java.getParam(name).doc(), estimator.getParam(name).doc)

    def test_the_exact_optimum_is_pysparks(self):
        rows = VectorAssembler(inputCols=FEATURES, outputCol="features").transform(DIABETES)
        expected = LinearRegression(labelCol="target", regParam=0.5).fit(rows)
        for found in (
            SGDRegressor(labelCol="target", regParam=0.5, optimizer="exact").fit(rows),
            SGDRegressor(labelCol="target", featuresCols=FEATURES).setRegParam(0.5).setOptimizer("exact").fit(rows),
        ):
            numpy.testing.assert_allclose(found.coefficients.toArray(), expected.coefficients.toArray(), rtol=1e-6)
            self.assertAlmostEqual(found.intercept, expected.intercept, places=4)
            self.assertAlmostEqual(found.evaluate(rows)["rmse"], expected.summary.rootMeanSquaredError, places=6)

    def test_a_summary_tells_of_the_training(self):
        model = SGDRegressor(labelCol="target", featuresCols=FEATURES, optimizer="adam", maxIter=9).fit(DIABETES)
        self.assertEqual(9, model.summary.totalIterations)
        self.assertEqual(9, len(model.summary.objectiveHistory))
        self.assertGreaterEqual(model.summary.objective, model.summary.optimum)

    def test_classes_and_their_probabilities(self):
        model = SGDClassifier(featuresCols=["mean_texture", "mean_concavity"], optimizer="nesterov").fit(CANCER)
        self.assertIsInstance(model, SGDClassificationModel)
        self.assertGreater(model.evaluate(CANCER)["auc"], 0.9)
        row = model.transform(CANCER).head()
        self.assertAlmostEqual(1.0, sum(row.probability))

    def test_a_value_out_of_bounds_is_refused_in_one_line(self):
        with self.assertRaises(IllegalArgumentException) as refused:
            SGDRegressor(labelCol="target", featuresCols=["size"]).fit(DIABETES)
        self.assertIn("'featuresCols' (size) is not a column", str(refused.exception))

    def test_a_pipeline_is_saved_and_loaded(self):
        pipeline = Pipeline(
            stages=[
                VectorAssembler(inputCols=FEATURES, outputCol="numbers"),
                SGDRegressor(featuresCol="numbers", labelCol="target", maxIter=5),
            ]
        )
        model = pipeline.fit(DIABETES)
        with tempfile.TemporaryDirectory() as folder:
            model.write().overwrite().save(f"{folder}/model")
            loaded = PipelineModel.load(f"{folder}/model")
            self.assertIsInstance(loaded.stages[1], SGDRegressionModel)
            self.assertEqual(
                model.transform(DIABETES).select("prediction").collect(),
                loaded.transform(DIABETES).select("prediction").collect(),
            )
            own = SGDRegressor(regParam=0.25, featuresCols=FEATURES)
            own.write().overwrite().save(f"{folder}/estimator")
            read = SGDRegressor.load(f"{folder}/estimator")
            self.assertEqual((0.25, FEATURES), (read.getRegParam(), read.getFeaturesCols()))
            model.stages[1].write().overwrite().save(f"{folder}/alone")
            self.assertEqual(model.stages[1].coefficients, SGDRegressionModel.load(f"{folder}/alone").coefficients)


class CrossValidatorTest(unittest.TestCase):
    def assert_same(self, estimator, param, values, evaluator, rows, fold_col):
        grid = ParamGridBuilder().addGrid(param, values).build()
        models = [
            kind(
                estimator=estimator,
                estimatorParamMaps=grid,
                evaluator=evaluator,
                numFolds=3,
                seed=7,
                foldCol=fold_col,
            ).fit(rows)
            for kind in (CrossValidator, FusedCrossValidator)
        ]
        numpy.testing.assert_allclose(models[1].avgMetrics, models[0].avgMetrics, rtol=1e-6)
        numpy.testing.assert_allclose(models[1].stdMetrics, models[0].stdMetrics, rtol=1e-5)
        last = [model.bestModel.stages[-1] for model in models]
        numpy.testing.assert_allclose(
            last[1].coefficients.toArray(), last[0].coefficients.toArray(), rtol=1e-5, atol=1e-8
        )
        self.assertIs(type(models[1]), CrossValidatorModel)

    def test_linear_regression_is_pysparks(self):
        regression = LinearRegression(labelCol="target", tol=1e-12)
        pipeline = Pipeline(stages=[VectorAssembler(inputCols=FEATURES, outputCol="features"), regression])
        for fold_col in ("fold", ""):
            self.assert_same(
                pipeline, regression.regParam, [0.1, 10.0], RegressionEvaluator(labelCol="target"), DIABETES, fold_col
            )

    def test_logistic_regression_after_a_scaler_is_pysparks(self):
        regression = LogisticRegression(featuresCol="scaled", tol=1e-11)
        pipeline = Pipeline(
            stages=[
                VectorAssembler(inputCols=["mean_texture", "mean_concavity"], outputCol="features"),
                StandardScaler(inputCol="features", outputCol="scaled"),
                regression,
            ]
        )
        self.assert_same(pipeline, regression.regParam, [0.01, 0.1], BinaryClassificationEvaluator(), CANCER, "fold")

    def test_what_is_not_fused_is_pysparks(self):
        tree = DecisionTreeRegressor(labelCol="target")
        rows = VectorAssembler(inputCols=FEATURES, outputCol="features").transform(DIABETES)
        grid = ParamGridBuilder().addGrid(tree.maxDepth, [1, 2]).build()
        found = FusedCrossValidator(
            estimator=tree, estimatorParamMaps=grid, evaluator=RegressionEvaluator(labelCol="target"), numFolds=3, foldCol="fold"
        ).crossValidate(rows)
        self.assertFalse(found.isFused)
        self.assertEqual(2, len(found.model.stdMetrics))
        self.assertEqual([1, 2], list(found.table()["maxDepth"]))

    def test_drawn_folds_are_no_feature_of_the_best_model(self):
        regression = LinearRegression()
        pipeline = Pipeline(stages=[RFormula(formula="target ~ ."), regression])
        grid = ParamGridBuilder().addGrid(regression.regParam, [0.1]).build()
        rows = DIABETES.select("target", *FEATURES)
        validator = FusedCrossValidator(
            estimator=pipeline, estimatorParamMaps=grid, evaluator=RegressionEvaluator(), numFolds=3, seed=1
        )
        found = validator.crossValidate(rows)
        self.assertTrue(found.isFused)
        self.assertEqual(3, found.model.bestModel.stages[-1].coefficients.size)
        with tempfile.TemporaryDirectory() as folder:
            Pipeline(stages=[validator]).write().overwrite().save(f"{folder}/pipeline")
            self.assertIsInstance(Pipeline.load(f"{folder}/pipeline").getStages()[0], FusedCrossValidator)

    def test_results_are_a_table(self):
        regressor = SGDRegressor(labelCol="target", featuresCols=FEATURES, optimizer="exact")
        grid = ParamGridBuilder().addGrid(regressor.regParam, [0.1, 1.0]).build()
        validator = FusedCrossValidator(
            estimator=regressor,
            estimatorParamMaps=grid,
            evaluator=RegressionEvaluator(labelCol="target"),
            numFolds=3,
            foldCol="fold",
        )
        found = validator.crossValidate(DIABETES)
        table = found.table()
        self.assertEqual(["regParam", "mean", "sd", "standard_error", "fold_0", "fold_1", "fold_2"], list(table))
        folds = table[["fold_0", "fold_1", "fold_2"]]
        numpy.testing.assert_allclose(folds.mean(axis=1), table["mean"])
        numpy.testing.assert_allclose(folds.std(axis=1), table["sd"])
        with tempfile.TemporaryDirectory() as folder:
            validator.write().overwrite().save(f"{folder}/validator")
            read = FusedCrossValidator.load(f"{folder}/validator")
            self.assertEqual(("fold", validator.uid), (read.getFoldCol(), read.uid))


class TrainValidationSplitTest(unittest.TestCase):
    def of_both(self, estimator, param, values):
        grid = ParamGridBuilder().addGrid(param, values).build()
        return [
            kind(
                estimator=estimator,
                estimatorParamMaps=grid,
                evaluator=RegressionEvaluator(labelCol="target"),
                trainRatio=0.6,
                seed=3,
                collectSubModels=True,
            )
            for kind in (TrainValidationSplit, FusedTrainValidationSplit)
        ]

    def test_linear_regression_is_pysparks(self):
        regression = LinearRegression(labelCol="target")
        pipeline = Pipeline(stages=[VectorAssembler(inputCols=FEATURES, outputCol="features"), regression])
        plain, fused = self.of_both(pipeline, regression.regParam, [100.0, 1.0])
        expected, found = plain.fit(DIABETES), fused.fit(DIABETES)
        self.assertIs(type(found), TrainValidationSplitModel)
        self.assertEqual((fused.uid, 0.6), (found.uid, found.getTrainRatio()))
        numpy.testing.assert_allclose(found.validationMetrics, expected.validationMetrics, rtol=1e-6)
        for ours, theirs in zip(
            [found.bestModel] + found.subModels, [expected.bestModel] + expected.subModels, strict=True
        ):
            numpy.testing.assert_allclose(
                ours.stages[-1].coefficients.toArray(), theirs.stages[-1].coefficients.toArray(), rtol=1e-5
            )
        with tempfile.TemporaryDirectory() as folder:
            fused.write().overwrite().save(f"{folder}/validator")
            read = FusedTrainValidationSplit.load(f"{folder}/validator")
            self.assertEqual((FusedTrainValidationSplit, 0.6), (type(read), read.getTrainRatio()))

    def test_what_is_not_fused_is_pysparks(self):
        tree = DecisionTreeRegressor(labelCol="target")
        rows = VectorAssembler(inputCols=FEATURES, outputCol="features").transform(DIABETES)
        plain, fused = self.of_both(tree, tree.maxDepth, [1, 2])
        self.assertEqual(plain.fit(rows).validationMetrics, fused.fit(rows).validationMetrics)


class SearchTest(unittest.TestCase):
    def test_a_search_over_pandas(self):
        found = foldwise.search(
            pandas.read_csv(f"{ROOT}/data/diabetes.csv"), label="target", grid="degree=1..2; l2=0,0.1", features=FEATURES
        )
        self.assertEqual(4, len(found.candidates))
        self.assertEqual({1, 2}, set(found.candidates["degree"]))
        self.assertEqual([1, 2, 3, 4], list(found.candidates["rank"]))
        self.assertTrue(found.candidates["mean"].is_monotonic_increasing)
        self.assertEqual(4 * 5 * 100, len(found.curves))
        self.assertIn("prediction", found.model.transform(DIABETES).columns)
        self.assertEqual(found.candidates["degree"][0], found.chosen["degree"])

    def test_a_search_over_arrays_finds_the_line(self):
        random = numpy.random.default_rng(1)
        x = random.normal(size=(300, 2))
        found = foldwise.search((x, 3 * x[:, 0] - x[:, 1] + 2), grid="optimizer=exact")
        numpy.testing.assert_allclose(found.model.coefficients.toArray(), [3, -1], atol=1e-9)
        self.assertAlmostEqual(2, found.model.intercept)

    def test_words_that_are_wrong_are_refused_in_one_line(self):
        for wrong, word in (
            ({"grid": "l3=0"}, "'grid' has no axis 'l3'"),
            ({"loss": "cubic"}, "'loss' (cubic) must be squared"),
            ({"metric": "mape"}, "'metric' (mape) must be"),
            ({"label": "price"}, "price"),
        ):
            with self.assertRaises(IllegalArgumentException) as refused:
                foldwise.search(DIABETES, **{"label": "target", **wrong})
            self.assertIn(word, str(refused.exception).splitlines()[0])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    unittest.main(warnings="ignore")
