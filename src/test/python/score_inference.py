"""The constants of RepeatedCrossValidationTest, DropColumnTest and RowsCurveTest: the rows of nested_cv.py,
trained on and scored by scikit-learn, once for each training set.

Run with NumPy and scikit-learn: python3 src/test/python/score_inference.py
"""

import numpy as np
import sklearn
from nested_cv import N, P, data, fold_ids
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, Y = data()
I = np.arange(N)


def errors(train, test, l2, columns=slice(None)):
    """Squared errors; l2 of the mean loss is alpha / rows of scikit-learn's Ridge."""
    kind = Ridge(alpha=l2 * len(train)) if l2 else LinearRegression()
    model = make_pipeline(StandardScaler(), kind).fit(X[train][:, columns], Y[train])
    return (model.predict(X[test][:, columns]) - Y[test]) ** 2


def repeated():
    scores = np.array([
        [
            np.mean([
                errors(np.flatnonzero(fold != k), np.flatnonzero(fold == k), l2).mean() for k in range(1, 11)
            ])
            for l2 in (0, 0.05, 1)
        ]
        for fold in map(fold_ids, (1, 7, 23))
    ])
    wins = np.bincount(scores.argmin(1), minlength=3)
    print("repeated: mean", scores.mean(0).tolist(), "sd", scores.std(0, ddof=1).tolist(), "wins", wins.tolist())


def drop_column():
    def folds(columns):
        return np.array([
            errors(np.flatnonzero(I % 5 != k), np.flatnonzero(I % 5 == k), 0.05, columns).mean() for k in range(5)
        ])

    for dropped in range(P):
        more = folds([j for j in range(P) if j != dropped]) - folds(list(range(P)))
        print("without", dropped, more.mean(), "standard error", more.std(ddof=1) * np.sqrt(1 / 5 + 1 / 4))


def by_rows():
    fold = np.where(I < 60, (I + 1) * 7 % 61 % 5, -1)
    sums, rows = np.zeros(6), np.zeros(6)
    for k in range(5):
        others = np.flatnonzero(fold != k)
        for size in range(6):
            first = others[: int(len(others) * 2 ** ((size - 5) / 2) + 0.5)]
            sums[size] += errors(first, np.flatnonzero(fold == k), 0.05).sum()
            rows[size] += len(first) / 5
    print("by rows:", rows.tolist(), (sums / 60).tolist())


if __name__ == "__main__":
    print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
    repeated()
    drop_column()
    by_rows()
