"""Writes the data sets of this folder and their optima, optima.json.

    pip install numpy scipy scikit-learn cvxpy && python3 make.py

The objective is mean loss + l1*|w|_1 + l2*|w|^2 over standardised features (mean, population deviation), the intercept not
penalised. Optima come from solvers that share nothing with the project: SciPy's linprog (HiGHS) for kinked losses without
l2, scikit-learn's LogisticRegression and its PoissonRegressor, GammaRegressor and TweedieRegressor (newton-cholesky; their alpha
is l2, their deviances are halved) without l1, Clarabel (an interior-point solver, by cvxpy) for all others.
"""

import json

import cvxpy as cp
import numpy as np
from scipy.optimize import linprog
from sklearn.linear_model import GammaRegressor, LogisticRegression, PoissonRegressor, TweedieRegressor
from sklearn.metrics import mean_tweedie_deviance

EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
POWERS = {"poisson": 1, "gamma": 2, "tweedie": None}
ROWS = {}
OPTIMA = []


def put(name, x, y):
    ROWS[name] = (x, y)
    header = ",".join(f"x{j}" for j in range(x.shape[1])) + ",y"
    np.savetxt(f"{name}.csv", np.c_[x, y], delimiter=",", header=header, comments="", fmt="%.17g")


def standardised(x):
    sd = x.std(0)
    return (x - x.mean(0)) / np.where(sd > 0, sd, 1)


def mean_loss(loss, parameter, z, y):
    e = z - y
    s = 2 * y - 1
    if loss == "absolute":
        return np.abs(e).mean()
    if loss == "quantile":
        return np.where(e < 0, -parameter * e, (1 - parameter) * e).mean()
    if loss == "huber":
        near = np.minimum(np.abs(e), parameter)
        return (near * (np.abs(e) - near / 2)).mean()
    if loss == "logistic":
        return np.logaddexp(0, -s * z).mean()
    if loss in POWERS:
        return mean_tweedie_deviance(y, np.exp(z), power=parameter if loss == "tweedie" else POWERS[loss])
    if loss == "epsilon-insensitive":
        return np.maximum(0, np.abs(e) - parameter).mean()
    if loss == "squared-hinge":
        return (np.maximum(0, 1 - s * z) ** 2).mean()
    return np.maximum(0, 1 - s * z).mean()


def by_linprog(loss, parameter, x, y, l1):
    n, d = x.shape
    a = np.c_[np.ones(n), x]
    scale_of_y = 1.0 if loss == "hinge" else np.abs(y - np.median(y)).mean()
    y = y / scale_of_y
    if loss == "hinge":
        s = 2 * y - 1
        c = np.r_[0, np.full(d, l1), 0, np.full(d, l1), np.full(n, 1 / n)]
        m = -np.hstack([a * s[:, None], -a * s[:, None], np.eye(n)])
        found = linprog(c, A_ub=m, b_ub=-np.ones(n), method="highs", options=EXACT)
    else:
        tau = 0.5 if loss == "absolute" else parameter
        scale = (2 if loss == "absolute" else 1) / n
        c = np.r_[0, np.full(d, l1), 0, np.full(d, l1), np.full(n, scale * tau), np.full(n, scale * (1 - tau))]
        m = np.hstack([a, -a, np.eye(n), -np.eye(n)])
        found = linprog(c, A_eq=m, b_eq=y, method="highs", options=EXACT)
    assert found.status == 0
    w = found.x[: d + 1] - found.x[d + 1 : 2 * d + 2]
    return w * scale_of_y


