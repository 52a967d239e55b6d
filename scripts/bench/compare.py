"""Runs thr and scikit-learn turn by turn (A B A B …) and prints the medians of their ratios.

Every side is a process of its own with its data loaded; whole commands are timed from start to
exit. The answers are compared before a ratio is printed: thresholds and values, of a fit the
objective that it reaches.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[1] / ".build" / "bench-data"


def scores_folder(rows):
    """Unsorted, distinct scores: sigmoid(N(0, 1) + 1.9 label - 3), 1 % positives."""
    folder = DATA / f"scores-{rows}"
    if not folder.exists():
        rng = np.random.Generator(np.random.PCG64(7))
        labels = (rng.random(rows) < 0.01).astype(np.uint8)
        scores = 1 / (1 + np.exp(-(rng.standard_normal(rows) + 1.9 * labels - 3)))
        folder.mkdir(parents=True)
        scores.tofile(folder / "scores.f64")
        labels.tofile(folder / "labels.u8")
    return folder


def features_folder(rows, columns):
    folder = DATA / f"features-{rows}x{columns}"
    if not folder.exists():
        from sklearn.datasets import make_classification

        X, y = make_classification(
            n_samples=rows, n_features=columns, n_informative=10, n_redundant=5, weights=[0.9],
            random_state=3)
        folder.mkdir(parents=True)
        np.asfortranarray(X).T.tofile(folder / "features.f64")
        y.astype(np.uint8).tofile(folder / "labels.u8")
    return folder


class Side:
    """A process that answers one line per turn."""

    def __init__(self, *command):
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        assert self.process.stdout.readline().strip() == "ready", command

    def turn(self):
        self.process.stdin.write("turn\n")
        self.process.stdin.flush()
        seconds, *answer = self.process.stdout.readline().split()
        return float(seconds), [float(part) for part in answer]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Command:
    """A command that is started again for every turn."""

    def __init__(self, *command):
        self.command = [str(part) for part in command]

    def turn(self):
        start = time.perf_counter()
        output = subprocess.run(
            self.command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return time.perf_counter() - start, output.stdout.split()

    def close(self):
        pass


def python(*arguments):
    return (sys.executable, *arguments)


def benchmarks(thr, engine):
    """Name, turns, the two sides, and how near their answers must be."""
    small, large = lambda: scores_folder(5_000), lambda: scores_folder(10_000_000)
    medium = lambda: scores_folder(1_000_000)
    wide, narrow = lambda: features_folder(1_000_000, 20), lambda: features_folder(20_000, 20)
    peer = HERE / "peer.py"
    return [
        ("start: thr -e 1 (against python -c 1)", 31,
         lambda: Command(thr, "-e", "1"), lambda: Command(*python("-c", "1")), None),
        ("tutorial: process start to exit", 7,
         lambda: Command(thr, HERE / "tutorial.thr"),
         lambda: Command(*python(HERE / "tutorial.py")), 0),
        ("sweep: 1,000 thresholds, 5,000 rows", 7,
         lambda: Side(engine, "sweep", small()),
         lambda: Side(*python(peer, "sweep", small())), 1e-12),
        ("bootstrap: 1,000 samples of 5,000 rows", 5,
         lambda: Side(engine, "bootstrap", small()),
         lambda: Side(*python(peer, "bootstrap", small())), None),
        ("exact: best F1 of 10,000,000 scores", 5,
         lambda: Side(engine, "exact", large()),
         lambda: Side(*python(peer, "exact", large())), 1e-12),
        ("delong: two areas of 1,000,000 scores", 5,
         lambda: Side(engine, "delong", medium()),
         lambda: Side(*python(peer, "delong", medium())), 1e-9),
        ("folds: TunedThresholdClassifierCV, 20,000 x 20", 3,
         lambda: Side(engine, "folds", narrow()),
         lambda: Side(*python(peer, "folds", narrow())), 1e-12),
        ("logreg: 1,000,000 x 20 (lbfgs, tol 1e-10)", 5,
         lambda: Side(engine, "logreg", wide()),
         lambda: Side(*python(peer, "logreg", wide(), "lbfgs")), 1e-9),
        ("logreg: 1,000,000 x 20 (newton-cholesky)", 5,
         lambda: Side(engine, "logreg", wide()),
         lambda: Side(*python(peer, "logreg", wide(), "newton-cholesky")), 1e-9),
    ]


def agree(ours, theirs, tolerance):
    if tolerance is None:
        return True
    if tolerance == 0:
        return ours == theirs
    return all(abs(a - b) <= tolerance * max(1, abs(b)) for a, b in zip(ours, theirs))


def duration(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            break
    return f"{seconds * factor:.3g} {unit}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--thr", required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("name", nargs="?", default="")
    options = parser.parse_args()
    print(f"{'benchmark':<46}{'thr':>10}{'peer':>10}{'ratio':>12}")
    for name, turns, ours, theirs, tolerance in benchmarks(options.thr, options.engine):
        if options.name not in name:
            continue
        sides = ours(), theirs()
        for side in sides:
            side.turn()
        pairs = [(sides[0].turn(), sides[1].turn()) for _ in range(turns)]
        for side in sides:
            side.close()
        answers = pairs[0][0][1], pairs[0][1][1]
        if not agree(*answers, tolerance):
            sys.exit(f"{name}: the answers differ: {answers}")
        ratio = statistics.median(peer[0] / own[0] for own, peer in pairs)
        own, peer = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
        print(f"{name:<46}{duration(own):>10}{duration(peer):>10}{ratio:>11,.1f}x", flush=True)


main()
