"""Writes scikit-learn's synthetic data and their halves as JSON.

    python scripts/reference/make_synth.py Tests/Fixtures/synth

Needs numpy and scikit-learn 1.9. Each named case is a file: the arguments; digests of X (row-major
little-endian float64), of y and of the two halves of train_test_split (int64); and the first rows,
X in hexadecimal digits. `random.json` holds many small cases; X in full where it has more than two
informative features, whose last bits depend on the order in which BLAS adds.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

CASES = {
    "tutorial": dict(n_samples=10000, n_features=2, n_informative=2, n_redundant=0,
                     n_clusters_per_class=1, weights=[0.99], flip_y=0, class_sep=1.0,
                     random_state=4),
    "balanced-small": dict(n_samples=100, n_features=2, n_informative=2, n_redundant=0,
                           n_clusters_per_class=1, weights=[0.5], flip_y=0, class_sep=1.0,
                           random_state=1),
    "noisy-wide": dict(n_samples=5000, n_features=20, n_informative=5, n_redundant=3,
                       n_clusters_per_class=2, weights=[0.9], flip_y=0.02, class_sep=0.8,
                       random_state=7),
    "three-informative": dict(n_samples=1234, n_features=6, n_informative=3, n_redundant=2,
                              n_clusters_per_class=1, weights=[0.97], flip_y=0.01, class_sep=1.5,
                              random_state=42),
}


def digest(array, kind):
    return hashlib.sha256(np.ascontiguousarray(array.astype(kind)).tobytes()).hexdigest()


def named_case(arguments):
    x, y = make_classification(**arguments)
    train, val = train_test_split(np.arange(len(y)), test_size=0.5, random_state=2, stratify=y)
    return {
        "arguments": arguments,
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "x_sha256": digest(x, "<f8"), "y_sha256": digest(y, "<i8"), "positives": int(y.sum()),
        "train_sha256": digest(train, "<i8"), "val_sha256": digest(val, "<i8"),
        "train_head": train[:20].tolist(), "val_head": val[:20].tolist(),
        "x_head": [[v.hex() for v in map(float, row)] for row in x[:8]],
        "y_head": y[:50].tolist(),
    }


def cluster_sizes(rows, majority, clusters):
    sizes = [int(rows * [majority, 1.0 - majority][k % 2] / clusters) for k in range(2 * clusters)]
    for k in range(rows - sum(sizes)):
        sizes[k % len(sizes)] += 1
    return sizes


def random_arguments(rng, informative):
    redundant = int(rng.integers(0, 3))
    sizes = [1]
    # A cluster of one row takes another path through BLAS, one that depends on the processor.
    while 1 in sizes:
        rows = int(rng.integers(30, 60) if informative != 2 else rng.integers(20, 500))
        clusters = int(rng.integers(1, 2 ** min(informative, 4) // 2 + 1))
        majority = float(rng.choice([0.0, 0.3, 0.5, 0.77, 0.9, 0.99, 1.0]))
        sizes = cluster_sizes(rows, majority, clusters)
    return dict(
        n_samples=rows, n_features=informative + redundant + int(rng.integers(0, 3)),
        n_informative=informative, n_redundant=redundant, n_clusters_per_class=clusters,
        weights=[majority], flip_y=float(rng.choice([0, 0, 0.01, 0.3, 1])),
        class_sep=float(rng.choice([0.1, 1.0, 2.5])), random_state=int(rng.integers(0, 2**32)))


def random_case(arguments):
    x, y = make_classification(**arguments)
    case = {"arguments": arguments, "x_sha256": digest(x, "<f8"), "y_sha256": digest(y, "<i8")}
    if arguments["n_informative"] != 2:
        case["x"] = [[v.hex() for v in map(float, row)] for row in x]
    return case


if __name__ == "__main__":
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, arguments in CASES.items():
        (out / f"{name}.json").write_text(json.dumps(named_case(arguments), indent=1) + "\n")
    rng = np.random.default_rng(1)
    informative = [2] * 30 + [1, 1, 3, 4, 5, 6, 7, 12, 31, 34, 62]
    cases = [random_case(random_arguments(rng, i)) for i in informative]
    (out / "random.json").write_text(json.dumps(cases) + "\n")
