"""Writes bootstrap replicates of tunings, found by brute force, as JSON.

    python scripts/reference/make_bootstrap.py > Tests/Fixtures/bootstrap.json

Needs numpy. Written from the definition, with nothing shared but the stream of random numbers:
every sample is built as a table of rows, every threshold tried on it by counting, and the rows
left out are judged by counting too. Intervals are numpy's own quantiles.
"""

import json
import math

import numpy as np

MASK = (1 << 64) - 1


def mixed(word):
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


class Stream:
    """SplitMix64, its state made from the seed and the sample's number."""

    def __init__(self, seed, number):
        self.state = mixed(mixed(seed) ^ number)

    def below(self, bound):
        rejected = ((1 << 64) - bound) % bound
        while True:
            self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
            product = mixed(self.state) * bound
            if product & MASK >= rejected:
                return product >> 64


def ratio(a, b):
    return a / b if b != 0 else math.nan


# Each: the value, what is compared (as exact as the value, or more so), and the goal.
METRICS = {
    "f1": (lambda tp, fp, tn, fn: ratio(2 * tp, 2 * tp + fp + fn), None, "max"),
    "gmean": (lambda tp, fp, tn, fn: math.sqrt(ratio(tp, tp + fn) * ratio(tn, tn + fp)),
              lambda tp, fp, tn, fn: tp * tn, "max"),
    "youden": (lambda tp, fp, tn, fn: ratio(tp, tp + fn) + ratio(tn, tn + fp) - 1,
               lambda tp, fp, tn, fn: tp * (tn + fp) - fp * (tp + fn), "max"),
    "precision": (lambda tp, fp, tn, fn: ratio(tp, tp + fp), None, "max"),
    "recall": (lambda tp, fp, tn, fn: ratio(tp, tp + fn), None, "max"),
    "cost(fp=1, fn=5)": (lambda tp, fp, tn, fn: fp + 5 * fn, None, "min"),
    "cost(fp=3, fn=2)": (lambda tp, fp, tn, fn: 3 * fp + 2 * fn, None, "min"),
}


def counts(scores, labels, weights, threshold):
    flags = scores >= threshold if threshold is not None else np.zeros(len(scores), bool)
    return [float(weights[labels & flags].sum()), float(weights[~labels & flags].sum()),
            float(weights[~labels & ~flags].sum()), float(weights[labels & ~flags].sum())]


def better(goal, a, b):
    return a > b if goal == "max" else a < b


def tune(scores, labels, weights, case):
    value, rank, goal = METRICS[case["metric"]]
    rank = rank or value
    if case.get("step"):
        thresholds = [i * case["step"] for i in range(case["points"])]
        thresholds = [float(repr(round(t, 10))) for t in thresholds]
        thresholds = [t for t in thresholds if t <= scores.max()]
    else:
        thresholds = sorted(set(scores.tolist()))
    ties = case.get("ties") or ("lowest" if case.get("step") else "highest")
    thresholds.sort(reverse=ties == "highest")
    best = None
    for threshold in thresholds + [None]:
        c = counts(scores, labels, weights, threshold)
        if case.get("constraint") and not precision_at_least(0.6, *c):
            continue
        r = rank(*c)
        if math.isnan(r):
            continue
        if best is None or better(goal, r, best[0]):
            best = (r, threshold, value(*c))
    return best


def precision_at_least(share, tp, fp, tn, fn):
    return tp + fp > 0 and tp / (tp + fp) >= share


