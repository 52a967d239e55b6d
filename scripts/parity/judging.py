"""Curves, areas, metrics and `tune` over random scores with ties and weights."""
import warnings

import numpy as np
from sklearn import metrics as sk

import metrics
from language import literal


def random_scores(draw):
    """Scores, many of them tied, labels of both classes, and weights or none."""
    rows = int(draw.choice([5, 12, 40, 200]))
    levels = int(draw.choice([2, 5, 20, 10**6]))
    labels = (draw.random(rows) < draw.choice([0.1, 0.4, 0.7])).astype(int)
    labels[:2] = 0, 1
    shift = draw.choice([-0.3, 0.0, 0.3])
    scores = np.round(np.clip(draw.random(rows) * 0.7 + shift * labels + 0.15, 0, 1) * levels) / levels
    weights = np.round(draw.random(rows) * 3, 2) + 0.01 if draw.random() < 0.5 else None
    return scores, labels, weights


def statement(scores, labels, weights):
    weight = "" if weights is None else f", weight={literal(weights)}"
    return f"s = scores({literal(scores)}, {literal(labels)}{weight})"


class Comparison:
    """The worst distance seen, and what lay too far apart."""

    def __init__(self):
        self.worst, self.faults, self.values = 0.0, [], 0

    def near(self, what, ours, theirs):
        ours, theirs = np.atleast_1d(ours), np.atleast_1d(theirs)
        # Nothing stands for an undefined value, and an infinite threshold for "flag nothing".
        ours = np.array([np.nan if v is None else v for v in ours], float)
        theirs = np.array([np.nan if v is None or np.isinf(v) else v for v in theirs], float)
        self.values += theirs.size
        if ours.shape != theirs.shape or not np.array_equal(np.isnan(ours), np.isnan(theirs)):
            return self.faults.append(f"{what}: {ours} against {theirs}")
        distance = np.nan_to_num(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)))
        self.worst = max(self.worst, float(distance.max()))
        if distance.max() > 1e-12:
            self.faults.append(f"{what}: {distance.max():.1e} apart")


def curves(thr, draw, count=150):
    cases = [random_scores(draw) for _ in range(count)]
    shown = thr.run([line for case in cases for line in (
        statement(*case), "roc(s)", "pr(s)", "det(s)", "auc(s)", "average_precision(s)",
        "log_loss(s)", "brier(s)")])
    seen = Comparison()
    warnings.simplefilter("ignore")
    for case, values in zip(cases, zip(*[iter(shown)] * 7)):
        s, y, w = case
        roc, pr, det, auc, ap, loss, brier = values
        weight = dict(sample_weight=w)
        fpr, tpr, at = sk.roc_curve(y, s, drop_intermediate=False, **weight)
        for name, theirs in (("x", fpr), ("y", tpr), ("threshold", at)):
            seen.near(f"roc {name}", roc[name], theirs)
        precision, recall, at = sk.precision_recall_curve(y, s, **weight)
        # scikit-learn goes upwards and ends at a precision for flagging nothing, which has none.
        for name, theirs in (("x", recall[:-1]), ("y", precision[:-1]), ("threshold", at)):
            seen.near(f"pr {name}", pr[name], theirs[::-1])
        check_det(seen, det, *sk.det_curve(y, s, **weight))
        seen.near("auc", auc, sk.roc_auc_score(y, s, **weight))
        seen.near("average_precision", ap, sk.average_precision_score(y, s, **weight))
        seen.near("log_loss", loss, sk.log_loss(y, s, labels=[0, 1], **weight))
        seen.near("brier", brier, sk.brier_score_loss(y, s, pos_label=1, **weight))
    yield "curves and areas", count, f"{seen.values:,} values within {seen.worst:.0e}", seen.faults


def check_det(seen, det, fpr, fnr, at):
    """scikit-learn leaves out the ends of a DET curve where an error stays 0: each of its points
    has to be one of ours."""
    ours = {(None if t is None else float(t)): (x, y)
            for x, y, t in zip(det["x"], det["y"], det["threshold"])}
    for x, y, t in zip(fpr, fnr, at):
        point = ours.get(None if np.isinf(t) else float(t))
        seen.near("det", (np.nan, np.nan) if point is None else point, (x, y))


