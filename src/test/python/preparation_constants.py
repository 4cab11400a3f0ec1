"""The constants of PreparationTest: pipelines of scikit-learn over the same rows and folds.

python3 -m venv v && v/bin/pip install pandas scikit-learn && v/bin/python src/test/python/preparation_constants.py
"""

import datetime

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold, TimeSeriesSplit, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def rows():
    lines = []
    for i in range(60):
        sex = "f" if i % 3 == 0 else "m"
        town = "Rare" if i < 4 else ["Linz", "Graz", "O'Hara"][i % 3 if i % 2 else (i // 2) % 3]
        age = np.nan if i % 7 == 3 else 20 + (i * 17) % 41
        day = datetime.date(2020, 1, 1) + datetime.timedelta(days=(i * 29) % 400)
        y = (i * 37) % 11 + 0.5 * (20 + (i * 17) % 41) + (3 if sex == "m" else 0) + ((i * 29) % 400) / 40
        lines.append((sex, town, age, day.isoformat(), y))
    return pd.DataFrame(lines, columns=["sex", "town", "age", "day", "y"])


def encoded(**options):
    return OneHotEncoder(handle_unknown="ignore", sparse_output=False, **options)


data = rows()
data["days"] = (pd.to_datetime(data.day) - pd.Timestamp("1970-01-01")).dt.days
texts = ["sex", "town"]
print("scikit-learn", sklearn.__version__)


def scores(name, columns, estimator, frame=data, y=None, scoring="neg_mean_squared_error", folds=KFold(5)):
    pipeline = make_pipeline(ColumnTransformer(columns), StandardScaler(), estimator)
    label = frame.y if y is None else y
    found = -cross_val_score(pipeline, frame, label, cv=folds, scoring=scoring)
    print(name, [float("%.10g" % score) for score in found])


l2, n = 0.01, 48
ridge = Ridge(alpha=l2 * n, solver="cholesky")
mean = [("t", encoded(), texts), ("n", SimpleImputer(), ["age"])]
scores("mean", mean, ridge)
median = [("t", encoded(), texts), ("n", SimpleImputer(strategy="median"), ["age"])]
scores("median", median, ridge)
scores("median of age, trained on the past", median[1:], LinearRegression(), folds=TimeSeriesSplit(4))
scores("the same, purged", median[1:], LinearRegression(), folds=TimeSeriesSplit(4, gap=5))
scores("date", [("t", encoded(), texts), ("n", "passthrough", ["days"])], ridge)
complete = data.dropna().reset_index(drop=True)
folds = [len(complete) - len(test) for _, test in KFold(5).split(complete)]
print("rows without missing cells", len(complete), "training rows", folds)
scores("drop", [("t", encoded(), texts), ("n", "passthrough", ["age"])], LinearRegression(), complete)
scores(
    "first dropped",
    [("t", encoded(drop="first"), ["sex"]), ("n", SimpleImputer(), ["age"])],
    ridge,
)
scores(
    "indicator",
    [("t", encoded(), texts), ("n", SimpleImputer(add_indicator=True), ["age"])],
    LinearRegression(),
)
for name, filled in (("logistic", mean), ("logistic, median", median)):
    scores(
        name,
        filled,
        LogisticRegression(C=1 / (2 * l2 * n), tol=1e-12, max_iter=10000),
        y=(data.y > 25).astype(int),
        scoring="neg_log_loss",
    )