def replicate(scores, labels, weights, case, number):
    stream = Stream(case["seed"], number)
    # Members of a class are numbered by falling score; of equal scores in the order of the rows.
    order = np.argsort(-scores, kind="stable")
    drawn = []
    for members in (order[labels[order]], order[~labels[order]]):
        drawn += [members[stream.below(len(members))] for _ in range(len(members))]
    drawn = np.array(drawn)
    left = np.setdiff1d(np.arange(len(scores)), drawn)
    best = tune(scores[drawn], labels[drawn], weights[drawn], case)
    if best is None:
        return {"decided": False, "threshold": None, "in_sample": None, "out_of_bag": None,
                "gain": None}
    _, threshold, inside = best
    value, _, goal = METRICS[case["metric"]]
    outside = value(*counts(scores[left], labels[left], weights[left], threshold))
    former = value(*counts(scores[left], labels[left], weights[left], 0.5))
    gain = outside - former if goal == "max" else former - outside
    return {"decided": True, "threshold": threshold, "in_sample": number_or_none(inside),
            "out_of_bag": number_or_none(outside), "gain": number_or_none(gain)}


def number_or_none(value):
    value = float(value)
    return value if math.isfinite(value) else None


def summary(values, level):
    values = np.array([v for v in values if v is not None])
    if len(values) == 0:
        return None
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        ends = [float(np.quantile(values, tail)), float(np.quantile(values, 1 - tail))]
    return {"mean": float(values.mean()), "lower": ends[0], "upper": ends[1]}


def data(generator, rows, share, decimals):
    labels = generator.random(rows) < share
    labels[:2] = [True, False]
    logits = np.where(labels, 0.8, -0.8) + 1.2 * generator.standard_normal(rows)
    return np.round(1 / (1 + np.exp(-logits)), decimals), labels


CASES = [
    {"metric": "f1", "rows": 120, "share": 0.3, "decimals": 6},
    {"metric": "f1", "rows": 150, "share": 0.1, "decimals": 2},
    {"metric": "gmean", "rows": 90, "share": 0.5, "decimals": 1},
    {"metric": "youden", "rows": 100, "share": 0.4, "decimals": 2, "ties": "lowest"},
    {"metric": "f1", "rows": 130, "share": 0.25, "decimals": 3, "step": 0.05, "points": 20},
    {"metric": "cost(fp=1, fn=5)", "rows": 110, "share": 0.2, "decimals": 3},
    {"metric": "cost(fp=3, fn=2)", "rows": 60, "share": 0.15, "decimals": 1},
    {"metric": "recall", "rows": 100, "share": 0.2, "decimals": 2, "constraint": True},
    {"metric": "f1", "rows": 80, "share": 0.3, "decimals": 2, "weights": True},
    {"metric": "cost(fp=1, fn=5)", "rows": 80, "share": 0.3, "decimals": 1, "weights": True,
     "step": 0.1, "points": 10, "ties": "highest"},
    {"metric": "precision", "rows": 12, "share": 0.3, "decimals": 1},
]


def main():
    generator = np.random.default_rng(7)
    cases = []
    for index, case in enumerate(CASES):
        scores, labels = data(generator, case["rows"], case["share"], case["decimals"])
        # Quarters, so that sums of weights are exact.
        weights = (generator.integers(1, 12, case["rows"]) / 4 if case.get("weights")
                   else np.ones(case["rows"]))
        case["seed"] = 100 + index
        replicates = [replicate(scores, labels, weights, case, n) for n in range(40)]
        chosen = [math.inf if r["threshold"] is None else r["threshold"]
                  for r in replicates if r["decided"]]
        thresholds = summary(chosen, 0.8)
        cases.append({
            "metric": case["metric"], "step": case.get("step"), "ties": case.get("ties"),
            "constrained": bool(case.get("constraint")), "seed": case["seed"], "level": 0.8,
            "scores": scores.tolist(), "labels": labels.astype(int).tolist(),
            "weights": weights.tolist() if case.get("weights") else None,
            "replicates": replicates,
            "threshold": {k: number_or_none(thresholds[k]) for k in ("lower", "upper")},
            "in_sample": summary([r["in_sample"] for r in replicates], 0.8),
            "out_of_bag": summary([r["out_of_bag"] for r in replicates], 0.8),
            "gain": summary([r["gain"] for r in replicates], 0.8),
        })
    print(json.dumps({"cases": cases}))


if __name__ == "__main__":
    main()
