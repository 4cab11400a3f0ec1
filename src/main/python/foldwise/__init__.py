"""Foldwise for PySpark: cross-validation of every fold and the whole grid for the price of one pass.

>>> import foldwise
>>> from pyspark.sql import SparkSession
>>> spark = SparkSession.builder.config("spark.jars", foldwise.jar()).getOrCreate()
>>> found = foldwise.search(frame, label="y", grid="degree=1..3; l2=log(1e-4,1,12)")
>>> found.candidates          # a pandas data frame, best candidate first
>>> found.model.transform(frame)

The estimators are in :mod:`foldwise.ml`, the cross-validator in :mod:`foldwise.tuning`.
"""

from __future__ import annotations

import os
from pathlib import Path

from foldwise import ml as _ml
from foldwise import tuning as _tuning
from foldwise._search import Search, search

__version__ = "0.1.0"
__all__ = ["Search", "jar", "search"]

_ml._register(_tuning)


def jar() -> str:
    """The path of Foldwise's jar, for ``spark.jars``.

    It is the one that pip installed beside this module, or that the environment variable
    ``FOLDWISE_JAR`` names.

    :raises FileNotFoundError: if there is neither
    """
    named = os.environ.get("FOLDWISE_JAR")
    path = Path(named) if named else Path(__file__).with_name("foldwise.jar")
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is not there: build it by 'mvn -DskipTests package' and install this package again, "
            "or name it in FOLDWISE_JAR"
        )
    return str(path)
