"""sklearn_search.py ROWS.npy squared|logistic EPOCHS ALPHA...: times GridSearchCV of SGD on rows of features, label, fold."""

import sys
import time

import numpy as np
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.model_selection import GridSearchCV, PredefinedSplit

rows = np.load(sys.argv[1])
X, y, fold = np.ascontiguousarray(rows[:, :-2]), rows[:, -2].copy(), rows[:, -1].astype(int)
del rows
settings = {"max_iter": int(sys.argv[3]), "tol": None, "random_state": 42}
if sys.argv[2] == "squared":
    model, scoring = SGDRegressor(learning_rate="constant", eta0=1e-4, **settings), "neg_mean_squared_error"
else:
    model, scoring = SGDClassifier(loss="log_loss", **settings), "neg_log_loss"
search = GridSearchCV(
    model,
    {"alpha": [float(alpha) for alpha in sys.argv[4:]]},
    scoring=scoring,
    cv=PredefinedSplit(fold),
    n_jobs=2,
)
start = time.perf_counter()
search.fit(X, y)
print(time.perf_counter() - start)
