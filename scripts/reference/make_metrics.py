"""Writes scikit-learn's curves, areas and metrics on small awkward data as JSON.

    python scripts/reference/make_metrics.py > Tests/Fixtures/metrics/scikit-learn.json

Needs numpy and scikit-learn 1.9. `null` stands where scikit-learn has no value, or only a
stand-in (a 0 or 1 for something divided by 0).
"""

import json
import math
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.filterwarnings("ignore")


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


def at_threshold(y, s, w, t):
    flags = (s >= t).astype(int)
    weight = {"sample_weight": w}
    tn, fp, fn, tp = (float(v) for v in m.confusion_matrix(y, flags, labels=[0, 1], **weight).ravel())
    ratio = {"zero_division": np.nan, **weight}
    both = tp + fn > 0 and tn + fp > 0
    margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    values = {
        "tp": tp, "fp": fp, "tn": tn, "fn": fn,
        "recall": m.recall_score(y, flags, **ratio),
        "precision": m.precision_score(y, flags, **ratio),
        "specificity": m.recall_score(y, flags, pos_label=0, **ratio),
        "npv": m.precision_score(y, flags, pos_label=0, **ratio),
        "accuracy": m.accuracy_score(y, flags, **weight),
        "balanced_accuracy": m.balanced_accuracy_score(y, flags, **weight) if both else np.nan,
        "youden": m.balanced_accuracy_score(y, flags, adjusted=True, **weight) if both else np.nan,
        "f1": m.f1_score(y, flags, **ratio),
        "fbeta(2)": m.fbeta_score(y, flags, beta=2, **ratio),
        "fbeta(0.5)": m.fbeta_score(y, flags, beta=0.5, **ratio),
        "jaccard": m.jaccard_score(y, flags, **weight)
        if tp + fp + fn > 0 else np.nan,
        "mcc": m.matthews_corrcoef(y, flags, **weight) if margins > 0 else np.nan,
        "kappa": m.cohen_kappa_score(y, flags, labels=[0, 1], **weight),
    }
    if both:
        plus, minus = m.class_likelihood_ratios(
            y, flags, labels=[0, 1], **weight,
            replace_undefined_by={"LR+": np.nan, "LR-": np.nan})
        values |= {"lr_plus": plus, "lr_minus": minus}
    return {"threshold": t, "values": {name: number(v) for name, v in values.items()}}


def points(x, y, thresholds):
    return {"x": [number(v) for v in x], "y": [number(v) for v in y],
            "thresholds": [number(v) for v in thresholds]}


def case(name, y, s, w=None):
    y, s = np.asarray(y, int), np.asarray(s, float)
    w = None if w is None else np.asarray(w, float)
    weight = {"sample_weight": w}
    expected = {"brier": number(m.brier_score_loss(y, s, pos_label=1, **weight)),
                "log_loss": number(m.log_loss(y, s, labels=[0, 1], **weight))}
    if y.any():
        expected["average_precision"] = number(m.average_precision_score(y, s, **weight))
        precision, recall, thresholds = m.precision_recall_curve(y, s, **weight)
        expected["pr"] = points(recall[:-1], precision[:-1], thresholds)
    if y.any() and not y.all():
        fpr, tpr, thresholds = m.roc_curve(y, s, drop_intermediate=False, **weight)
        expected["auc"] = number(m.roc_auc_score(y, s, **weight))
        expected["roc"] = points(fpr, tpr, thresholds)
        expected["det"] = points(*m.det_curve(y, s, **weight))
    distinct = np.unique(s)
    chosen = sorted({float(distinct[0]), float(distinct[len(distinct) // 2]),
                     float(distinct[-1]), 2.0})
    return {"name": name, "values": s.tolist(), "labels": y.tolist(),
            "weights": None if w is None else w.tolist(), "expected": expected,
            "at": [at_threshold(y, s, w, t) for t in chosen]}


def main():
    draw = np.random.default_rng(20)
    cases = []
    for n, levels in [(12, 3), (25, 5), (25, 100), (40, 10)]:
        y = (draw.random(n) < 0.4).astype(int)
        y[:2] = 0, 1
        s = np.round(np.clip(draw.random(n) * 0.7 + 0.3 * y, 0, 1) * levels) / levels
        cases.append(case(f"{n} rows, {levels} levels", y, s))
        cases.append(case(f"{n} rows, {levels} levels, weighted", y, s,
                          np.round(draw.random(n) * 3, 2)))
    cases += [
        case("all scores equal", [0, 1, 1, 0, 0], [0.4] * 5),
        case("perfect separation", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
        case("perfectly wrong", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
        case("certain and wrong", [0, 1, 1, 0], [1, 0, 1, 0]),
        case("no positives", [0, 0, 0], [0.2, 0.5, 0.5]),
        case("no negatives", [1, 1, 1], [0.2, 0.5, 0.5]),
        case("weights of 0 hide a level", [0, 1, 0, 1, 1], [0.1, 0.3, 0.5, 0.7, 0.9],
             [1, 2, 0, 0.5, 0]),
    ]
    print(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}, separators=(",", ":"))
          .replace('{"name"', '\n{"name"'))


main()
