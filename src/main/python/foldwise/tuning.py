"""MLlib's tuning at the price of one pass over the rows.

>>> from foldwise.tuning import FusedCrossValidator as CrossValidator   # the one line to change
"""

from __future__ import annotations

import logging
from functools import reduce
from typing import Any, Callable, List

from pyspark.ml.tuning import (
    CrossValidator,
    CrossValidatorModel,
    TrainValidationSplit,
    TrainValidationSplitModel,
)
from pyspark.ml.util import JavaMLReader, MLReader
from pyspark.sql import DataFrame, functions
from pyspark.sql.utils import is_remote

from foldwise._frames import html, java, refuse_connect, require_jar, table, text, to_spark

__all__ = ["CrossValidated", "FusedCrossValidator", "FusedTrainValidationSplit"]

_LOG = logging.getLogger(__name__)


class CrossValidated:
    """What a cross-validation found, beside PySpark's model of it."""

    def __init__(self, model: CrossValidatorModel, settings: List[Any], grid: List[Any]) -> None:
        self.model = model
        self._settings = settings
        self._grid = grid

    @property
    def isFused(self) -> bool:
        """Whether it was trained side by side; else PySpark's or MLlib's own validator ran."""
        return bool(self._settings)

    def __repr__(self) -> str:
        return text(self.table(), self._words())

    def _repr_html_(self) -> str:
        return html(self.table(), self._words())

    def _words(self) -> str:
        return "trained side by side" if self.isFused else "trained one by one: the log says why"

    def table(self) -> Any:
        """Every setting in the order of the grid: its Params, mean, sd, standard error, and each fold.

        The sd divides by k - 1, as a sample's does; ``stdMetrics`` of the model, which is PySpark's, divides by k.

        :return: a pandas data frame; without pandas, a dict of columns
        """
        import json

        names = sorted({param.name for setting in self._grid for param in setting})
        columns: Any = {
            name: [
                next((value for param, value in setting.items() if param.name == name), None)
                for setting in self._grid
            ]
            for name in names
        }
        columns["mean"] = list(self.model.avgMetrics)
        if self.isFused:
            columns["sd"] = [setting.deviation() for setting in self._settings]
            columns["standard_error"] = [setting.standardError() for setting in self._settings]
            folds = [list(setting.metrics()) for setting in self._settings]
            for fold in range(len(folds[0])):
                columns[f"fold_{fold}"] = [metrics[fold] for metrics in folds]
        return table(json.dumps(columns, default=str))


class _Fused:
    """What our validators share: the twin in Java that does the work."""

    _JAVA: str

    def _found(self: Any, tune: Callable[[Any], Any]) -> Any:
        """What the twin finds; None where PySpark's own has to run."""
        if is_remote():
            _LOG.warning("%s runs as PySpark's own: Spark Connect has no way to the engine", self.uid)
            return None
        try:
            twin = self._to_java()
        except (AttributeError, TypeError, ValueError) as untransferable:
            _LOG.warning("%s runs as PySpark's own: %s", self.uid, untransferable)
            return None
        found = tune(twin)
        return None if found.isEmpty() else found.get()

    def _to_java(self: Any) -> Any:
        estimator, grid, evaluator = self._to_java_impl()
        twin = java(self._JAVA, self.uid)
        twin.setEstimator(estimator)
        twin.setEstimatorParamMaps(grid)
        twin.setEvaluator(evaluator)
        for param in self.params:
            if param.name not in ("estimator", "estimatorParamMaps", "evaluator"):
                setter = getattr(twin, f"set{param.name[0].upper()}{param.name[1:]}")
                setter(self.getOrDefault(param))
        return twin

    @classmethod
    def read(cls) -> MLReader:
        """A reader of what Java or Python wrote."""
        refuse_connect(f"reading a {cls.__name__}")
        require_jar()
        return _Reader(cls)


class FusedCrossValidator(_Fused, CrossValidator):
    """``pyspark.ml.tuning.CrossValidator`` with every fold and every setting trained side by side.

    It takes the same arguments and returns the same model. ``LinearRegression`` (squared error, Huber),
    ``LogisticRegression`` (binomial), ``SGDRegressor``, ``SGDClassifier``, and pipelines that end in
    one of them are fused; anything else goes to PySpark's own validator, with one line in the log
    that says why.

    >>> regression = LinearRegression()
    >>> grid = ParamGridBuilder().addGrid(regression.regParam, [0.01, 0.1, 1.0]).build()
    >>> model = FusedCrossValidator(
    ...     estimator=regression, estimatorParamMaps=grid, evaluator=RegressionEvaluator(), numFolds=5
    ... ).fit(frame)
    >>> model.avgMetrics, model.stdMetrics, model.bestModel
    """

    _JAVA = "tuning.FusedCrossValidator"

    def crossValidate(self, dataset: Any) -> CrossValidated:
        """Does what ``fit`` does, and tells more of what it found.

        :param dataset: a Spark data frame, or a pandas data frame
        """
        require_jar()
        dataset = to_spark(dataset, "")
        grid = self.getEstimatorParamMaps()
        column = self.getFoldCol() or f"{self.uid}_fold"
        folded = dataset if self.getFoldCol() else self._folded(dataset, column)
        found = self._found(lambda twin: twin.crossValidate(dataset._jdf, folded._jdf, column))
        if found is None:
            return CrossValidated(super()._fit(dataset), [], grid)
        settings = list(found.settings())
        model = CrossValidatorModel._from_java(found.model())
        # PySpark's standard deviations are those of a population, divided by k.
        shrink = ((self.getNumFolds() - 1) / self.getNumFolds()) ** 0.5
        model.stdMetrics = [setting.deviation() * shrink for setting in settings]
        model = self._copyValues(model)
        model._resetUid(self.uid)
        return CrossValidated(model, settings, grid)

    def _folded(self, dataset: DataFrame, column: str) -> DataFrame:
        """The rows with the folds that PySpark's validator draws: they are not those of MLlib's."""
        drawn = f"{self.uid}_rand"
        width = 1.0 / self.getNumFolds()
        passed = [
            (functions.col(drawn) >= fold * width).cast("int") for fold in range(1, self.getNumFolds())
        ]
        fold = reduce(lambda some, more: some + more, passed)
        rows = dataset.select("*", functions.rand(self.getSeed()).alias(drawn))
        return rows.withColumn(column, fold).drop(drawn)

    def _fit(self, dataset: DataFrame) -> CrossValidatorModel:
        return self.crossValidate(dataset).model


class FusedTrainValidationSplit(_Fused, TrainValidationSplit):
    """``pyspark.ml.tuning.TrainValidationSplit`` with every setting trained side by side.

    It takes the same arguments and returns the same model, and fuses what ``FusedCrossValidator`` does.
    """

    _JAVA = "tuning.FusedTrainValidationSplit"

    def _fit(self, dataset: Any) -> TrainValidationSplitModel:
        require_jar()
        dataset = to_spark(dataset, "")
        column = f"{self.uid}_split"
        # The split that PySpark's draws: it is not that of MLlib's.
        trained = functions.rand(self.getSeed()) < self.getTrainRatio()
        split = dataset.withColumn(column, trained.cast("int"))
        found = self._found(lambda twin: twin.validate(dataset._jdf, split._jdf, column))
        if found is None:
            return super()._fit(dataset)
        model = self._copyValues(TrainValidationSplitModel._from_java(found))
        model._resetUid(self.uid)
        return model


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return f"io.foldwise.ml.{clazz._JAVA}"
