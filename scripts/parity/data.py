"""`synth` and `split` against make_classification and train_test_split."""
import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

from language import arguments


def cluster_sizes(rows, majority, clusters):
    sizes = [int(rows * [majority, 1.0 - majority][k % 2] / clusters) for k in range(2 * clusters)]
    for k in range(rows - sum(sizes)):
        sizes[k % len(sizes)] += 1
    return sizes


def random_arguments(draw):
    informative = int(draw.choice([2] * 8 + [1, 3, 4, 5, 8, 12]))
    redundant = int(draw.integers(0, 4))
    sizes = [1]
    # A cluster of one row takes a path through BLAS that depends on the processor.
    while 1 in sizes:
        rows = int(draw.choice([20, 47, 101, 250, 1000, 2501]))
        clusters = int(draw.integers(1, 2 ** min(informative, 4) // 2 + 1))
        majority = float(draw.choice([0.0, 0.3, 0.5, 0.77, 0.9, 0.97, 0.99, 1.0]))
        sizes = cluster_sizes(rows, majority, clusters)
    return dict(
        rows=rows, majority=majority, features=informative + redundant + int(draw.integers(0, 3)),
        informative=informative, redundant=redundant, clusters=clusters,
        flip=float(draw.choice([0, 0, 0.01, 0.1, 0.5, 1])),
        separation=float(draw.choice([0.1, 0.5, 1.0, 2.5])), seed=int(draw.integers(0, 2**32)))


def expected(a):
    return make_classification(
        n_samples=a["rows"], n_features=a["features"], n_informative=a["informative"],
        n_redundant=a["redundant"], n_clusters_per_class=a["clusters"], weights=[a["majority"]],
        flip_y=a["flip"], class_sep=a["separation"], random_state=a["seed"])


def table(path):
    """Features and labels of a file; no rows make no columns either."""
    text = path.read_text().splitlines()[1:]
    values = np.array([[float(field) for field in line.split(",")] for line in text])
    return values[:, :-1], values[:, -1].astype(int)


def same_rows(path, x, y):
    ours_x, ours_y = table(path)
    return np.array_equal(ours_x, x) and np.array_equal(ours_y, y)


def halves(x, y):
    """scikit-learn's two halves, or nothing where it refuses to stratify."""
    try:
        return train_test_split(x, y, test_size=0.5, random_state=2, stratify=y)
    except ValueError:
        return None


def synth(thr, draw, count=400):
    problems = [random_arguments(draw) for _ in range(count)]
    statements = []
    for number, problem in enumerate(problems):
        x, y = expected(problem)
        statements.append(f"d = synth({arguments(**problem)})")
        parts = ["d"] + (["d.train", "d.val"] if halves(x, y) else [])
        statements += [
            f'write({part}, "{number}-{index}.csv")' for index, part in enumerate(parts)]
    thr.run(statements)
    exact = [0, 0, 0]
    wide = [0, 0, 0.0]
    faults = []
    for number, problem in enumerate(problems):
        x, y = expected(problem)
        ours, labels = table(thr.folder / f"{number}-0.csv")
        bits = int(np.count_nonzero(ours.view(np.int64) != np.ascontiguousarray(x).view(np.int64)))
        distance = float(np.abs(ours - x).max())
        if problem["informative"] == 2:
            exact[0] += 1
            exact[1] += x.size
            exact[2] += bits
        else:
            wide[0] += 1
            wide[1] += bits
            wide[2] = max(wide[2], distance)
        if not np.array_equal(labels, y):
            faults.append(f"labels of {problem}")
        parts = halves(ours, y)
        if parts:
            train, val, train_y, val_y = parts
            for index, (rows, of) in enumerate([(train, train_y), (val, val_y)]):
                if not same_rows(thr.folder / f"{number}-{index + 1}.csv", rows, of):
                    faults.append(f"halves of {problem}")
    if exact[2]:
        faults.append(f"{exact[2]} numbers differ with two informative features")
    if wide[2] > 1e-12:
        faults.append(f"X differs by {wide[2]:.1e}")
    yield "synth, two informative", exact[0], f"{exact[2]} of {exact[1]:,} numbers differ", faults
    yield ("synth, other widths", wide[0],
           f"{wide[1]} numbers differ, by at most {wide[2]:.0e}", [])


def split(thr, draw, count=200):
    statements, problems = [], []
    shares = [(0.6, 0.2, 0.2), (0.5, 0.5, 0.0), (0.7, 0.0, 0.3), (0.8, 0.1, 0.1), (0.34, 0.33, 0.33)]
    while len(problems) < count:
        rows = int(draw.choice([50, 101, 333, 1000, 2500]))
        majority = float(draw.choice([0.5, 0.7, 0.9, 0.95]))
        train, val, test = shares[int(draw.integers(len(shares)))]
        problem = dict(rows=rows, majority=majority, seed=int(draw.integers(0, 2**32)))
        cut = dict(train=train, val=val, test=test, seed=int(draw.integers(0, 2**32)))
        parts = three(*expected_rows(problem), cut)
        if parts is None:
            continue
        number = len(problems)
        problems.append((problem, cut, parts))
        statements.append(f"d = split(synth({arguments(**problem)}), {arguments(**cut)})")
        statements += [
            f'write(d.{name}, "split-{number}-{name}.csv")' for name, part in parts.items()]
    thr.run(statements)
    faults = [
        f"{name} of {problem} {cut}"
        for number, (problem, cut, parts) in enumerate(problems)
        for name, (x, y) in parts.items()
        if not same_rows(thr.folder / f"split-{number}-{name}.csv", x, y)]
    yield "split in two and three", count, "every part row for row", faults


def expected_rows(problem):
    return make_classification(
        n_samples=problem["rows"], n_features=2, n_redundant=0, n_clusters_per_class=1,
        weights=[problem["majority"]], flip_y=0, random_state=problem["seed"])


def three(x, y, cut):
    """scikit-learn's two calls; nothing where it refuses to stratify."""
    def two(rows, size):
        return train_test_split(rows, test_size=size, stratify=y[rows], random_state=cut["seed"])

    rest, parts = np.arange(len(y)), {}
    try:
        if cut["test"] > 0:
            rest, parts["test"] = two(rest, cut["test"])
        if cut["val"] > 0:
            share = cut["val"] / (cut["train"] + cut["val"]) if cut["test"] > 0 else cut["val"]
            rest, parts["val"] = two(rest, share)
    except ValueError:
        return None
    parts["train"] = rest
    return {name: (x[rows], y[rows]) for name, rows in parts.items()}
