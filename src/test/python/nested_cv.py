"""The constants of NestedCrossValidationTest: nested cross-validation over rows, line by line as the
R package nestedcv has it (github.com/stephenbates19/nestedcv, R/core.R: nested_cv_helper, nested_cv),
on given foldings, by NumPy alone. Its cv_means are those of the same foldings.

Run with NumPy: python3 src/test/python/nested_cv.py
"""

import numpy as np

N, P, K = 63, 3, 10
FACTORS = (1, 7, 23)
BLOCK_FACTORS = (3, 6, 16)


def data():
    i = np.arange(N)
    x = np.stack([((i * i * (j + 3) + 7 * i + 13 * j) % 29) / 29 - 0.5 for j in range(P)], axis=1)
    y = 1 + 2 * x[:, 0] - x[:, 1] + ((17 * i * i + 5 * i) % 23) / 23
    return x, y


def fold_ids(factor):
    """1 to K, and 0 for the rows that are left over and so always trained on."""
    i = np.arange(N)
    return np.where(i < 60, ((i + 1) * factor % 61) % K + 1, 0)


def fitter(x, y, l2):
    """mean (y - b - zw)^2 + l2 |w|^2 over z, x standardised by these rows' population deviations."""
    mean, sd = x.mean(0), x.std(0)
    z = (x - mean) / sd
    w = np.linalg.solve(z.T @ z / len(y) + l2 * np.eye(P), z.T @ (y - y.mean()) / len(y)) / sd
    return y.mean() - mean @ w, w


def loss(fit, x, y):
    return (fit[0] + x @ fit[1] - y) ** 2


def nested_cv_helper(x, y, fold_id, l2):
    ho_errors = np.zeros((K, K, len(y) // K))
    for f1 in range(K - 1):
        for f2 in range(f1 + 1, K):
            one, other = fold_id == f1 + 1, fold_id == f2 + 1
            fit = fitter(x[~(one | other)], y[~(one | other)], l2)
            ho_errors[f1, f2] = loss(fit, x[one], y[one])
            ho_errors[f2, f1] = loss(fit, x[other], y[other])
    out_mat = np.zeros((K, 2))
    outer = []
    for f1 in range(K):
        test = fold_id == f1 + 1
        fit = fitter(x[~test], y[~test], l2)
        e_out = loss(fit, x[test], y[test])
        e_bar_t = np.concatenate([ho_errors[f2, f1] for f2 in range(K) if f2 != f1])
        out_mat[f1] = e_bar_t.mean() - e_out.mean(), e_out.var(ddof=1) / test.sum()
        outer.append(e_out)
    errs = np.concatenate(
        [ho_errors[a, b] for f1 in range(K - 1) for f2 in range(f1 + 1, K) for a, b in ((f1, f2), (f2, f1))]
    )
    return out_mat, errs, np.concatenate(outer).mean()


def nested_cv(l2):
    x, y = data()
    runs = [nested_cv_helper(x, y, fold_ids(factor), l2) for factor in FACTORS]
    var_pivots = np.concatenate([run[0] for run in runs])
    ho_errs = np.concatenate([run[1] for run in runs])
    cv_means = np.array([run[2] for run in runs])
    n_sub = N * (K - 1) // K
    sd = ho_errs.std(ddof=1)
    unclamped = np.sqrt(max(0, (var_pivots[:, 0] ** 2 - var_pivots[:, 1]).mean())) / (sd / np.sqrt(n_sub))
    infl = max(1, min(unclamped, np.sqrt(K)))
    bias = (ho_errs.mean() - cv_means.mean()) * (1 + ((K - 2) / K) ** 1.5)
    estimate = ho_errs.mean() - bias
    print(f"l2 {l2}: inflation {infl!r} ({unclamped:.3f}), estimate {estimate!r}, error {sd / np.sqrt(N) * infl!r}")


def over_blocks(l2):
    """The same where rows are known in blocks of 2, 3, 4, 2, 3, 4, ... rows alone, which are dealt
    into folds: variances over rows are sums of m (mean error - mean)^2 / (blocks - 1) over blocks of
    m rows."""
    x, y = data()
    sizes = np.tile([2, 3, 4], 7)
    of_row = np.repeat(np.arange(21), sizes)
    pivots, means, errors, weights = [], [], [], []

    def block_errors(fit, blocks):
        return np.array([loss(fit, x[of_row == b], y[of_row == b]).mean() for b in blocks])

    def variance(e, m):
        return (m * (e - (m * e).sum() / m.sum()) ** 2).sum() / (len(e) - 1)

    for factor in BLOCK_FACTORS:
        b = np.arange(21)
        fold = np.where(b < 20, ((b + 1) * factor % 31) % K, -1)
        folds = [np.flatnonzero(fold == f) for f in range(K)]
        inner = np.zeros((K, 2))
        for f in range(K):
            for g in range(f + 1, K):
                train = ~np.isin(of_row, np.concatenate([folds[f], folds[g]]))
                fit = fitter(x[train], y[train], l2)
                for own, other in ((f, g), (g, f)):
                    e, m = block_errors(fit, folds[own]), sizes[folds[own]]
                    inner[other] += (e * m).sum(), m.sum()
                    errors.extend(e)
                    weights.extend(m)
        outer = np.zeros(2)
        for f in range(K):
            train = ~np.isin(of_row, folds[f])
            e, m = block_errors(fitter(x[train], y[train], l2), folds[f]), sizes[folds[f]]
            outer += (e * m).sum(), m.sum()
            mean = (e * m).sum() / m.sum()
            pivots.append((inner[f, 0] / inner[f, 1] - mean) ** 2 - variance(e, m) / m.sum())
        means.append(outer[0] / outer[1])
    errors, weights = np.array(errors), np.array(weights)
    mean = (errors * weights).sum() / weights.sum()
    sd = np.sqrt(variance(errors, weights))
    unclamped = np.sqrt(max(0, np.mean(pivots))) / (sd / np.sqrt(N * (K - 1) // K))
    infl = max(1, min(unclamped, np.sqrt(K)))
    estimate = mean - (mean - np.mean(means)) * (1 + ((K - 2) / K) ** 1.5)
    print(f"blocks, l2 {l2}: inflation {infl!r} ({unclamped:.3f}), estimate {estimate!r}, error {sd / np.sqrt(N) * infl!r}, sizes {[len(f) for f in folds]}")


if __name__ == "__main__":
    print("numpy", np.__version__)
    nested_cv(0.0)
    nested_cv(0.05)
    over_blocks(0.05)