def evaluations(thr, draw, count=150):
    cases, lines = [], []
    for _ in range(count):
        s, y, w = random_scores(draw)
        at = float(draw.choice(s))
        cases.append((s, y, w, at))
        lines += [statement(s, y, w), f"evaluate(s, at={literal(at)})"]
    seen = Comparison()
    for (s, y, w, at), ours in zip(cases, thr.run(lines)):
        flags = (s >= at).astype(int)
        weight = dict(sample_weight=w)
        tn, fp, fn, tp = sk.confusion_matrix(y, flags, labels=[0, 1], **weight).ravel()
        defined = dict(zero_division=np.nan, **weight)
        theirs = {
            "tp": tp, "fp": fp, "tn": tn, "fn": fn,
            "recall": sk.recall_score(y, flags, **defined),
            "precision": sk.precision_score(y, flags, **defined),
            "specificity": sk.recall_score(y, flags, pos_label=0, **defined),
            "npv": sk.precision_score(y, flags, pos_label=0, **defined),
            "accuracy": sk.accuracy_score(y, flags, **weight),
            "balanced_accuracy": sk.balanced_accuracy_score(y, flags, **weight),
            "youden": sk.balanced_accuracy_score(y, flags, adjusted=True, **weight),
            "f1": sk.f1_score(y, flags, **defined),
            "jaccard": sk.jaccard_score(y, flags, **weight),
            "kappa": sk.cohen_kappa_score(y, flags, labels=[0, 1], **weight),
        }
        # scikit-learn's 0 for a correlation with a constant is a stand-in.
        if min(tp + fp, tn + fn) > 0:
            theirs["mcc"] = sk.matthews_corrcoef(y, flags, **weight)
        for name, value in theirs.items():
            seen.near(name, ours[name], value)
    yield "metrics at a threshold", count, f"{seen.values:,} values within {seen.worst:.0e}", seen.faults


def counts(s, y, w, at):
    """TP, FP, TN, FN of flagging all scores of at least `at`; of none at an infinite one."""
    w = np.ones(len(y)) if w is None else w
    flags = s >= at
    return (w[flags & (y == 1)].sum(), w[flags & (y == 0)].sum(),
            w[~flags & (y == 0)].sum(), w[~flags & (y == 1)].sum())


def brute_force(s, y, w, name, where=None):
    """The best value over all distinct scores and "flag nothing"; and all values by threshold."""
    values = {}
    for at in [*np.unique(s), np.inf]:
        found = metrics.every(*counts(s, y, w, at))
        if where is None or found[where[0]] is not None and found[where[0]] >= where[1]:
            values[float(at)] = found[name]
    defined = [value for value in values.values() if value is not None]
    if not defined:
        return None, values
    return (min if name in metrics.MINIMISED else max)(defined), values


def tunings(thr, draw, count=300):
    names = list(metrics.every(1, 1, 1, 1))
    cases, lines = [], []
    while len(cases) < count:
        s, y, w = random_scores(draw)
        name = names[len(cases) % len(names)]
        where = ("specificity", float(draw.choice([0.2, 0.5, 0.8]))) if draw.random() < 0.3 else None
        best, values = brute_force(s, y, w, name, where)
        if best is None:
            continue
        cases.append((s, name, where, best, values))
        text = f", where={where[0]} >= {where[1]}" if where else ""
        lines += [statement(s, y, w), f"tune(s, {name}{text})"]
    seen = Comparison()
    for (s, name, where, best, values), ours in zip(cases, thr.run(lines)):
        at = np.inf if ours["threshold"] is None else ours["threshold"]
        what = f"tune {name} where {where}"
        seen.near(what, ours["value"], best)
        seen.near(f"{what}: what its threshold reaches", values.get(at), best)
        below = [score for score in np.unique(s) if score < at]
        seen.near(f"{what}: lower end", ours["plateau"]["lower"], below[-1] if below else None)
        seen.near(f"{what}: upper end", ours["plateau"]["upper"], at)
    yield "exact tune, by brute force", count, f"{seen.values:,} values within {seen.worst:.0e}", seen.faults
