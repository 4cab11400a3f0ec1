"""Foldwise's own search over a data frame."""

from __future__ import annotations

import json
from functools import cached_property
from numbers import Integral
from typing import Any, Dict, List, Optional

from foldwise._frames import html, java, refuse_connect, table, text, to_spark

_KINDS = {str: "a text", Integral: "a whole number"}


class Search:
    """What a search found.

    :ivar candidates: every candidate, best first: rank, the axes that have several values, mean, sd and standard error of the
        metric over the folds, the mean on the rows trained on, mean, sd and standard error of the other metrics
        (``mean_log_loss``, ...), the mean over the folds of the learning rates used and of
        what trainings lacked of what they could gain, as in candidates.csv, whether it diverged, each fold
    :ivar curves: training and validation loss by candidate (its rank and axes), fold and epoch
    :ivar chosen: the axes of the chosen candidate
    :ivar notes: what a person should know, one line each
    :ivar model: the chosen model, trained on all rows; it transforms frames that have the features
        as columns of their names. Of softmax and one-vs-rest it predicts indices, which ``model.classes`` names
    """

    def __init__(self, java: Any) -> None:
        from foldwise.ml import SGDClassificationModel, SGDRegressionModel

        self.candidates = table(java.candidates())
        self._java = java
        self.chosen: Dict[str, Any] = json.loads(java.chosen())
        self.notes: List[str] = list(java.notes())
        model = java.model()
        kind = model.getClass().getSimpleName()
        self.model = {"SGDRegressionModel": SGDRegressionModel}.get(kind, SGDClassificationModel)(model)
        self.model.setLabelCol(model.getLabelCol())

    @cached_property
    def curves(self) -> Any:
        return table(self._java.curves())

    def __repr__(self) -> str:
        return text(self.candidates, self._words())

    def _repr_html_(self) -> str:
        return html(self.candidates, self._words())

    def _words(self) -> str:
        """What was chosen, and what a person should know."""
        axes = " ".join(f"{name}={value}" for name, value in self.chosen.items())
        return "\n".join([f"chosen  {axes}", *(f"note    {note}" for note in self.notes)])


def search(
    data: Any,
    *,
    label: str = "y",
    positive: Optional[str] = None,
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
    sample: Optional[int] = None,
    residuals: bool = False,
) -> Search:
    """Cross-validates every candidate of a grid, and trains the chosen one on all rows.

    What is not given is as on the command line: 5 folds drawn at random from seed 42, squared loss,
    stochastic gradient descent at the automatic rate for 100 epochs, the best mean score.

    >>> found = search(frame, label="price", grid="degree=1..3; l2=log(1e-4,1,12)", loss="squared")
    >>> found.candidates.plot(x="l2", y="mean", yerr="standard_error", logx=True)

    :param data: a Spark or pandas data frame, or a pair (X, y) of arrays
    :param label: the column to predict; of softmax and one-vs-rest, whole numbers, texts, or true and false
    :param positive: the value of the label that counts as 1, where labels are not 0 and 1; of losses of two classes
    :param grid: the values to try of each axis, ``"AXIS=V,V; AXIS=A..B; AXIS=log(A,B,N)"``
    :param features: the columns to predict from; else all that have no other role
    :param weight: the column of row weights
    :param fold_column: the column that says each row's fold
    :param group: the column of groups, of which rows share a fold
    :param loss: squared, absolute, huber, quantile, epsilon-insensitive, poisson, gamma, tweedie, logistic,
        hinge, squared-hinge, softmax, ovr-hinge or ovr-squared-hinge
    :param metric: the score that ranks candidates; else the mean loss. Others to be told beside it stand behind commas,
        ``"accuracy,log-loss"``
    :param select: ``best`` or ``one-standard-error``
    :param sample: random search: how many candidates to draw from the grid, whose axes may be
        ``uniform(A,B)`` or ``log-uniform(A,B)`` too; else all are tried
    :param residuals: whether to keep the errors of held-out rows, by one pass more, for ``found.model.predictIntervals``
    """
    refuse_connect("foldwise.search")
    for name, value, kind in (("grid", grid, str), ("label", label, str), ("folds", folds, Integral), ("seed", seed, Integral)):
        if not isinstance(value, kind):
            raise TypeError(f"'{name}' ({value!r}) must be {_KINDS[kind]}")
    if isinstance(features, str):
        raise TypeError(f"'features' ({features!r}) must be a list of names")
    frame = to_spark(data, label)
    asked = java("PythonSearch", frame._jdf)
    asked.label(label)
    if positive is not None:
        asked.positive(str(positive))
    if grid:
        asked.grid(grid)
    if sample is not None:
        asked.sample(int(sample))
    for name in features or []:
        asked.feature(name)
    for set_column, column in ((asked.weight, weight), (asked.foldColumn, fold_column), (asked.group, group)):
        if column is not None:
            set_column(column)
    asked.loss(loss)
    if metric is not None:
        asked.metric(metric)
    if fold_column is None:
        asked.folds(int(folds))
    asked.seed(int(seed))
    asked.select(select)
    if residuals:
        asked.residuals()
    return Search(asked.run())
