"""Estimators and models of spark.ml that train by minibatch gradient descent.

They are used as PySpark's own: in a ``Pipeline``, in a ``CrossValidator``, saved and loaded.
"""

from __future__ import annotations

import io
import sys
import types
from typing import Any, Dict, List, Optional, Union

from pyspark import keyword_only
from pyspark.ml.linalg import DenseVector, Matrix, Vector
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasElasticNetParam,
    HasFeaturesCol,
    HasFitIntercept,
    HasLabelCol,
    HasMaxIter,
    HasPredictionCol,
    HasProbabilityCol,
    HasRawPredictionCol,
    HasRegParam,
    HasSeed,
    HasStandardization,
    HasThresholds,
    HasWeightCol,
)
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame
from pyspark.sql.utils import is_remote

from foldwise._frames import java, refuse_connect, require_jar, to_spark

__all__ = ["SGDClassificationModel", "SGDClassifier", "SGDRegressionModel", "SGDRegressor"]

_PACKAGE = "io.foldwise.ml"

# Those of the Java estimators: through Spark Connect there is none to ask.
_DEFAULTS: Dict[str, Any] = {
    "featuresCols": [],
    "weightCol": "",
    "regParam": 0.0,
    "elasticNetParam": 0.0,
    "fitIntercept": True,
    "standardization": True,
    "degree": 1,
    "optimizer": "sgd",
    "schedule": "auto",
    "momentum": 0.9,
    "maxIter": 100,
    "seed": 42,
}


def _register(tuning: types.ModuleType) -> None:
    """Lets PySpark find the class of a Java stage, which it takes for a module's of Java's name."""
    own: Any = sys.modules[__name__]
    own.tuning = tuning
    sys.modules[f"{_PACKAGE}.tuning"] = tuning
    package = types.ModuleType("io.foldwise")
    package.ml = sys.modules[__name__]  # type: ignore[attr-defined]
    sys.modules["io.foldwise"] = package
    sys.modules[_PACKAGE] = sys.modules[__name__]
    io.foldwise = package  # type: ignore[attr-defined]


class _Reader(JavaMLReader):
    """Reads what a Java stage of Foldwise wrote."""

    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return f"{_PACKAGE}.{clazz.__name__}"


class _Readable(JavaMLReadable):
    @classmethod
    def read(cls) -> Any:
        if is_remote():
            from pyspark.ml.connect.readwrite import RemoteMLReader

            # It takes the module's name for Java's package.
            return RemoteMLReader(type(cls.__name__, (cls,), {"__module__": _PACKAGE}))
        require_jar()
        return _Reader(cls)


class _SGDParams(
    HasFeaturesCol,
    HasLabelCol,
    HasPredictionCol,
    HasRegParam,
    HasElasticNetParam,
    HasFitIntercept,
    HasStandardization,
    HasMaxIter,
    HasWeightCol,
    HasSeed,
):
    featuresCols: Param[List[str]] = Param(
        Params._dummy(),
        "featuresCols",
        "the numeric columns that are features; none: the column of vectors, featuresCol, is",
        TypeConverters.toListString,
    )
    loss: Param[str] = Param(Params._dummy(), "loss", "what is minimised", TypeConverters.toString)
    optimizer: Param[str] = Param(
        Params._dummy(),
        "optimizer",
        "how weights move: sgd, momentum, nesterov, adagrad, rmsprop, adam;"
        " exact solves for the optimum instead",
        TypeConverters.toString,
    )
    learningRate: Param[float] = Param(
        Params._dummy(),
        "learningRate",
        "the learning rate > 0 at the start; not set: one that suits the rows",
        TypeConverters.toFloat,
    )
    schedule: Param[str] = Param(
        Params._dummy(),
        "schedule",
        "how the learning rate falls: auto, constant, inverse-scaling(POWER), exponential(DECAY) or cosine",
        TypeConverters.toString,
    )
    momentum: Param[float] = Param(
        Params._dummy(),
        "momentum",
        "the share in [0, 1) of the last step that momentum and nesterov keep",
        TypeConverters.toFloat,
    )
    batchSize: Param[int] = Param(
        Params._dummy(),
        "batchSize",
        "the rows of a minibatch >= 1; not set: a number that suits the rows",
        TypeConverters.toInt,
    )
    degree: Param[int] = Param(
        Params._dummy(),
        "degree",
        "the highest power of the features, products of them included, in [1, 1000]",
        TypeConverters.toInt,
    )

    def _own(self, name: str) -> Any:
        return self.getOrDefault(self.getParam(name))

    def getFeaturesCols(self) -> List[str]:
        """The value of :attr:`featuresCols`."""
        return self._own("featuresCols")

    def getLoss(self) -> str:
        """The value of :attr:`loss`."""
        return self._own("loss")

    def getOptimizer(self) -> str:
        """The value of :attr:`optimizer`."""
        return self._own("optimizer")

    def getLearningRate(self) -> float:
        """The value of :attr:`learningRate`, if it is set."""
        return self._own("learningRate")

    def getSchedule(self) -> str:
        """The value of :attr:`schedule`."""
        return self._own("schedule")

    def getMomentum(self) -> float:
        """The value of :attr:`momentum`."""
        return self._own("momentum")

    def getBatchSize(self) -> int:
        """The value of :attr:`batchSize`, if it is set."""
        return self._own("batchSize")

    def getDegree(self) -> int:
        """The value of :attr:`degree`."""
        return self._own("degree")


