"""`cv` against `TunedThresholdClassifierCV` on the same folds and the same grid of thresholds."""
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import fbeta_score, make_scorer
from sklearn.model_selection import StratifiedKFold, TunedThresholdClassifierCV

from data import table
from language import arguments


def cost(labels, flags):
    return -(np.sum(flags & (labels == 0)) + 4.0 * np.sum((1 - flags) & (labels == 1)))


METRICS = {
    "f1": "f1", "balanced_accuracy": "balanced_accuracy", "accuracy": "accuracy",
    "fbeta(2)": make_scorer(fbeta_score, beta=2, zero_division=0),
    "cost(fp=1, fn=4)": make_scorer(cost),
}


def mean_curves(thr, draw, count=12):
    statements, problems = [], []
    for number in range(count):
        problem = dict(
            rows=int(draw.choice([300, 1000, 2000])), majority=float(draw.choice([0.5, 0.8, 0.9])),
            features=4, informative=2, flip=0.05, seed=int(draw.integers(2**32)))
        metric = list(METRICS)[number % len(METRICS)]
        folds, seed = int(draw.choice([2, 3, 5, 10])), int(draw.integers(2**32))
        problems.append((problem, metric, folds, seed))
        statements += [
            f"d = synth({arguments(**problem)})", f'write(d, "folds-{number}.csv")',
            f"cv(logreg, d, {metric}, folds={folds}, seed={seed}, step=0.01, bootstrap=1)"]
    worst, faults = 0.0, []
    for number, ((problem, metric, folds, seed), ours) in enumerate(
            zip(problems, thr.run(statements))):
        x, y = table(thr.folder / f"folds-{number}.csv")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = TunedThresholdClassifierCV(
                LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000),
                scoring=METRICS[metric], thresholds=np.arange(100) / 100,
                cv=StratifiedKFold(folds, shuffle=True, random_state=seed),
                store_cv_results=True).fit(x, y.astype(int))
        rule = next(rule for rule in ours["rules"] if rule["rule"] == "mean curve")
        value = -rule["mean"] if metric.startswith("cost") else rule["mean"]
        distance = abs(value - theirs.best_score_)
        worst = max(worst, distance)
        # Of equal means, the rounding of their sums may take another.
        at_ours = theirs.cv_results_["scores"][round(rule["threshold"] * 100)]
        if distance > 1e-9 or abs(at_ours - theirs.best_score_) > 1e-9:
            faults.append(f"{problem} {metric} {folds} {seed}: {rule} {theirs.best_threshold_}")
    yield "cv: mean curve", count, f"values by at most {worst:.0e}", faults
