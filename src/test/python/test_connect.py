"""Foldwise from Python through Spark Connect."""

import logging
import os
import tempfile
import unittest

import foldwise
import numpy
from foldwise.ml import SGDClassifier, SGDRegressionModel, SGDRegressor
from foldwise.tuning import FusedCrossValidator
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.linalg import Vectors
from pyspark.ml.regression import LinearRegression
from pyspark.ml.tuning import ParamGridBuilder
from pyspark.sql import SparkSession, functions

ROOT = os.environ.get("FOLDWISE_ROOT", os.getcwd())


def setUpModule():
    global SPARK, DIABETES
    SPARK = SparkSession.builder.remote("local[2]").config("spark.jars", foldwise.jar()).getOrCreate()
    rows = SPARK.read.option("header", True).option("inferSchema", True).csv(f"{ROOT}/data/diabetes.csv")
    DIABETES = VectorAssembler(inputCols=["bmi", "bp", "s5"], outputCol="features").transform(rows)


def tearDownModule():
    SPARK.stop()


def predictions(model):
    return [row.prediction for row in model.transform(DIABETES).select("prediction").collect()]


class ConnectTest(unittest.TestCase):
    def test_estimators_train_on_the_server(self):
        expected = LinearRegression(labelCol="target", regParam=0.5).fit(DIABETES)
        ours = SGDRegressor(labelCol="target", regParam=0.5, optimizer="exact")
        model = ours.fit(DIABETES)
        numpy.testing.assert_allclose(predictions(model), predictions(expected), rtol=1e-6)
        named = SGDRegressor(labelCol="target", regParam=0.5, optimizer="exact", featuresCols=["bmi", "bp", "s5"])
        numpy.testing.assert_allclose(predictions(named.fit(DIABETES)), predictions(expected), rtol=1e-6)
        self.assertEqual(3, model.numFeatures)
        row = Vectors.dense(30.0, 100.0, 5.0)
        self.assertAlmostEqual(expected.predict(row), model.predict(row), places=6)
        classes = DIABETES.withColumn("label", (functions.col("target") > 150).cast("double"))
        chances = SGDClassifier(maxIter=5).fit(classes).transform(classes)
        self.assertAlmostEqual(1.0, sum(chances.head().probability))

    def test_pipelines_and_models_are_saved_and_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            model = SGDRegressor(labelCol="target", maxIter=5).fit(DIABETES)
            model.write().overwrite().save(f"{folder}/model")
            self.assertEqual(predictions(model), predictions(SGDRegressionModel.load(f"{folder}/model")))
            SGDRegressor(regParam=0.25).write().overwrite().save(f"{folder}/estimator")
            self.assertEqual(0.25, SGDRegressor.load(f"{folder}/estimator").getRegParam())
            pipeline = Pipeline(stages=[SGDRegressor(labelCol="target", maxIter=5)]).fit(DIABETES)
            pipeline.write().overwrite().save(f"{folder}/pipeline")
            self.assertEqual(predictions(model), predictions(PipelineModel.load(f"{folder}/pipeline")))

    def test_tuning_is_pysparks(self):
        regressor = SGDRegressor(labelCol="target", optimizer="exact")
        grid = ParamGridBuilder().addGrid(regressor.regParam, [0.1, 1.0]).build()
        validator = FusedCrossValidator(
            estimator=regressor, estimatorParamMaps=grid, evaluator=RegressionEvaluator(labelCol="target"), numFolds=2
        )
        with self.assertLogs("foldwise.tuning", logging.WARNING) as logged:
            found = validator.crossValidate(DIABETES)
        self.assertEqual(1, len(logged.output))
        self.assertFalse(found.isFused)
        self.assertEqual([0.1, 1.0], list(found.table()["regParam"]))

    def test_what_is_not_to_be_had_is_refused_in_one_line(self):
        model = SGDRegressor(labelCol="target", maxIter=1).fit(DIABETES)
        self.assertFalse(model.hasSummary)
        for asked in (
            lambda: model.coefficients,
            lambda: model.intercept,
            lambda: model.summary,
            lambda: model.evaluate(DIABETES),
            lambda: foldwise.search(DIABETES, label="target"),
            lambda: FusedCrossValidator.load("anywhere"),
        ):
            with self.assertRaises(NotImplementedError) as refused:
                asked()
            self.assertRegex(str(refused.exception), "^.* not to be had through Spark Connect: .*$")


if __name__ == "__main__":
    logging.disable(logging.INFO)
    unittest.main(warnings="ignore")