class _SGDEstimator(JavaEstimator, _SGDParams, JavaMLWritable, _Readable):
    """What both estimators share: every Param is a keyword of the constructor and has a setter."""

    _java_name = ""
    _own_defaults: Dict[str, Any] = {}

    def _begin(self, given: Dict[str, Any]) -> None:
        self._java_obj = java(self._java_name, self.uid)
        self._setDefault(**_DEFAULTS, **self._own_defaults)
        self._set(**{name: value for name, value in given.items() if value is not None})

    def _create_model(self, java_model: Any) -> Any:
        raise NotImplementedError

    def _fit(self, dataset: Any) -> Any:
        """Trains on a Spark or pandas data frame."""
        return super()._fit(to_spark(dataset, self.getLabelCol()))

    def setParams(self, **params: Any) -> Any:
        """Sets any Params by their names."""
        return self._set(**params)

    def setFeaturesCol(self, value: str) -> Any:
        """Sets :attr:`featuresCol`."""
        return self._set(featuresCol=value)

    def setFeaturesCols(self, value: List[str]) -> Any:
        """Sets :attr:`featuresCols`."""
        return self._set(featuresCols=value)

    def setLabelCol(self, value: str) -> Any:
        """Sets :attr:`labelCol`."""
        return self._set(labelCol=value)

    def setPredictionCol(self, value: str) -> Any:
        """Sets :attr:`predictionCol`."""
        return self._set(predictionCol=value)

    def setWeightCol(self, value: str) -> Any:
        """Sets :attr:`weightCol`."""
        return self._set(weightCol=value)

    def setRegParam(self, value: float) -> Any:
        """Sets :attr:`regParam`."""
        return self._set(regParam=value)

    def setElasticNetParam(self, value: float) -> Any:
        """Sets :attr:`elasticNetParam`."""
        return self._set(elasticNetParam=value)

    def setFitIntercept(self, value: bool) -> Any:
        """Sets :attr:`fitIntercept`."""
        return self._set(fitIntercept=value)

    def setStandardization(self, value: bool) -> Any:
        """Sets :attr:`standardization`."""
        return self._set(standardization=value)

    def setMaxIter(self, value: int) -> Any:
        """Sets :attr:`maxIter`."""
        return self._set(maxIter=value)

    def setSeed(self, value: int) -> Any:
        """Sets :attr:`seed`."""
        return self._set(seed=value)

    def setLoss(self, value: str) -> Any:
        """Sets :attr:`loss`."""
        return self._set(loss=value)

    def setOptimizer(self, value: str) -> Any:
        """Sets :attr:`optimizer`."""
        return self._set(optimizer=value)

    def setLearningRate(self, value: float) -> Any:
        """Sets :attr:`learningRate`."""
        return self._set(learningRate=value)

    def setSchedule(self, value: str) -> Any:
        """Sets :attr:`schedule`."""
        return self._set(schedule=value)

    def setMomentum(self, value: float) -> Any:
        """Sets :attr:`momentum`."""
        return self._set(momentum=value)

    def setBatchSize(self, value: int) -> Any:
        """Sets :attr:`batchSize`."""
        return self._set(batchSize=value)

    def setDegree(self, value: int) -> Any:
        """Sets :attr:`degree`."""
        return self._set(degree=value)


