"""Foldwise from Python, against PySpark's own."""

import logging
import os
import tempfile
import types
import unittest
from unittest import mock

import numpy
import pandas
import foldwise
from foldwise.ml import SGDClassificationModel, SGDClassifier, SGDRegressionModel, SGDRegressor
from foldwise.tuning import FusedCrossValidator, FusedTrainValidationSplit
from pyspark.errors import ArithmeticException, IllegalArgumentException, UnsupportedOperationException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.evaluation import BinaryClassificationEvaluator, RegressionEvaluator
from pyspark.ml.feature import IndexToString, RFormula, StandardScaler, StringIndexer, VectorAssembler
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
SEPALS = ["sepal_length", "sepal_width"]


def setUpModule():
    global SPARK, DIABETES, CANCER, IRIS
    SPARK = (
        SparkSession.builder.config("spark.jars", foldwise.jar())
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
        .coalesce(1)
        .cache()
    )
    IRIS = SPARK.createDataFrame(pandas.read_csv(f"{ROOT}/data/iris.csv")).coalesce(1).cache()


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
                if java.hasDefault(param):
                    value = java.getDefault(param).get()
                    value = list(value) if name == "featuresCols" else value
                    self.assertEqual(value, estimator.getOrDefault(name), name)
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
        self.assertIn("9 epochs", repr(model.summary))

    def test_an_estimator_and_its_model_take_pandas_frames(self):
        frame = DIABETES.toPandas()
        regressor = SGDRegressor(labelCol="target", featuresCols=FEATURES, optimizer="exact")
        model = regressor.fit(frame)
        self.assertEqual(regressor.fit(DIABETES).coefficients, model.coefficients)
        predicted = model.transform(frame).toPandas()["prediction"]
        self.assertAlmostEqual(((predicted - frame["target"]) ** 2).mean(), model.evaluate(frame)["mse"])
        self.assertEqual(FEATURES, list(model.namedCoefficients))

    def test_an_evaluation_reads_the_label_that_python_set(self):
        model = SGDRegressor(labelCol="target", featuresCols=FEATURES, optimizer="exact").fit(DIABETES)
        with self.assertRaisesRegex(IllegalArgumentException, "'labelCol' \\(price\\) is not a column"):
            model.setLabelCol("price").evaluate(DIABETES)

    def test_classes_and_their_probabilities(self):
        model = SGDClassifier(featuresCols=["mean_texture", "mean_concavity"], optimizer="nesterov").fit(CANCER)
        self.assertIsInstance(model, SGDClassificationModel)
        self.assertGreater(model.evaluate(CANCER)["auc"], 0.9)
        row = model.transform(CANCER).head()
        self.assertAlmostEqual(1.0, sum(row.probability))

    def test_softmax_is_pysparks_multinomial_regression(self):
        rows = VectorAssembler(inputCols=SEPALS, outputCol="features").transform(
            StringIndexer(inputCol="species", outputCol="label").fit(IRIS).transform(IRIS)
        )
        expected = LogisticRegression(family="multinomial", regParam=0.01, tol=1e-10).fit(rows)
        classifier = SGDClassifier(loss="softmax", optimizer="exact", regParam=0.01)
        model = classifier.fit(rows)
        self.assertEqual((3, []), (model.numClasses, model.classes))
        with tempfile.TemporaryDirectory() as folder:
            model.save(f"{folder}/model")
            loaded = SGDClassificationModel.load(f"{folder}/model")
        for found in (model, loaded):
            numpy.testing.assert_allclose(
                found.coefficientMatrix.toArray(), expected.coefficientMatrix.toArray(), atol=1e-5
            )
            numpy.testing.assert_allclose(
                found.interceptVector.toArray(), expected.interceptVector.toArray(), atol=1e-5
            )
        for thresholds in (None, [0.9, 0.05, 0.5]):
            if thresholds:
                for each in (expected, model):
                    each.setThresholds(thresholds)
            theirs, ours = (each.transform(rows).toPandas() for each in (expected, model))
            self.assertEqual(list(theirs["prediction"]), list(ours["prediction"]))
        numpy.testing.assert_allclose(
            numpy.stack(ours["probability"]), numpy.stack(theirs["probability"]), atol=1e-6
        )
        for name, other in (
            ("coefficients", "coefficientMatrix"),
            ("namedCoefficients", "coefficientMatrix"),
            ("intercept", "interceptVector"),
        ):
            with self.assertRaisesRegex(UnsupportedOperationException, f"each of its 3 classes: take {other}$"):
                getattr(model, name)
        with self.assertRaisesRegex(IllegalArgumentException, "'label' holds -1.0, and .* takes indices of classes"):
            classifier.fit(rows.withColumn("label", functions.col("label") - 1))

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
        self.assertTrue((found.candidates["mean_learning_rate_used"] > 0).all())
        self.assertTrue(found.candidates["short_of_optimum"].between(0, 0.01).all())
        self.assertEqual(4 * 5 * 100, len(found.curves))
        self.assertIn("prediction", found.model.transform(DIABETES).columns)
        self.assertEqual(found.candidates["degree"][0], found.chosen["degree"])
        self.assertEqual({1, 2}, set(found.curves["degree"]))
        last = found.curves[found.curves["epoch"] == 100].groupby("rank")["validation"].mean()
        numpy.testing.assert_allclose(last, found.candidates["mean"])
        self.assertEqual(["int64", "float64", "int64"], [str(kind) for kind in found.candidates.dtypes[:3]])
        for shown in (repr(found), found._repr_html_()):
            self.assertIn("standard_error", shown)
            self.assertIn(f"degree={found.chosen['degree']}", shown)
        self.assertIn("mse", found.model.evaluate(DIABETES))

    def test_intervals_of_single_predictions(self):
        found = foldwise.search(DIABETES, label="target", grid="optimizer=exact", features=FEATURES, residuals=True)
        rows = found.model.predictIntervals(DIABETES, 0.8).toPandas()
        inside = rows["target"].between(rows["prediction_lower"], rows["prediction_upper"])
        self.assertAlmostEqual(0.8, inside.mean(), delta=0.03)
        self.assertTrue(rows["prediction"].between(rows["prediction_lower"], rows["prediction_upper"]).all())
        with self.assertRaisesRegex(Exception, "needs the errors of held-out rows, and the model keeps none"):
            foldwise.search(DIABETES, label="target", features=FEATURES).model.predictIntervals(DIABETES)

    def test_a_search_over_labels_that_are_texts(self):
        found = foldwise.search(
            CANCER, label="diagnosis", positive="malignant", features=["mean_texture", "mean_concavity"], loss="logistic"
        )
        self.assertGreater(found.model.evaluate(CANCER)["auc"], 0.9)

    def test_a_search_over_several_classes_is_scikit_learns(self):
        """scikit-learn 1.9.1: LogisticRegression(C=1/(2*l2*rows), solver="newton-cholesky", tol=1e-14)."""
        frame = IRIS.toPandas()
        frame["fold"] = numpy.arange(len(frame)) % 5
        found = foldwise.search(
            frame,
            label="species",
            fold_column="fold",
            loss="softmax",
            metric="accuracy, log-loss",
            grid="optimizer=exact; standardize=false; l2=0.005,0.5",
        )
        numpy.testing.assert_allclose(found.candidates["mean"], [0.96, 0.86], rtol=1e-12)
        numpy.testing.assert_allclose(found.candidates["sd"], [0.014907119849998596, 0.07226494462892932], rtol=1e-9)
        numpy.testing.assert_allclose(
            found.candidates["mean_log_loss"], [0.15302971163924695, 0.6676725695308023], rtol=1e-8
        )
        numpy.testing.assert_allclose(
            found.model.coefficientMatrix.toArray()[0],
            [-0.4158304946752012, 0.8238623281494378, -2.2465108183887827, -0.9491902265563612],
            atol=1e-8,
        )
        numpy.testing.assert_allclose(
            found.model.interceptVector.toArray(), [9.064408951367698, 2.1619158697146528, -11.226324821082349], atol=1e-7
        )
        words = ["setosa", "versicolor", "virginica"]
        self.assertEqual((3, words), (found.model.numClasses, found.model.classes))
        rows = IndexToString(inputCol="prediction", outputCol="word").transform(found.model.transform(IRIS)).toPandas()
        right = (rows["word"] == rows["species"]).mean()
        scores = found.model.evaluate(frame)
        self.assertEqual(["log-loss", "accuracy", "macro-f1"], list(scores))
        self.assertAlmostEqual(0.9733333333333334, right)
        self.assertAlmostEqual(0.9733333333333334, scores["accuracy"])

    def test_classes_are_texts_or_numbers_of_an_array(self):
        frame = IRIS.toPandas()
        x = frame[SEPALS].to_numpy()
        numbers = {"setosa": 7, "versicolor": -2, "virginica": 3}
        predicted = []
        for y, classes in (
            (frame["species"].to_numpy(), ["setosa", "versicolor", "virginica"]),
            (frame["species"].map(numbers).to_numpy(), ["-2", "3", "7"]),
        ):
            found = foldwise.search((x, y), loss="softmax", folds=2, grid="optimizer=exact; l2=0.01")
            self.assertEqual(classes, found.model.classes)
            indices = found.model.transform((x, y)).toPandas()["prediction"]
            predicted.append([found.model.classes[int(index)] for index in indices])
            right = numpy.mean([str(label) == word for label, word in zip(y, predicted[-1], strict=True)])
            self.assertGreater(right, 0.7)
            self.assertAlmostEqual(right, found.model.evaluate((x, y))["accuracy"])
        self.assertEqual([str(numbers[word]) for word in predicted[0]], predicted[1])
        found = foldwise.search((x, frame["species"].to_numpy()), loss="ovr-hinge", folds=2, grid="optimizer=exact; l2=0.01")
        self.assertEqual(["setosa", "versicolor", "virginica"], found.model.classes)
        self.assertNotIn("probability", found.model.transform((x, y)).columns)
        self.assertEqual({"ovr-hinge", "accuracy", "macro-f1"}, set(found.model.evaluate((x, frame["species"].to_numpy()))))

    def test_a_search_over_arrays_finds_the_line(self):
        random = numpy.random.default_rng(1)
        x = random.normal(size=(300, 2))
        found = foldwise.search((x, 3 * x[:, 0] - x[:, 1] + 2), grid="optimizer=exact")
        numpy.testing.assert_allclose(found.model.coefficients.toArray(), [3, -1], atol=1e-9)
        self.assertAlmostEqual(2, found.model.intercept)

    def test_slips_are_refused_in_one_line(self):
        frame = DIABETES.select("target", *FEATURES).toPandas()
        x, y = frame[FEATURES].to_numpy(), frame["target"].to_numpy()
        for data, wrong, kind, words in (
            (DIABETES, {"grid": "l3=0"}, IllegalArgumentException, "'grid' has no axis 'l3'"),
            (DIABETES, {"grid": "l2=few"}, IllegalArgumentException, "'l2' \\(few\\) must be a number"),
            (DIABETES, {"grid": {"l2": [0]}}, TypeError, "'grid' .* must be a text"),
            (DIABETES, {"loss": "cubic"}, IllegalArgumentException, "'loss' \\(cubic\\) must be squared"),
            (DIABETES, {"metric": "mape"}, IllegalArgumentException, "'metric' \\(mape\\) must be"),
            (DIABETES, {"metric": "mse,"}, IllegalArgumentException, "'metric' \\(\\) must be"),
            (DIABETES, {"metric": "mse,mse"}, IllegalArgumentException, "'metric' names mse twice"),
            (DIABETES, {"loss": "softmax"}, IllegalArgumentException, "'target' has more than 100 different values"),
            (IRIS, {"label": "species", "loss": "softmax", "positive": "setosa", "features": SEPALS},
             IllegalArgumentException, "'positive' \\(setosa\\) tells one class from all others"),
            (IRIS, {"label": "species", "loss": "softmax", "metric": "auc", "features": SEPALS},
             IllegalArgumentException, "take log-loss, accuracy, macro-f1"),
            (DIABETES, {"label": "price"}, IllegalArgumentException, "'label' \\(price\\).* no such column"),
            (DIABETES, {"features": "bmi"}, TypeError, "'features' .* must be a list"),
            (DIABETES, {"folds": "5"}, TypeError, "'folds' \\('5'\\) must be a whole number"),
            (DIABETES, {"grid": "learning-rate=1e6"}, ArithmeticException, "every candidate diverged"),
            (frame.assign(target=y.astype(str)), {}, IllegalArgumentException, "column 'target' holds numbers as text"),
            (frame.assign(target=["a", "b"] * 221), {}, IllegalArgumentException, "label 'target' holds text, 'b' and 'a'"),
            (frame.assign(target=[None, *y[1:]]), {}, IllegalArgumentException, "row 1: column 'target' is missing"),
            (frame.assign(bmi="a"), {}, IllegalArgumentException, "column 'bmi' holds 'a'"),
            ((x[:, :, None], y), {}, ValueError, "X is of shape \\(442, 3, 1\\)"),
            ((x, numpy.c_[y, y]), {}, ValueError, "y is of shape \\(442, 2\\)"),
            ((x, y[1:]), {}, ValueError, "X has 442 rows and y has 441"),
            (x, {}, TypeError, "not ndarray"),
        ):
            with self.subTest(words), self.assertRaisesRegex(kind, words) as refused:
                foldwise.search(data, **{"label": "target", **wrong})
            self.assertEqual(1, len(str(refused.exception).splitlines()))

    def test_a_session_without_the_jar_is_told_what_is_missing(self):
        bare = types.SimpleNamespace(_jvm=SPARK._jvm.org.nowhere)
        for active, words in ((None, "there is no Spark session"), (bare, "has not got Foldwise's jar")):
            with mock.patch.object(SparkSession, "getActiveSession", return_value=active):
                for work in (SGDRegressor, SGDRegressor.read, FusedCrossValidator.read):
                    with self.assertRaisesRegex(RuntimeError, f"{words}.*foldwise.jar"):
                        work()


