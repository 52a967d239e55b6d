"""Metrics as functions of the four counts, `None` where something is divided by zero."""
import math


def ratio(a, b):
    return None if b == 0 else a / b


def undefined_if_any(function):
    def compute(*values):
        return None if any(value is None for value in values) else function(*values)
    return compute


def fbeta(tp, fp, fn, beta):
    if tp + fn == 0 and tp + fp == 0:
        return None
    return ratio((1 + beta**2) * tp, (1 + beta**2) * tp + beta**2 * fn + fp)


def mcc(tp, fp, tn, fn):
    margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    if margins <= 0:
        return 0 if (tp + fn) * (tn + fp) > 0 else None
    return (tp * tn - fp * fn) / math.sqrt(margins)


def kappa(tp, fp, tn, fn):
    n = tp + fp + tn + fn
    chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / n
    return ratio(tp + tn - chance, n - chance)


def every(tp, fp, tn, fn):
    """Every metric that thr maximises or minimises, by the expression that names it in thr."""
    n = tp + fp + tn + fn
    recall, specificity = ratio(tp, tp + fn), ratio(tn, tn + fp)
    both = undefined_if_any
    return {
        "recall": recall, "specificity": specificity, "precision": ratio(tp, tp + fp),
        "npv": ratio(tn, tn + fn), "accuracy": ratio(tp + tn, n),
        "fpr": ratio(fp, tn + fp), "fnr": ratio(fn, tp + fn),
        "gmean": both(lambda a, b: math.sqrt(a * b))(recall, specificity),
        "youden": both(lambda a, b: a + b - 1)(recall, specificity),
        "balanced_accuracy": both(lambda a, b: (a + b) / 2)(recall, specificity),
        "closest_topleft": both(lambda a, b: (1 - a) ** 2 + (1 - b) ** 2)(recall, specificity),
        "f1": fbeta(tp, fp, fn, 1), "fbeta(2)": fbeta(tp, fp, fn, 2),
        "jaccard": ratio(tp, tp + fp + fn), "mcc": mcc(tp, fp, tn, fn),
        "kappa": kappa(tp, fp, tn, fn),
        "cost(fp=1, fn=20)": fp + 20 * fn,
        "net_benefit(0.2)": tp / n - fp / n * 0.25,
        "40*tp - 5*fp - 100*fn": 40 * tp - 5 * fp - 100 * fn,
    }


MINIMISED = {"fpr", "fnr", "closest_topleft", "cost(fp=1, fn=20)"}
