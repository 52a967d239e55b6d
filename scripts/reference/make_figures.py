"""Writes what figures show, computed with scikit-learn and numpy, as JSON.

    python scripts/reference/make_figures.py > Tests/Fixtures/figures.json

Needs numpy and scikit-learn 1.9.
"""

import json

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import f1_score, precision_score, recall_score


def case(generator, rows, share, decimals):
    labels = generator.random(rows) < share
    labels[:2] = [True, False]
    logits = np.where(labels, 1.0, -1.0) + 1.5 * generator.standard_normal(rows)
    scores = np.round(1 / (1 + np.exp(-logits)), decimals)
    return labels.astype(int), scores


def calibrations(y, s):
    for strategy in ("uniform", "quantile"):
        for bins in (1, 3, 5, 10):
            observed, predicted = calibration_curve(y, s, n_bins=bins, strategy=strategy)
            yield {"strategy": strategy, "bins": bins, "observed": observed.tolist(),
                   "predicted": predicted.tolist()}


def flagged(y, s):
    """Share flagged, recall and lift at every distinct score, strictest first."""
    rows = []
    for t in sorted(set(s.tolist()), reverse=True):
        flags = s >= t
        rows.append([float(flags.mean()), float(y[flags].sum() / y.sum()),
                     float(y[flags].mean() / y.mean())])
    return rows


def benefits(y, s):
    values = []
    for i in range(100):
        t = i / 100
        flags = s >= t
        tp, fp = (flags & (y == 1)).sum(), (flags & (y == 0)).sum()
        values.append(float(tp / len(y) - fp / len(y) * t / (1 - t)))
    return values


def sweep(y, s):
    rows = []
    for t in sorted(set(s.tolist())):
        flags = (s >= t).astype(int)
        rows.append([t, f1_score(y, flags), precision_score(y, flags), recall_score(y, flags)])
    return rows


def main():
    generator = np.random.default_rng(11)
    cases = []
    for rows, share, decimals in [(200, 0.4, 6), (150, 0.2, 2), (80, 0.5, 1), (40, 0.1, 1)]:
        y, s = case(generator, rows, share, decimals)
        counts = {str(label): np.histogram(s[y == label], bins=8, range=(0, 1))[0].tolist()
                  for label in (0, 1)}
        cases.append({
            "scores": s.tolist(), "labels": y.tolist(), "calibrations": list(calibrations(y, s)),
            "flagged": flagged(y, s), "net_benefit": benefits(y, s), "sweep": sweep(y, s),
            "histograms": counts,
        })
    print(json.dumps({"cases": cases}))


if __name__ == "__main__":
    main()
