"""Foldwise's own search over a data frame."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional

from pyspark.ml.wrapper import JavaParams

from foldwise._frames import refuse_connect, table, to_spark


class Search:
    """What a search found.

    :ivar candidates: every candidate, best first: rank, the axes that have several values, mean, sd and standard error of the
        metric over the folds, the mean on the rows trained on, whether it diverged, each fold
    :ivar curves: training and validation loss by candidate (its rank), fold and epoch
    :ivar chosen: the axes of the chosen candidate
    :ivar notes: what a person should know, one line each
    :ivar model: the chosen model, trained on all rows; it transforms frames that have the features
        as columns of their names
    """

    def __init__(self, java: Any) -> None:
        from foldwise.ml import SGDClassificationModel, SGDRegressionModel

        self.candidates = table(java.candidates())
        self.curves = table(java.curves())
        self.chosen: Dict[str, Any] = json.loads(java.chosen())
        self.notes: List[str] = list(java.notes())
        model = java.model()
        kind = model.getClass().getSimpleName()
        self.model = {"SGDRegressionModel": SGDRegressionModel}.get(kind, SGDClassificationModel)(model)


def search(
    data: Any,
    *,
    label: str = "y",
    grid: str = "",
    features: Optional[List[str]] = None,
    weight: Optional[str] = None,
    fold_column: Optional[str] = None,
    group: Optional[str] = None,
    loss: str = "squared",
    metric: Optional[str] = None,
    folds: int = 5,
    seed: int = 42,
    select: str = "best",
) -> Search:
    """Cross-validates every candidate of a grid, and trains the chosen one on all rows.

    What is not given is as on the command line: 5 folds drawn at random from seed 42, squared loss,
    stochastic gradient descent at the automatic rate for 100 epochs, the best mean score.

    >>> found = search(frame, label="price", grid="degree=1..3; l2=log(1e-4,1,12)", loss="squared")
    >>> found.candidates.plot(x="l2", y="mean", yerr="standard_error", logx=True)

    :param data: a Spark or pandas data frame, or a pair (X, y) of arrays
    :param label: the column to predict
    :param grid: the values to try of each axis, ``"AXIS=V,V; AXIS=A..B; AXIS=log(A,B,N)"``
    :param features: the columns to predict from; else all that have no other role
    :param weight: the column of row weights
    :param fold_column: the column that says each row's fold
    :param group: the column of groups, of which rows share a fold
    :param loss: squared, absolute, huber, quantile, logistic or hinge
    :param metric: the score that ranks candidates; else the mean loss
    :param select: ``best`` or ``one-standard-error``
    """
    refuse_connect("foldwise.search")
    frame = to_spark(data, label)
    java = JavaParams._new_java_obj("io.foldwise.ml.PythonSearch", frame._jdf)
    java.label(label)
    if grid:
        java.grid(grid)
    for name in features or []:
        java.feature(name)
    for set_column, column in ((java.weight, weight), (java.foldColumn, fold_column), (java.group, group)):
        if column is not None:
            set_column(column)
    java.loss(loss)
    if metric is not None:
        java.metric(metric)
    if fold_column is None:
        java.folds(folds)
    java.seed(seed)
    java.select(select)
    return Search(java.run())