class SGDSummary:
    """How a model was trained."""

    def __init__(self, java: Any) -> None:
        self._java = java

    def __repr__(self) -> str:
        return f"SGDSummary({self.totalIterations} epochs, objective {self.objective:.6g}, optimum {self.optimum:.6g})"

    @property
    def epochs(self) -> List[int]:
        """The epochs that :attr:`objectiveHistory` is of, from 1."""
        return list(self._java.epochs())

    @property
    def objectiveHistory(self) -> List[float]:
        """The mean loss over the rows trained on after each of :attr:`epochs`, penalties left out."""
        return list(self._java.objectiveHistory())

    @property
    def totalIterations(self) -> int:
        """The number of epochs."""
        return self._java.totalIterations()

    @property
    def objective(self) -> float:
        """The objective that training ended with, penalties included."""
        return self._java.objective()

    @property
    def optimum(self) -> float:
        """The least objective that there is; NaN where it was not looked for."""
        return self._java.optimum()

    @property
    def bestConstant(self) -> float:
        """The objective of the best constant; NaN where the optimum was not looked for."""
        return self._java.bestConstant()

    @property
    def learningRate(self) -> float:
        """The learning rate at the start; NaN of an optimum that was solved for."""
        return self._java.learningRate()


class _SGDModel(JavaModel, HasFeaturesCol, HasLabelCol, HasPredictionCol, JavaMLWritable, _Readable):
    def _asked(self, name: str) -> Any:
        """What a server of Spark Connect tells of MLlib's own models alone."""
        refuse_connect(f"a model's {name}")
        return self._call_java(name)

    @property
    def coefficients(self) -> Vector:
        """The coefficients of the powers of the features, in graded order: x, z, x^2, x*z, z^2."""
        return self._asked("coefficients")

    @property
    def namedCoefficients(self) -> Dict[str, float]:
        """The same by the names of their terms: ``x``, ``x^2``, ``x z``, ..."""
        refuse_connect("a model's namedCoefficients")
        named = self._java_obj.linearModel().namedPowers()
        return {name: named.get(name) for name in named.keySet()}

    @property
    def intercept(self) -> float:
        """The intercept."""
        return self._asked("intercept")

    @property
    def numFeatures(self) -> int:
        """The number of features."""
        return self._call_java("numFeatures")

    @property
    def hasSummary(self) -> bool:
        """Whether there is a :attr:`summary`: not of a model that was loaded, nor through Spark Connect."""
        return not is_remote() and self._call_java("hasSummary")

    @property
    def summary(self) -> SGDSummary:
        """How the model was trained."""
        refuse_connect("a model's summary")
        return SGDSummary(self._java_obj.summary())

    def predict(self, value: Union[Vector, List[float]]) -> float:
        """The prediction for one row of features."""
        return self._call_java("predict", value if isinstance(value, Vector) else DenseVector(value))

    def evaluate(self, dataset: Any) -> Dict[str, float]:
        """The model's scores on rows by the names of their metrics: mse, rmse, mae, r2, ...

        :param dataset: a Spark or pandas data frame, or a pair (X, y) of arrays, as ``foldwise.search`` takes it
        """
        refuse_connect("a model's evaluate")
        self._transfer_params_to_java()
        scores = self._java_obj.evaluate(to_spark(dataset, self.getLabelCol())._jdf).metrics()
        return {name: scores.get(name) for name in scores.keySet()}

    def _transform(self, dataset: Any) -> DataFrame:
        """The rows of a Spark or pandas data frame, and what the model predicts of them."""
        return super()._transform(to_spark(dataset, self.getLabelCol()))

    def setFeaturesCol(self, value: str) -> Any:
        """Sets :attr:`featuresCol`."""
        return self._set(featuresCol=value)

    def setLabelCol(self, value: str) -> Any:
        """Sets :attr:`labelCol`."""
        return self._set(labelCol=value)

    def setPredictionCol(self, value: str) -> Any:
        """Sets :attr:`predictionCol`."""
        return self._set(predictionCol=value)