def by_clarabel(loss, parameter, x, y, l1, l2):
    n, d = x.shape
    kept = ("logistic", "hinge", "squared-hinge", "poisson", "gamma", "tweedie")
    scale = 1.0 if loss in kept else np.abs(y - np.median(y)).mean()
    y, parameter = (y, parameter) if scale == 1 else (y / scale, parameter / scale if loss in ("huber", "epsilon-insensitive") else parameter)
    b, w = cp.Variable(), cp.Variable(d)
    e = x @ w + b - y
    margins = cp.multiply(2 * y - 1, x @ w + b)
    terms = {
        "absolute": lambda: cp.sum(cp.abs(e)) / n,
        "quantile": lambda: cp.sum(cp.maximum(-parameter * e, (1 - parameter) * e)) / n,
        "huber": lambda: cp.sum(cp.huber(e, parameter)) / (2 * n),
        "logistic": lambda: cp.sum(cp.logistic(-margins)) / n,
        "hinge": lambda: cp.sum(cp.pos(1 - margins)) / n,
        "squared-hinge": lambda: cp.sum_squares(cp.pos(1 - margins)) / n,
        "epsilon-insensitive": lambda: cp.sum(cp.pos(cp.abs(e) - parameter)) / n,
        "poisson": lambda: 2 * cp.sum(cp.exp(x @ w + b) - cp.multiply(y, x @ w + b)) / n,
        "gamma": lambda: 2 * cp.sum(x @ w + b + cp.multiply(y, cp.exp(-x @ w - b))) / n,
        "tweedie": lambda: 2
        * cp.sum(
            cp.exp((2 - parameter) * (x @ w + b)) / (2 - parameter)
            + cp.multiply(y, cp.exp((1 - parameter) * (x @ w + b))) / (parameter - 1)
        )
        / n,
    }[loss]()
    # With labels over their scale s, a loss of degree q becomes s^q of it: penalties follow.
    q = 2 if loss == "huber" else 1
    j = terms + l1 * scale ** (1 - q) * cp.norm1(w) + l2 * scale ** (2 - q) * cp.sum_squares(w)
    cp.Problem(cp.Minimize(j)).solve(solver="CLARABEL", tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    return np.r_[b.value, w.value] * scale


def by_sklearn(x, y, l2):
    model = LogisticRegression(C=1 / (2 * l2 * len(y)), solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    return np.r_[model.intercept_, model.coef_[0]]


def by_glm(loss, parameter, x, y, l2):
    # In units of the mean label a deviance of power p is less by the mean to the power 2 - p.
    unit = y.mean()
    power = parameter if loss == "tweedie" else POWERS[loss]
    settings = dict(alpha=l2 / unit ** (2 - power), solver="newton-cholesky", tol=1e-13, max_iter=1000)
    model = {
        "poisson": lambda: PoissonRegressor(**settings),
        "gamma": lambda: GammaRegressor(**settings),
        "tweedie": lambda: TweedieRegressor(power=parameter, link="log", **settings),
    }[loss]().fit(x, y / unit)
    return np.r_[model.intercept_ + np.log(unit), model.coef_], f"scikit-learn {type(model).__name__}"


def solve(name, loss, parameter=0.0, l1=0.0, l2=0.0):
    x, y = ROWS[name]
    x = standardised(x)
    if loss == "logistic" and l2 > 0 and l1 == 0:
        w, by = by_sklearn(x, y, l2), "scikit-learn LogisticRegression"
    elif loss in POWERS and l1 == 0:
        w, by = by_glm(loss, parameter, x, y, l2)
    elif loss in ("absolute", "quantile", "hinge") and l2 == 0:
        w, by = by_linprog(loss, parameter, x, y, l1), "SciPy linprog"
    else:
        w, by = by_clarabel(loss, parameter, x, y, l1, l2), "Clarabel"
    penalty = l1 * np.abs(w[1:]).sum() + l2 * (w[1:] ** 2).sum()
    objective = mean_loss(loss, parameter, x @ w[1:] + w[0], y) + penalty
    unique = bool(l2 > 0 or loss in ("logistic", "huber", *POWERS) and len(y) > 2 * x.shape[1])
    OPTIMA.append(
        dict(data=name, loss=loss, parameter=parameter, l1=l1, l2=l2, by=by, objective=objective,
             weights=list(w) if unique else None)
    )


def main():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(230, 6))
    put("normal", x, x @ rng.normal(size=6) * 3 + rng.normal(size=230))
    rng = np.random.default_rng(1)
    x = rng.normal(size=(200, 1)) + 0.1 * rng.normal(size=(200, 5))
    put("correlated", x, x @ rng.normal(size=5) + rng.standard_t(2, size=200))
    x = rng.normal(size=(150, 4)) * 10.0 ** np.arange(-3, 5, 2)
    put("illscaled", x, x[:, 3] / 1e3 + rng.standard_cauchy(150))
    x = rng.normal(size=(30, 40))
    put("wide", x, x[:, 0] + rng.normal(size=30))
    x = rng.normal(size=(120, 3))
    put("millions", x, 1e6 * (x @ rng.normal(size=3) + rng.normal(size=120)))
    put("millionths", x, 1e-6 * (x @ rng.normal(size=3) + rng.normal(size=120)))
    x = rng.normal(size=(20, 1))
    put("tied", x, np.round(2 * x[:, 0]))
    x = rng.normal(size=(180, 5))
    put("classes", x, (rng.uniform(size=180) < 1 / (1 + np.exp(-x @ [1.5, -1, 0.5, 0, 0]))).astype(float))
    x = rng.normal(size=(300, 4))
    put("rare", x, (rng.uniform(size=300) < 1 / (1 + np.exp(4 - x[:, 0] - x[:, 1]))).astype(float))
    x = rng.normal(size=(100, 2))
    put("separable", x, (x[:, 0] + x[:, 1] > 0.1).astype(float))
    x = rng.normal(size=(25, 30))
    put("wideclasses", x, (x[:, 0] + rng.normal(size=25) > 0).astype(float))

    for name in ("normal", "correlated", "illscaled", "wide", "millions", "millionths", "tied"):
        sd = ROWS[name][1].std()
        spread = np.median(np.abs(ROWS[name][1] - np.median(ROWS[name][1]))) / 0.6745
        short = name == "wide"
        for loss, parameter in (("absolute", 0.0), ("quantile", 0.9), ("quantile", 0.1)):
            if not short:
                solve(name, loss, parameter)
            solve(name, loss, parameter, l1=0.05)
            solve(name, loss, parameter, l2=0.1 / sd)
        for delta in (1.345 * spread, 0.01 * spread):
            if not short:
                solve(name, "huber", delta)
            solve(name, "huber", delta, l1=0.05 * delta)
            solve(name, "huber", delta, l2=0.1)
    for name in ("classes", "rare", "separable", "wideclasses"):
        for loss in ("logistic", "hinge"):
            if name in ("classes", "rare"):
                solve(name, loss)
            solve(name, loss, l1=0.02)
            solve(name, loss, l2=0.01)
    for name in ("classes", "rare", "separable", "wideclasses"):
        solve(name, "squared-hinge", l1=0.02)
        solve(name, "squared-hinge", l2=0.01)
    for name in ("normal", "correlated", "millions", "tied"):
        spread = np.median(np.abs(ROWS[name][1] - np.median(ROWS[name][1]))) / 0.6745
        for epsilon in (0.1 * spread, spread):
            solve(name, "epsilon-insensitive", epsilon, l1=0.05)
            solve(name, "epsilon-insensitive", epsilon, l2=0.1 / ROWS[name][1].std())

    rng = np.random.default_rng(7)
    x = rng.normal(size=(240, 5))
    mean = np.exp(0.5 + x @ [0.6, -0.4, 0.2, 0, 0])
    put("counts", x, rng.poisson(mean).astype(float))
    put("rarecounts", x, rng.poisson(mean / 20).astype(float))
    put("amounts", x, rng.gamma(2, 500 * mean))
    put("claims", x, np.array([rng.gamma(1, 300, size=k).sum() for k in rng.poisson(mean / 2)]))
    for name, losses in {
        "counts": [("poisson", 0.0), ("tweedie", 1.1)],
        "rarecounts": [("poisson", 0.0)],
        "amounts": [("gamma", 0.0), ("poisson", 0.0), ("tweedie", 1.9)],
        "claims": [("tweedie", 1.5), ("tweedie", 1.2), ("poisson", 0.0)],
    }.items():
        for loss, parameter in losses:
            scale = 1 if loss == "gamma" else ROWS[name][1].mean() ** (2 - (parameter or 1))
            solve(name, loss, parameter)
            solve(name, loss, parameter, l1=0.05 * scale)
            solve(name, loss, parameter, l2=0.1 * scale)
    with open("optima.json", "w") as out:
        json.dump(OPTIMA, out, indent=1)
    print(len(OPTIMA), "optima")


main()