class SavedTest(unittest.TestCase):
    """What Java saves, Python reads, and the other way round: the same to the last bit."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.java = SPARK._jvm.io.foldwise.ml

    def assert_same_predictions(self, rows, model, *others):
        expected = model.transform(rows).select("prediction").collect()
        for other in others:
            self.assertEqual(expected, other.transform(rows).select("prediction").collect())

    def check(self, python, rows, **params):
        """An estimator and its model, from Java to Python, to Java, to Python."""
        estimator, model = (f"{self.folder}/{name}" for name in ("estimator", "model"))
        of_java = getattr(self.java, python.__name__)
        python(**params)._to_java().write().save(f"{estimator}1")
        read = python.load(f"{estimator}1")
        read.save(f"{estimator}2")
        again = of_java.load(f"{estimator}2")
        self.assertEqual(read.uid, again.uid())
        again.fit(rows._jdf).write().save(f"{model}1")
        kind = type(read.fit(rows))
        first = kind.load(f"{model}1")
        first.save(f"{model}2")
        getattr(self.java, kind.__name__).load(f"{model}2").write().save(f"{model}3")
        self.assert_same_predictions(rows, first, kind.load(f"{model}3"), read.fit(rows))

    def test_a_regressor(self):
        self.check(SGDRegressor, DIABETES, labelCol="target", featuresCols=FEATURES, degree=2, loss="huber", delta=9.0)

    def test_a_classifier(self):
        self.check(SGDClassifier, CANCER, featuresCols=["mean_texture", "mean_concavity"], regParam=0.1, seed=3)

    def test_a_validator_and_its_model(self):
        regressor = SGDRegressor(labelCol="target", featuresCols=FEATURES)
        validator = FusedCrossValidator(
            estimator=regressor,
            estimatorParamMaps=ParamGridBuilder().addGrid(regressor.regParam, [0.1, 1.0]).build(),
            evaluator=RegressionEvaluator(labelCol="target"),
            numFolds=3,
            foldCol="fold",
        )
        validator._to_java().save(f"{self.folder}/validator1")
        read = FusedCrossValidator.load(f"{self.folder}/validator1")
        read.save(f"{self.folder}/validator2")
        again = self.java.tuning.FusedCrossValidator.load(f"{self.folder}/validator2")
        again.fit(DIABETES._jdf).save(f"{self.folder}/model1")
        model = CrossValidatorModel.load(f"{self.folder}/model1")
        model.save(f"{self.folder}/model2")
        SPARK._jvm.org.apache.spark.ml.tuning.CrossValidatorModel.load(f"{self.folder}/model2").save(f"{self.folder}/model3")
        last, own = CrossValidatorModel.load(f"{self.folder}/model3"), validator.fit(DIABETES)
        self.assertEqual(own.avgMetrics, last.avgMetrics)
        self.assert_same_predictions(DIABETES, own, model, last)

    def test_what_cannot_be_read_is_refused_in_one_line(self):
        VectorAssembler(inputCols=FEATURES).save(f"{self.folder}/foreign")
        os.makedirs(f"{self.folder}/cut/metadata")
        with open(f"{self.folder}/cut/metadata/part-00000", "w") as metadata:
            metadata.write('{"class":"io.fold')
        for kind in (SGDRegressor, SGDClassifier, SGDRegressionModel, SGDClassificationModel, FusedCrossValidator):
            for name, words in (("gone", "holds no"), ("foreign", "feature.VectorAssembler, not"), ("cut", "holds a damaged")):
                with self.subTest(kind=kind, name=name), self.assertRaises(IllegalArgumentException) as refused:
                    kind.load(f"{self.folder}/{name}")
                said = str(refused.exception)
                self.assertTrue(said.startswith(f"'{self.folder}/{name}' "), said)
                self.assertIn(words, said)
                self.assertIn(kind.__name__, said)
                self.assertEqual(1, len(said.splitlines()))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    unittest.main(warnings="ignore")
