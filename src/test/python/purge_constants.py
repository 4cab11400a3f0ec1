"""The constants of FoldwiseTest and PreparationTest for folds in order of time with a purge.

python3 -m venv v && v/bin/pip install pandas scikit-learn && v/bin/python src/test/python/purge_constants.py
"""

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import log_loss, mean_absolute_error, mean_squared_error, roc_auc_score
from sklearn.model_selection import TimeSeriesSplit

print("scikit-learn", sklearn.__version__)
rows = pd.read_csv("data/diabetes.csv")
y = rows.target.to_numpy()


def past(k, gap):
    n = len(rows)
    return TimeSeriesSplit(n_splits=k - 1, test_size=n // k, gap=gap).split(np.zeros(n))


x = rows.drop(columns="target").to_numpy()
print("squared loss, 17 folds, gap 5")
for train, test in past(17, 5):
    predicted = LinearRegression().fit(x[train], y[train]).predict(x[test])
    print(len(train), mean_squared_error(y[test], predicted), mean_absolute_error(y[test], predicted))

x = rows[["bmi", "bp", "s5"]].to_numpy()
high = (y > 140).astype(int)
print("logistic loss of target > 140 by bmi, bp and s5, 13 folds, gap 10")
for train, test in past(13, 10):
    scale = x[train].std(axis=0)
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10000, solver="newton-cholesky")
    model.fit(x[train] / scale, high[train])
    chance = model.predict_proba(x[test] / scale)[:, 1]
    print(len(train), log_loss(high[test], chance), roc_auc_score(high[test], chance))
