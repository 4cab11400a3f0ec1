"""sklearn_quiz.py QUIZ.pkl: the search of conf/quiz.yaml in scikit-learn: degrees 1 to 6, 5 folds, 300 epochs, ten times."""

import pickle
import sys

import numpy as np
from sklearn.linear_model import SGDRegressor
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

if int(np.__version__.split(".")[0]) < 2:  # the file was written by NumPy 2
    sys.modules["numpy._core"], sys.modules["numpy._core.multiarray"] = np.core, np.core.multiarray
with open(sys.argv[1], "rb") as file:
    data = pickle.load(file)
X, y = np.reshape(data["x"], (-1, 1)), np.ravel(data["y"])
errors = []
for seed in range(42, 52):
    model = make_pipeline(
        PolynomialFeatures(include_bias=False),
        StandardScaler(),
        SGDRegressor(alpha=0, max_iter=300, tol=None, random_state=seed),
    )
    search = GridSearchCV(
        model,
        {"polynomialfeatures__degree": range(1, 7)},
        scoring="neg_mean_squared_error",
        cv=KFold(5, shuffle=True, random_state=seed),
    )
    search.fit(X[:80], y[:80])
    errors.append(mean_squared_error(y[80:], search.predict(X[80:])))
print(search.best_params_, np.mean(errors))
