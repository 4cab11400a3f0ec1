"""The constants of NestedOverRowsTest: nested cross-validation on given folds of the rows of nested_cv.py, each model trained by
scikit-learn, by the formulas of R's package nestedcv.

Run with NumPy and scikit-learn: python3 src/test/python/nested_over_rows.py
"""

import numpy as np
import sklearn
from nested_cv import N, data
from sklearn.linear_model import LogisticRegression, PoissonRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

L2 = 0.01
X, Y = data()


def logistic(rows):
    return LogisticRegression(C=1 / (2 * L2 * rows), tol=1e-12, max_iter=100000)


def log_loss(model, x, y):
    p = model.predict_proba(x)[:, 1]
    return -np.where(y == 1, np.log(p), np.log1p(-p))


def poisson(rows):
    # Its penalty is alpha/2 |w|^2 beside half the deviance.
    return PoissonRegressor(alpha=L2, tol=1e-12, max_iter=100000)


def deviance(model, x, y):
    mean = model.predict(x)
    return 2 * (np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mean), 0) - (y - mean))


def nested(name, kind, loss, label, folds):
    fold = np.array([int(digit) for digit in folds])
    k = fold.max() + 1

    def losses(out, scored):
        train = ~np.isin(fold, out)
        model = make_pipeline(StandardScaler(), kind(train.sum())).fit(X[train], label[train])
        return loss(model, X[fold == scored], label[fold == scored])

    pairs, pivots, singles = [], [], []
    for f in range(k):
        inner = np.concatenate([losses([f, g], g) for g in range(k) if g != f])
        own = losses([f], f)
        pivots.append((inner.mean() - own.mean()) ** 2 - own.var(ddof=1) / len(own))
        pairs.append(inner)
        singles.append(own)
    pairs, cv = np.concatenate(pairs), np.concatenate(singles).mean()
    sd = pairs.std(ddof=1)
    unclamped = np.sqrt(max(0, np.mean(pivots))) / (sd / np.sqrt(N * (k - 1) // k))
    inflation = max(1, min(unclamped, np.sqrt(k)))
    estimate = pairs.mean() - (pairs.mean() - cv) * (1 + ((k - 2) / k) ** 1.5)
    print(f"{name}: inflation {inflation!r} ({unclamped:.3f}), estimate {estimate!r}, error {sd / np.sqrt(N) * inflation!r}")


if __name__ == "__main__":
    print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
    nested("logistic", logistic, log_loss, (Y > 1.6).astype(int), "202421410410022440220341012004234111201300133134343233430223411")
    counts = np.array([round(3 * max(0.0, y)) for y in Y])
    nested("poisson", poisson, deviance, counts, "220111232333123301312223020113310130002003021020310020213223111")
