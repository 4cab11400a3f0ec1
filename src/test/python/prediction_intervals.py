"""The constants of PredictionIntervalsTest and PredictionCommandTest: intervals of MAPIE, by CV+.

Run with MAPIE and scikit-learn: python3 src/test/python/prediction_intervals.py
"""

import mapie
import numpy as np
import pandas as pd
import sklearn
from mapie.regression import CrossConformalRegressor
from nested_cv import data
from sklearn.linear_model import LinearRegression, PoissonRegressor
from sklearn.model_selection import KFold


def plus(model, x, y, rows, level, folds=5):
    """The intervals of rows, as lists [low, high]; folds are runs of the rows in their order."""
    regressor = CrossConformalRegressor(model, confidence_level=level, cv=KFold(folds), method="plus")
    _, ends = regressor.fit_conformalize(x, y).predict_interval(rows)
    return ends[:, :, 0].tolist()


if __name__ == "__main__":
    print("MAPIE", mapie.__version__, "scikit-learn", sklearn.__version__, "numpy", np.__version__)
    x, y = data()
    for level in (0.5, 0.8, 0.9):
        print("rows of nested_cv.py", level, plus(LinearRegression(), x, y, x[:3], level))
    diabetes = pd.read_csv("data/diabetes.csv")
    x, y = diabetes.drop(columns="target").to_numpy(), diabetes["target"].to_numpy()
    for level in (0.5, 0.9, 0.99):
        print("diabetes", level, plus(LinearRegression(), x, y, x[:3], level))
