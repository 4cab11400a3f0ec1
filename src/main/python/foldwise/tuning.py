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
from pyspark.ml.wrapper import JavaParams
from pyspark.sql import DataFrame, functions

from foldwise._frames import table

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

    def table(self) -> Any:
        """Every setting in the order of the grid: its Params, mean, sd, standard error, and each fold.

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
        try:
            java = self._to_java()
        except (AttributeError, TypeError, ValueError) as untransferable:
            _LOG.warning("%s runs as PySpark's own: %s", self.uid, untransferable)
            return None
        found = tune(java)
        return None if found.isEmpty() else found.get()

    def _to_java(self: Any) -> Any:
        estimator, grid, evaluator = self._to_java_impl()
        java = JavaParams._new_java_obj(self._JAVA, self.uid)
        java.setEstimator(estimator)
        java.setEstimatorParamMaps(grid)
        java.setEvaluator(evaluator)
        for param in self.params:
            if param.name not in ("estimator", "estimatorParamMaps", "evaluator"):
                setter = getattr(java, f"set{param.name[0].upper()}{param.name[1:]}")
                setter(self.getOrDefault(param))
        return java

    @classmethod
    def read(cls) -> MLReader:
        """A reader of what Java or Python wrote."""
        return _Reader(cls)


class FusedCrossValidator(_Fused, CrossValidator):
    """``pyspark.ml.tuning.CrossValidator`` with every fold and every setting trained side by side.

    It takes the same arguments and returns the same model. ``LinearRegression`` (squared error),
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

    _JAVA = "io.foldwise.ml.tuning.FusedCrossValidator"

    def crossValidate(self, dataset: DataFrame) -> CrossValidated:
        """Does what ``fit`` does, and tells more of what it found."""
        grid = self.getEstimatorParamMaps()
        column = self.getFoldCol() or f"{self.uid}_fold"
        folded = dataset if self.getFoldCol() else self._folded(dataset, column)
        found = self._found(lambda java: java.crossValidate(dataset._jdf, folded._jdf, column))
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

    _JAVA = "io.foldwise.ml.tuning.FusedTrainValidationSplit"

    def _fit(self, dataset: DataFrame) -> TrainValidationSplitModel:
        column = f"{self.uid}_split"
        # The split that PySpark's draws: it is not that of MLlib's.
        trained = functions.rand(self.getSeed()) < self.getTrainRatio()
        split = dataset.withColumn(column, trained.cast("int"))
        found = self._found(lambda java: java.validate(dataset._jdf, split._jdf, column))
        if found is None:
            return super()._fit(dataset)
        model = self._copyValues(TrainValidationSplitModel._from_java(found))
        model._resetUid(self.uid)
        return model


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return clazz._JAVA
