"""Writes optima of logistic regressions as JSON.

    python scripts/reference/make_logreg.py > Tests/Fixtures/logreg.json

Needs numpy and scikit-learn 1.9. The data are make_classification's, drawn by the arguments, each
column then times `scales` plus `shifts`, so that no data need be stored. Row i weighs
(i * 7 mod 10) / 4 where `weighted`. The optimum is scikit-learn's newton-cholesky at tol 1e-12,
checked here by Newton steps in long doubles; on data so badly scaled that scikit-learn gives up,
it is the result of those steps, and `solver` says so.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression


def problem(features, informative, rows=1000, redundant=0, majority=0.5, flip=0.02, seed=0, c=1.0,
            class_weight=None, weighted=False, scales=None, shifts=None, clusters=1, separation=1.0):
    return {
        "arguments": dict(
            n_samples=rows, n_features=features, n_informative=informative,
            n_redundant=redundant, n_clusters_per_class=clusters, weights=[majority], flip_y=flip,
            class_sep=separation, random_state=seed),
        "c": c, "class_weight": class_weight, "weighted": weighted,
        "scales": scales or [1.0] * features, "shifts": shifts or [0.0] * features,
    }


PROBLEMS = [
    problem(2, 2, rows=5000, majority=0.99, flip=0, seed=4),
    problem(2, 2, seed=1, c=1e-4),
    problem(2, 2, seed=1, c=1e6),
    problem(3, 2, rows=30, seed=2),
    problem(5, 3, redundant=2, seed=3),
    problem(5, 3, majority=0.97, seed=4, class_weight="balanced"),
    problem(8, 4, majority=0.9, seed=5, weighted=True),
    problem(8, 4, majority=0.9, seed=6, weighted=True, class_weight="balanced"),
    problem(8, 4, majority=0.2, seed=7, class_weight=[1.0, 20.0]),
    problem(10, 5, seed=8, scales=[1e3] * 10),
    problem(10, 5, seed=9, scales=[10.0 ** (k - 5) for k in range(10)]),
    problem(4, 2, seed=10, scales=[1e8, 1e-6, 1.0, 1.0]),
    problem(4, 2, seed=11, scales=[1.0, 1.0, 1e5, 1.0], shifts=[1e4, -300.0, 0.0, 1.0]),
    problem(4, 2, seed=12, c=1e-8, scales=[1e6, 1.0, 1.0, 1.0]),
    problem(20, 10, rows=3000, majority=0.95, seed=13, clusters=2),
    problem(20, 5, rows=3000, redundant=5, majority=0.8, seed=14, weighted=True, c=100.0),
    problem(30, 10, rows=40, seed=15),
    problem(50, 20, rows=2000, majority=0.9, seed=16, class_weight="balanced", clusters=3),
    problem(50, 10, rows=60, redundant=10, seed=17, c=10.0),
    problem(100, 30, rows=2000, redundant=20, seed=18),
    problem(100, 30, rows=2000, majority=0.98, seed=19, weighted=True, class_weight=[0.5, 30.0]),
    problem(100, 40, rows=1500, redundant=10, seed=20, c=1e-3,
            scales=[10.0 ** (k % 7 - 3) for k in range(100)]),
    problem(2, 2, rows=200, flip=0, seed=21, separation=10.0, c=1e3),
    problem(2, 2, rows=100_000, majority=0.95, seed=22),
    problem(6, 3, rows=150_000, majority=0.7, seed=23, weighted=True),
]


def data(case):
    x, y = make_classification(**case["arguments"])
    x = x * np.array(case["scales"]) + np.array(case["shifts"])
    return x, y, (np.arange(len(y)) * 7 % 10) / 4 if case["weighted"] else None


def row_weights(case, y, weights):
    weights = np.ones(len(y)) if weights is None else weights
    if case["class_weight"] == "balanced":
        total = weights.sum()
        return weights * total / 2 / np.array([weights[y == k].sum() for k in (0, 1)])[y]
    if case["class_weight"]:
        return weights * np.array(case["class_weight"])[y]
    return weights


def newton(case, x, y, weights, start):
    """Newton steps whose gradient is summed in long doubles, in standardised coordinates."""
    weights = row_weights(case, y, weights).astype(np.longdouble) * np.longdouble(case["c"])
    x, centre, spread = x.astype(np.longdouble), x.mean(0), x.std(0)
    z = np.hstack([(x - centre) / spread, np.ones((len(y), 1), np.longdouble)])
    penalty = np.append(1 / spread.astype(np.longdouble) ** 2, 0)
    v = np.append(start[0] * spread, start[1] + start[0] @ centre).astype(np.longdouble)
    best = np.inf
    for _ in range(60):
        p = 1 / (1 + np.exp(-(z @ v)))
        gradient = z.T @ (weights * (p - y)) + penalty * v
        hessian = ((z * (weights * p * (1 - p))[:, None]).T @ z + np.diag(penalty)).astype(float)
        root = 1 / np.sqrt(np.diag(hessian))
        scaled = hessian * root[:, None] * root
        step = root * np.linalg.solve(scaled, (gradient * root).astype(float))
        v = v - step
        size = float(np.abs(z @ step).max())
        if size < 1e-14 or (size < 1e-10 and size > best / 2):
            break
        best = size
    w = v[:-1] / spread
    return w.astype(float), float(v[-1] - w @ centre), size


def solved(case):
    x, y, weights = data(case)
    class_weight = case["class_weight"]
    if isinstance(class_weight, list):
        class_weight = dict(enumerate(class_weight))
    model = LogisticRegression(
        C=case["c"], solver="newton-cholesky", tol=1e-12, max_iter=1000, class_weight=class_weight)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model.fit(x, y, sample_weight=weights)
    w, b, size = newton(case, x, y, weights, (model.coef_[0], model.intercept_[0]))
    off = max(np.abs((w - model.coef_[0]) * x.std(0)).max() / np.abs(w * x.std(0)).max(),
              abs(b - model.intercept_[0]) / max(abs(b), 1))
    trusted = off < 1e-9
    print(len(y), x.shape[1], f"off {off:.1e} last {size:.1e}",
          [str(c.message)[:60] for c in caught], file=sys.stderr)
    if trusted:
        w, b = model.coef_[0], model.intercept_[0]
    return {**case, "solver": "newton-cholesky" if trusted else "long-double-newton",
            "positives": int(y.sum()), "coefficients": list(map(float, w)), "intercept": float(b)}


if __name__ == "__main__":
    print(json.dumps([solved(case) for case in PROBLEMS]))