class SGDRegressionModel(_SGDModel):
    """A model of :class:`SGDRegressor`."""

    def predictIntervals(self, dataset: Any, confidence: float = 0.9) -> DataFrame:
        """The rows, what the model predicts of them, and the ends of an interval that should hold the label of a new row.

        The columns ``prediction_lower`` and ``prediction_upper`` are those of CV+ (Barber et al. 2021), by the models of
        the folds: of the model of ``foldwise.search(..., residuals=True)``, or of a run of the command line.

        :param dataset: a Spark or pandas data frame
        :param confidence: the share of intervals that should hold the label, in (0, 1)
        """
        refuse_connect("a model's predictIntervals")
        self._transfer_params_to_java()
        frame = to_spark(dataset, self.getLabelCol())
        return DataFrame(self._java_obj.transform(frame._jdf, float(confidence)), frame.sparkSession)


class SGDClassificationModel(_SGDModel, HasRawPredictionCol, HasProbabilityCol, HasThresholds):
    """A model of :class:`SGDClassifier`.

    It predicts the index of a class. Of two classes one function decides, of K classes that softmax or one-vs-rest was trained on
    a function for each: then :attr:`coefficients`, :attr:`namedCoefficients` and :attr:`intercept` are refused, and
    :attr:`coefficientMatrix` and :attr:`interceptVector` tell them.
    """

    @property
    def numClasses(self) -> int:
        """The number of classes: 2, or K that softmax or one-vs-rest was trained on."""
        return self._call_java("numClasses")

    @property
    def classes(self) -> List[str]:
        """What the classes are called that are predicted as 0, 1, ...; empty where the labels were these numbers.

        The column of predictions knows them: ``IndexToString(inputCol="prediction", outputCol="word")`` writes them.
        """
        refuse_connect("a model's classes")
        return list(self._java_obj.classes())

    @property
    def coefficientMatrix(self) -> Matrix:
        """The coefficients of the powers of the features, in the order of :attr:`coefficients`: a row for each class.

        Of two classes that one function tells apart it has one row.
        """
        return self._asked("coefficientMatrix")

    @property
    def interceptVector(self) -> Vector:
        """The intercepts, one for each row of :attr:`coefficientMatrix`."""
        return self._asked("interceptVector")

    @property
    def namedCoefficients(self) -> Dict[str, float]:
        """The coefficients by the names of their terms: ``x``, ``x^2``, ``x z``, ..."""
        self._asked("coefficients")
        return super().namedCoefficients

    def setRawPredictionCol(self, value: str) -> "SGDClassificationModel":
        """Sets :attr:`rawPredictionCol`."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self, value: str) -> "SGDClassificationModel":
        """Sets :attr:`probabilityCol`."""
        return self._set(probabilityCol=value)

    def setThresholds(self, value: List[float]) -> "SGDClassificationModel":
        """Sets :attr:`thresholds`, one for each class: the class of the largest probability / threshold is predicted."""
        return self._set(thresholds=value)


class SGDRegressor(_SGDEstimator):
    """Linear and polynomial regression by minibatch gradient descent.

    It minimises mean l(y', y) + regParam * (a * |w|_1 + (1 - a) / 2 * |w|^2) over the rows, with a
    ``elasticNetParam``. For ``loss`` squared that is MLlib's ``LinearRegression``, to which
    ``optimizer="exact"`` solves; the others are absolute, huber, quantile and
    epsilon-insensitive in the label's units, and the deviances poisson, gamma and tweedie of the mean
    exp(y'), which the model predicts.

    >>> model = SGDRegressor(featuresCols=["bmi", "bp"], labelCol="target", optimizer="nesterov").fit(patients)
    >>> model.coefficients, model.summary.objective, model.summary.optimum
    """

    _java_name = "SGDRegressor"
    _own_defaults = {"loss": "squared", "tau": 0.5, "epsilon": 0.1, "power": 1.5}

    delta: Param[float] = Param(
        Params._dummy(),
        "delta",
        "the error > 0 from which the huber loss is a straight line, in the label's units;"
        " not set: one that suits the labels",
        TypeConverters.toFloat,
    )
    tau: Param[float] = Param(
        Params._dummy(), "tau", "the quantile in (0, 1) of the quantile loss", TypeConverters.toFloat
    )
    epsilon: Param[float] = Param(
        Params._dummy(),
        "epsilon",
        "the error >= 0 up to which the epsilon-insensitive loss is 0, in the label's units",
        TypeConverters.toFloat,
    )
    power: Param[float] = Param(
        Params._dummy(),
        "power",
        "the power in (1, 2) of the mean that the variance of the tweedie loss follows",
        TypeConverters.toFloat,
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        labelCol: Optional[str] = None,
        predictionCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        loss: Optional[str] = None,
        delta: Optional[float] = None,
        tau: Optional[float] = None,
        epsilon: Optional[float] = None,
        power: Optional[float] = None,
        regParam: Optional[float] = None,
        elasticNetParam: Optional[float] = None,
        fitIntercept: Optional[bool] = None,
        standardization: Optional[bool] = None,
        degree: Optional[int] = None,
        optimizer: Optional[str] = None,
        learningRate: Optional[float] = None,
        schedule: Optional[str] = None,
        momentum: Optional[float] = None,
        batchSize: Optional[int] = None,
        maxIter: Optional[int] = None,
        seed: Optional[int] = None,
    ) -> None:
        super().__init__()
        self._begin(self._input_kwargs)

    def _create_model(self, java_model: Any) -> SGDRegressionModel:
        return SGDRegressionModel(java_model)

    def getDelta(self) -> float:
        """The value of :attr:`delta`, if it is set."""
        return self._own("delta")

    def getTau(self) -> float:
        """The value of :attr:`tau`."""
        return self._own("tau")

    def setDelta(self, value: float) -> "SGDRegressor":
        """Sets :attr:`delta`."""
        return self._set(delta=value)

    def setTau(self, value: float) -> "SGDRegressor":
        """Sets :attr:`tau`."""
        return self._set(tau=value)

    def getEpsilon(self) -> float:
        """The value of :attr:`epsilon`."""
        return self._own("epsilon")

    def setEpsilon(self, value: float) -> "SGDRegressor":
        """Sets :attr:`epsilon`."""
        return self._set(epsilon=value)

    def getPower(self) -> float:
        """The value of :attr:`power`."""
        return self._own("power")

    def setPower(self, value: float) -> "SGDRegressor":
        """Sets :attr:`power`."""
        return self._set(power=value)


class SGDClassifier(_SGDEstimator, HasRawPredictionCol, HasProbabilityCol, HasThresholds):
    """Linear and polynomial classification by minibatch gradient descent.

    For ``loss`` logistic it is MLlib's ``LogisticRegression``, to which ``optimizer="exact"`` solves;
    hinge makes it a linear support vector machine, which has no probabilities. Softmax is for more than two classes: MLlib's
    ``LogisticRegression(family="multinomial")``; so are ovr-hinge and ovr-squared-hinge, a support vector machine for each
    class against the rest. Labels are 0 and 1, and for these the indices 0 to K - 1 of at most 100 classes, as ``StringIndexer`` makes them; others are refused.

    >>> model = SGDClassifier(labelCol="malignant", optimizer="nesterov", regParam=0.01).fit(tumours)
    >>> model.evaluate(tumours)["auc"]
    """

    _java_name = "SGDClassifier"
    _own_defaults = {"loss": "logistic"}

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        labelCol: Optional[str] = None,
        predictionCol: Optional[str] = None,
        rawPredictionCol: Optional[str] = None,
        probabilityCol: Optional[str] = None,
        thresholds: Optional[List[float]] = None,
        weightCol: Optional[str] = None,
        loss: Optional[str] = None,
        regParam: Optional[float] = None,
        elasticNetParam: Optional[float] = None,
        fitIntercept: Optional[bool] = None,
        standardization: Optional[bool] = None,
        degree: Optional[int] = None,
        optimizer: Optional[str] = None,
        learningRate: Optional[float] = None,
        schedule: Optional[str] = None,
        momentum: Optional[float] = None,
        batchSize: Optional[int] = None,
        maxIter: Optional[int] = None,
        seed: Optional[int] = None,
    ) -> None:
        super().__init__()
        self._begin(self._input_kwargs)

    def _create_model(self, java_model: Any) -> SGDClassificationModel:
        return SGDClassificationModel(java_model)

    def setRawPredictionCol(self, value: str) -> "SGDClassifier":
        """Sets :attr:`rawPredictionCol`."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self, value: str) -> "SGDClassifier":
        """Sets :attr:`probabilityCol`."""
        return self._set(probabilityCol=value)

    def setThresholds(self, value: List[float]) -> "SGDClassifier":
        """Sets :attr:`thresholds`."""
        return self._set(thresholds=value)
