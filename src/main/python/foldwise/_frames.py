"""What goes to the JVM and comes back."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.utils import is_remote


def refuse_connect(what: str) -> None:
    """Refuses what a server of Spark Connect gives no way to.

    :raises NotImplementedError: in a session of Spark Connect
    """
    if is_remote():
        raise NotImplementedError(
            f"{what} is not to be had through Spark Connect: use a session without it"
        )


def to_spark(data: Any, label: str) -> DataFrame:
    """A Spark data frame of rows of any kind that is taken here.

    :param data: a Spark data frame; a pandas data frame; or a pair (X, y) of arrays, the features
        of which are named x0, x1, ...
    """
    if isinstance(data, DataFrame):
        return data
    spark = SparkSession.getActiveSession()
    if spark is None:
        raise RuntimeError("there is no active Spark session: make one by SparkSession.builder")
    if isinstance(data, tuple):
        import numpy
        import pandas

        x, y = (numpy.asarray(part, dtype=float) for part in data)
        x = x.reshape(len(x), -1)
        if len(x) != len(y):
            raise ValueError(f"'data': X has {len(x)} rows and y has {len(y)}: they must be as many")
        data = pandas.DataFrame(x, columns=[f"x{j}" for j in range(x.shape[1])])
        data[label] = y
    return spark.createDataFrame(data)


def table(text: str) -> Any:
    """A pandas data frame of a JSON object of columns; without pandas, the columns as a dict."""
    columns = {name: [number(cell) for cell in cells] for name, cells in json.loads(text).items()}
    try:
        import pandas
    except ImportError:
        return columns
    return pandas.DataFrame(columns)


def number(cell: Any) -> Any:
    """JSON has no NaN: a missing number comes as null."""
    return float("nan") if cell is None else cell
