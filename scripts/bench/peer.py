"""scikit-learn's side of the benchmarks: one job, its data loaded, one turn per line read.

Each turn answers `SECONDS ANSWER…`; a short job is repeated until 30 ms have gone.
"""
import pathlib
import sys
import time

import numpy as np

import peer_search
from peer_search import load


def sweep(folder):
    """The article's loop: f1_score at each of 1,000 thresholds."""
    from sklearn.metrics import f1_score

    scores, labels = load(folder)
    thresholds = np.arange(0, 1, 0.001)

    def turn():
        values = [f1_score(labels, (scores >= t).astype("int")) for t in thresholds]
        best = int(np.argmax(values))
        return lambda: (thresholds[best], values[best])

    return turn


def delong(folder):
    """The paired test of two areas by midranks, the fast way of Sun and Xu (2014)."""
    scores, labels = load(folder)
    is_positive = labels == 1

    def midranks(values):
        order = np.argsort(values)
        ranked = values[order]
        starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
        ends = np.concatenate((starts[1:], [len(values)]))
        ranks = np.empty(len(values))
        ranks[order] = np.repeat((starts + ends + 1) / 2, ends - starts)
        return ranks

    def placements(values):
        above, below = values[is_positive], values[~is_positive]
        ranks = midranks(values)
        v10 = (ranks[is_positive] - midranks(above)) / len(below)
        v01 = 1 - (ranks[~is_positive] - midranks(below)) / len(above)
        return v10, v01

    def turn():
        pairs = [placements(values) for values in (scores, noisier(scores))]
        cov = sum(np.cov([pair[side] for pair in pairs]) / len(pairs[0][side]) for side in (0, 1))
        return lambda: (
            pairs[0][0].mean(), pairs[1][0].mean(), cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])

    return turn


def bootstrap(folder):
    """1,000 samples by class, each tuned for F1 and judged on the rows left out, in numpy: scores
    are sorted once, and a sample is a number of times for each row."""
    scores, labels = load(folder)
    labels = labels[np.argsort(-scores, kind="stable")] == 1
    positives, negatives = np.flatnonzero(labels), np.flatnonzero(~labels)

    def turn():
        generator = np.random.default_rng(1)
        values = []
        for _ in range(1_000):
            times = np.zeros(len(labels), np.int64)
            for rows in (positives, negatives):
                drawn = generator.integers(0, len(rows), len(rows))
                times[rows] = np.bincount(drawn, minlength=len(rows))
            tp = np.cumsum(times * labels)
            flagged = np.cumsum(times)
            end = int(np.argmax(2 * tp / np.maximum(flagged + len(positives), 1)))
            left = times == 0
            tp, fp = (left[:end + 1] & labels[:end + 1]).sum(), (left[:end + 1] & ~labels[:end + 1]).sum()
            values.append(2 * tp / (tp + fp + (left & labels).sum()))
        return lambda: ()

    return turn


def noisier(scores):
    """The same with a little noise that any language can make: multiples of the golden ratio."""
    return scores + 0.05 * np.fmod(np.arange(len(scores)) * 0.6180339887498949, 1)


def logreg(folder, solver):
    """A fit to the same accuracy as thr's: the answer is the objective it reaches."""
    from sklearn.linear_model import LogisticRegression

    folder = pathlib.Path(folder)
    labels = np.fromfile(folder / "labels.u8", dtype=np.uint8)
    X = np.ascontiguousarray(np.fromfile(folder / "features.f64").reshape(-1, len(labels)).T)

    def turn():
        model = LogisticRegression(solver=solver, tol=1e-10, max_iter=10_000).fit(X, labels)
        return lambda: (objective(model.coef_[0], model.intercept_[0]),)

    def objective(w, b):
        miss = np.where(labels, -1, 1) * (X @ w + b)
        return w @ w / 2 + np.logaddexp(0, miss).sum()

    return turn


def folds(folder):
    """The threshold of the best mean F1 of five folds over 1,000 thresholds."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, TunedThresholdClassifierCV

    folder = pathlib.Path(folder)
    labels = np.fromfile(folder / "labels.u8", dtype=np.uint8)
    X = np.ascontiguousarray(np.fromfile(folder / "features.f64").reshape(-1, len(labels)).T)
    model = LogisticRegression(solver="newton-cholesky", tol=1e-10, max_iter=1_000)

    def turn():
        tuned = TunedThresholdClassifierCV(
            model, scoring="f1", thresholds=np.arange(1_000) / 1_000, refit=True,
            cv=StratifiedKFold(5, shuffle=True, random_state=2)).fit(X, labels)
        return lambda: (tuned.best_threshold_, tuned.best_score_)

    return turn


def synth(rows):
    from sklearn.datasets import make_classification

    def turn():
        X, _ = make_classification(
            n_samples=int(rows), n_features=20, n_informative=2, n_redundant=2,
            n_clusters_per_class=2, weights=[0.9], flip_y=0.01, random_state=3)
        return lambda: (np.abs(X[:, 0]).sum(),)

    return turn


def main():
    job, folder, *rest = sys.argv[1:]
    turns = peer_search.JOBS | {
        "sweep": sweep, "delong": delong, "folds": folds, "logreg": logreg,
        "bootstrap": bootstrap, "synth": synth,
    }
    turn = turns[job](folder, *rest)
    print("ready", flush=True)
    for _ in sys.stdin:
        repeats, start = 0, time.perf_counter()
        while True:
            answer = turn()
            repeats += 1
            elapsed = time.perf_counter() - start
            if elapsed > 0.03:
                break
        print(elapsed / repeats, *(repr(float(a)) for a in answer()), flush=True)


main()
