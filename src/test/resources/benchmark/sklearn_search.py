"""sklearn_search.py ROWS.npy EPOCHS ALPHA...: times GridSearchCV(SGDRegressor) on rows of features, label and fold."""

import sys
import time

import numpy as np
from sklearn.linear_model import SGDRegressor
from sklearn.model_selection import GridSearchCV, PredefinedSplit

rows = np.load(sys.argv[1])
X, y, fold = np.ascontiguousarray(rows[:, :-2]), rows[:, -2].copy(), rows[:, -1].astype(int)
del rows
search = GridSearchCV(
    SGDRegressor(max_iter=int(sys.argv[2]), tol=None, learning_rate="constant", eta0=1e-4, random_state=42),
    {"alpha": [float(alpha) for alpha in sys.argv[3:]]},
    scoring="neg_mean_squared_error",
    cv=PredefinedSplit(fold),
    n_jobs=2,
)
start = time.perf_counter()
search.fit(X, y)
print(time.perf_counter() - start)
