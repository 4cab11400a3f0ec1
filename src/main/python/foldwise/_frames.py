"""What goes to the JVM and comes back."""

from __future__ import annotations

import json
from typing import Any

from py4j.java_gateway import JavaPackage
from pyspark.ml.wrapper import JavaParams
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.utils import is_remote


_SESSION = "SparkSession.builder.config('spark.jars', foldwise.jar()).getOrCreate()"


def refuse_connect(what: str) -> None:
    """Refuses what a server of Spark Connect gives no way to.

    :raises NotImplementedError: in a session of Spark Connect
    """
    if is_remote():
        raise NotImplementedError(
            f"{what} is not to be had through Spark Connect: use a session without it"
        )


def require_jar() -> None:
    """Refuses to go on without a session that has Foldwise's jar; a server of Spark Connect says so itself.

    :raises RuntimeError: if there is none
    """
    if is_remote():
        return
    spark = SparkSession.getActiveSession()
    if spark is None:
        raise RuntimeError(f"there is no Spark session: make one by {_SESSION}")
    if isinstance(spark._jvm.io.foldwise.Foldwise, JavaPackage):
        raise RuntimeError(
            f"this Spark session has not got Foldwise's jar: spark.stop(), then make one by {_SESSION}"
        )


def java(name: str, *arguments: Any) -> Any:
    """An object of Foldwise's class of that name below ``io.foldwise.ml``."""
    require_jar()
    return JavaParams._new_java_obj(f"io.foldwise.ml.{name}", *arguments)


def to_spark(data: Any, label: str) -> DataFrame:
    """A Spark data frame of rows of any kind that is taken here.

    :param data: a Spark data frame; a pandas data frame; or a pair (X, y) of arrays, the features
        of which are named x0, x1, ...
    """
    if isinstance(data, DataFrame):
        return data
    import pandas

    if isinstance(data, tuple) and len(data) == 2:
        data = _of_arrays(*data, label)
    if not isinstance(data, pandas.DataFrame):
        raise TypeError(
            "'data' must be a Spark or pandas data frame or a pair (X, y) of arrays,"
            f" not {type(data).__name__}"
        )
    spark = SparkSession.getActiveSession()
    if spark is None:
        raise RuntimeError(f"there is no Spark session: make one by {_SESSION}")
    try:
        import pyarrow
    except ImportError:
        return spark.createDataFrame(data)
    # A third of the time: Spark does not unpickle Arrow's rows in every pass.
    return spark.createDataFrame(pyarrow.Table.from_pandas(data, preserve_index=False))


def _of_arrays(x: Any, y: Any, label: str) -> Any:
    import numpy
    import pandas

    x = numpy.asarray(x, dtype=float)
    try:
        y = numpy.asarray(y, dtype=float)
    except ValueError:  # Texts name classes.
        y = numpy.asarray(y)
    if x.ndim not in (1, 2):
        raise ValueError(f"'data': X is of shape {x.shape}: it must be (rows, features)")
    if y.ndim == 0 or y.size != len(y):
        raise ValueError(f"'data': y is of shape {y.shape}: it must be one label a row")
    if len(x) != len(y):
        raise ValueError(f"'data': X has {len(x)} rows and y has {len(y)}: they must be as many")
    x = x.reshape(len(x), -1)
    rows = pandas.DataFrame(x, columns=[f"x{j}" for j in range(x.shape[1])])
    rows[label] = y.reshape(-1)
    return rows


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


def shown(candidates: Any) -> Any:
    """A table of candidates as a person looks at it: without a column for each fold."""
    names = [name for name in candidates if not name.startswith("fold_")]
    return candidates[names] if hasattr(candidates, "to_string") else {name: candidates[name] for name in names}


def text(candidates: Any, words: str) -> str:
    """What an interpreter shows: a table and words below it."""
    rows = shown(candidates)
    lines = rows.to_string(max_rows=20) if hasattr(rows, "to_string") else str(rows)
    return f"{lines}\n\n{words}"


def html(candidates: Any, words: str) -> str:
    """The same for a notebook."""
    from html import escape

    rows = shown(candidates)
    lines = rows.to_html(max_rows=20) if hasattr(rows, "to_html") else f"<pre>{escape(str(rows))}</pre>"
    return f"{lines}<pre>{escape(words)}</pre>"
