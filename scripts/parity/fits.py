"""`logreg` against newton-cholesky at its tightest."""
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

from data import table
from language import arguments, literal


def logreg(thr, draw, count=20):
    statements, problems = [], []
    for number in range(count):
        informative = int(draw.choice([2, 3, 5, 8]))
        features = informative + int(draw.choice([0, 1, 10, 92]))
        problem = dict(
            rows=int(draw.choice([300, 1000, 4000])), majority=float(draw.choice([0.5, 0.8, 0.95])),
            features=features, informative=informative, flip=0.05, seed=int(draw.integers(2**32)))
        fit = dict(c=float(draw.choice([0.01, 0.3, 1, 30])))
        if draw.random() < 0.4:
            fit["class_weight"] = "balanced"
        weights = np.round(draw.random(problem["rows"]) * 3, 2) if draw.random() < 0.5 else None
        problems.append((problem, fit, weights))
        weight = "" if weights is None else f", weight={literal(weights)}"
        statements += [
            f"d = synth({arguments(**problem)})", f'write(d, "fit-{number}.csv")',
            f"logreg(d, {arguments(**fit)}{weight})"]
    models = thr.run(statements)
    worst, faults = 0.0, []
    for number, ((problem, fit, weights), ours) in enumerate(zip(problems, models)):
        x, y = table(thr.folder / f"fit-{number}.csv")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = LogisticRegression(
                C=fit["c"], solver="newton-cholesky", tol=1e-12, max_iter=1000,
                class_weight=fit.get("class_weight")).fit(x, y, sample_weight=weights)
        distance = max(
            np.abs(theirs.coef_[0] - ours["coefficients"]).max(),
            abs(theirs.intercept_[0] - ours["intercept"]))
        worst = max(worst, distance)
        if distance > 1e-8:
            faults.append(f"{problem} {fit}: {distance:.1e}")
    yield "logreg", count, f"coefficients by at most {worst:.0e}", faults
