"""The jobs: for each its turns, how near answers must be, and the sides, thr's own first."""
import dataclasses
import functools
import importlib.util
import pathlib
import shutil
import subprocess
import sys
from typing import Callable

from sides import Command, Side

HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass
class Job:
    name: str
    turns: int
    # None where the answers are drawn by lot, or are no numbers.
    tolerance: float | None
    # Name and maker of each side; the first is thr's.
    sides: list[tuple[str, Callable]]
    # What the ratio to a peer has to be at least, by its name.
    goals: dict[str, float] = dataclasses.field(default_factory=dict)


@functools.cache
def data(kind, *sizes):
    made = subprocess.run(
        [sys.executable, HERE / "data.py", kind, *map(str, sizes)], check=True,
        stdout=subprocess.PIPE, text=True)
    return pathlib.Path(made.stdout.strip())


def python(*arguments):
    return (sys.executable, *arguments)


def has(module):
    return importlib.util.find_spec(module) is not None


def has_r(package):
    return shutil.which("Rscript") is not None and subprocess.run(
        ["Rscript", "-e", f"library({package})"], capture_output=True).returncode == 0


def count(rows):
    return f"{rows:,}"


class Jobs:
    """All jobs for a number of rows, of which fits and draws have a tenth."""

    def __init__(self, thr, engine, rows, skip):
        self.thr, self.engine, self.rows, self.skip = thr, engine, rows, skip

    # Files are made when a side is: `place` gives the path, or another argument.

    def peer(self, job, place, *more, name="scikit-learn"):
        return name, lambda: Side(*python(HERE / "peer.py", job, place(), *more))

    def own(self, job, place):
        return "thr", lambda: Side(self.engine, job, place())

    def optional(self, name, isThere, make):
        """A side, or none with a message."""
        if isThere:
            return [(name, make)]
        self.skip(f"{name} is not installed")
        return []

    def r(self, jobs, place):
        """R's sides: each job is the name of a package, perhaps with what of it is run."""
        sides = []
        for job in jobs:
            package = job.split("-")[0]
            sides += self.optional(
                package, has_r(package),
                lambda job=job: Side("Rscript", HERE / "peer.R", job, place()))
        return sides

    def searches(self):
        place = lambda: data("scores", self.rows)
        exact = [
            self.own("exact", place), self.peer("exact", place),
            self.peer("packed", place, name="numpy, packed sort")]
        for module in ("polars", "duckdb"):
            exact += self.optional(module, has(module), self.peer(module, place)[1])
        size = count(self.rows)
        goals = {"scikit-learn": 100}
        yield Job(f"best F1 of {size} scores", 5, 1e-12, exact,
                  {"scikit-learn": 150, "numpy, packed sort": 10})
        # R takes half a minute for a turn of ten million.
        fewer = lambda: data("scores", self.rows // 10)
        yield Job(f"best F1 of {count(self.rows // 10)} scores", 3, 1e-12,
                  [self.own("exact", fewer)] + self.r(("pROC", "cutpointr"), fewer), {})
        for job, name in (
                ("constraint", "with a constraint"), ("weights", "with weights"),
                ("algebra", "of five terms by algebra")):
            tolerance = 1e-9 if job == "weights" else 1e-12
            yield Job(f"best threshold of {size} scores, {name}", 5, tolerance,
                      [self.own(job, place), self.peer(job, place)], goals)
        odd = lambda: data("alternating", self.rows)
        yield Job(f"best threshold of {size} scores that cannot be pruned", 5, 1e-9,
                  [self.own("unprunable", odd), self.peer("unprunable", odd)], {"scikit-learn": 13})
        for job, name in (
                ("roc", "whole ROC curve"), ("pr", "whole precision-recall curve"),
                ("auc", "area under the ROC curve")):
            yield Job(f"{name} of {size} scores", 5, 1e-9,
                      [self.own(job, place), self.peer(job, place)], {"scikit-learn": 15})

    def whole(self, name, path, goals):
        def own():
            rows = f'scores(read("{path()}"), score="score", label="label")'
            return Command(
                self.thr, "-e", f't = tune({rows}, f1); print("{{t.threshold:.12f}} {{t.value:.12f}}")')

        sides = [("thr", own)]
        for kind, title in (("pandas", "pandas and scikit-learn"), ("polars", "polars and numpy"),
                            ("duckdb", "duckdb")):
            make = lambda kind=kind: Command(*python(HERE / "whole.py", kind, path()))
            sides += self.optional(title, has(kind), make)
        return Job(name, 5, 1e-9, sides, goals)

    def files(self):
        size = count(self.rows)
        yield self.whole(
            f"CSV of {size} rows to best F1, whole process",
            lambda: data("csv", self.rows) / "rows.csv",
            {"pandas and scikit-learn": 30, "polars and numpy": 10})
        if has("pyarrow"):
            yield self.whole(
                f"Parquet of {size} rows of 50 columns to best F1, whole process",
                lambda: data("parquet", self.rows, 50) / "rows.parquet",
                {"polars and numpy": 5, "duckdb": 3})
        else:
            self.skip("pyarrow, which writes the Parquet file, is not installed")

    def fits(self):
        rows = self.rows // 10
        place = lambda: data("features", rows, 20)
        yield Job(
            f"logistic regression of {count(rows)} rows of 20 features", 5, 1e-9,
            [self.own("logreg", place)] + [
                self.peer("logreg", place, solver, name=solver)
                for solver in ("newton-cholesky", "lbfgs")],
            {"newton-cholesky": 8, "lbfgs": 15})
        name = f"synthetic data, {count(rows)} rows of 20 features"
        size = lambda: rows
        peer = self.peer("synth", size, name="make_classification")
        yield Job(name, 5, 1e-11, [self.own("synth", size), peer], {"make_classification": 2})
        yield Job(name + ', generator="fast"', 5, None, [self.own("synth-fast", size), peer],
                  {"make_classification": 10})

    def others(self):
        small, medium = (lambda: data("scores", 5_000)), lambda: data("scores", self.rows // 10)
        narrow = lambda: data("features", 20_000, 20)
        for job, name, place, turns, tolerance in (
                ("sweep", "1,000 thresholds for 5,000 rows", small, 5, 1e-12),
                ("folds", "TunedThresholdClassifierCV of 20,000 rows of 20 features", narrow, 3,
                 1e-12)):
            yield Job(name, turns, tolerance, [self.own(job, place), self.peer(job, place)],
                      {"scikit-learn": 30} if job == "folds" else {})
        yield Job(
            "1,000 bootstrap samples of 5,000 rows", 5, None,
            [self.own("bootstrap", small), self.peer("bootstrap", small, name="numpy, sorted once")]
            + self.r(["cutpointr-bootstrap"], small),
            {"numpy, sorted once": 10, "cutpointr": 1000})
        yield Job(
            f"two areas of {count(self.rows // 10)} scores and their covariance", 5, 1e-9,
            [self.own("delong", medium), self.peer("delong", medium, name="numpy")]
            + self.r(["pROC-delong"], medium), {"pROC": 10})

    def starts(self):
        yield Job("tutorial, start to exit", 7, 0, [
            ("thr", lambda: Command(self.thr, HERE / "tutorial.thr")),
            ("scikit-learn", lambda: Command(*python(HERE / "tutorial.py")))], {"scikit-learn": 400})
        yield Job("start of the process", 31, None, [
            ("thr", lambda: Command(self.thr, "-e", "1")),
            ("python", lambda: Command(*python("-c", "1")))])

    def large(self):
        rows = 10 * self.rows
        path = lambda: data("csv", rows) / "rows.csv"
        job = self.whole(f"CSV of {count(rows)} rows to best F1, whole process", path, {})
        yield dataclasses.replace(job, turns=1, sides=job.sides[:1])

    def all(self, large):
        for part in (self.starts, self.searches, self.files, self.fits, self.others):
            yield from part()
        if large:
            yield from self.large()
