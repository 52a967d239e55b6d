"""Writes scikit-learn's stratified splits in two and three parts as JSON.

    python scripts/reference/make_splits.py > Tests/Fixtures/splits.json

Needs numpy and scikit-learn 1.9. Row i is positive if i * 2654435761 mod 2**32 is below
prevalence * 2**32. Parts are digests of their row positions (little-endian int64), their lengths
and first rows; `null` where scikit-learn refuses.
"""

import hashlib
import json

import numpy as np
from sklearn.model_selection import train_test_split


def labels(rows, prevalence):
    return (np.arange(rows, dtype=np.uint64) * 2654435761 % 2**32 < prevalence * 2**32).astype(int)


def cut(rows, y, size, seed):
    return train_test_split(rows, test_size=size, stratify=y[rows], random_state=seed)


def three(y, train, val, test, seed):
    rows = np.arange(len(y))
    rest, last = cut(rows, y, test, seed) if test > 0 else (rows, rows[:0])
    if val == 0:
        return rest, rows[:0], last
    first, middle = cut(rest, y, val / (train + val) if test > 0 else val, seed)
    return first, middle, last


def part(rows):
    digest = hashlib.sha256(rows.astype("<i8").tobytes()).hexdigest()
    return {"rows": len(rows), "head": rows[:5].tolist(), "sha256": digest}


def case(rows, prevalence, shares, seed):
    y = labels(rows, prevalence)
    try:
        parts = [part(p) for p in three(y, *shares, seed)]
    except ValueError:
        parts = None
    return {"rows": rows, "prevalence": prevalence, "shares": shares, "seed": seed,
            "positives": int(y.sum()), "parts": parts}


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    shares = [(0.6, 0.2, 0.2), (0.5, 0.5, 0.0), (0.7, 0.0, 0.3), (0.8, 0.1, 0.1), (0.34, 0.33, 0.33),
              (0.1, 0.1, 0.8), (0.98, 0.01, 0.01)]
    cases = [case(10000, 0.01, s, 2) for s in shares]
    for turn in range(60):
        rows = int(rng.choice([4, 7, 10, 23, 50, 101, 1000, 2501]))
        prevalence = float(rng.choice([0, 0.02, 0.1, 0.3, 0.5, 0.5, 0.9, 1]))
        cases.append(case(rows, prevalence, shares[turn % len(shares)], int(rng.integers(0, 2**32))))
    print(json.dumps(cases, indent=0))
