"""The benchmarks' files, made once: `data.py KIND ROWS [COLUMNS]` prints the path.

A process of its own, so that what starts and measures the others stays small.
"""
import pathlib
import shutil
import sys

import numpy as np

DATA = pathlib.Path(__file__).parents[2] / ".build" / "bench-data"


def drawn(rows, seed=7):
    """Distinct scores, sigmoid(N(0, 1) + 1.9 label - 3), of which 1 % are positive; weights."""
    rng = np.random.Generator(np.random.PCG64(seed))
    labels = (rng.random(rows) < 0.01).astype(np.uint8)
    scores = 1 / (1 + np.exp(-(rng.standard_normal(rows) + 1.9 * labels - 3)))
    return scores, labels, rng.random(rows) + 0.5


def scores(folder, rows):
    values, labels, weights = drawn(rows)
    values.tofile(folder / "scores.f64")
    labels.tofile(folder / "labels.u8")
    weights.tofile(folder / "weights.f64")


def alternating(folder, rows):
    """Labels that take turns down the scores but for one pair, where Youden's J is best; the rows
    in random order."""
    order = np.random.Generator(np.random.PCG64(8)).permutation(rows)
    ((order + 0.5) / rows).tofile(folder / "scores.f64")
    pair = rows // 6 * 2
    swapped = (order == pair) | (order == pair - 1)
    ((order + swapped) % 2).astype(np.uint8).tofile(folder / "labels.u8")


def features(folder, rows, columns):
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=rows, n_features=columns, n_informative=10, n_redundant=5, weights=[0.9],
        random_state=3)
    np.asfortranarray(X).T.tofile(folder / "features.f64")
    y.astype(np.uint8).tofile(folder / "labels.u8")


def csv(folder, rows):
    """The scores by their shortest digits, in pieces, so that any number of rows can be made."""
    some = 10_000_000
    with open(folder / "rows.csv", "w") as file:
        file.write("score,label\n")
        for first in range(0, rows, some):
            values, labels, _ = drawn(min(some, rows - first), 7 + first // some)
            for start in range(0, len(values), 100_000):
                pairs = zip(values[start:start + 100_000].tolist(), labels[start:start + 100_000].tolist())
                file.write("".join(f"{score!r},{label}\n" for score, label in pairs))


def parquet(folder, rows, columns):
    """Score and label among other columns: amounts, whole numbers, words."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.Generator(np.random.PCG64(9))
    words = np.array(["north", "south", "east", "west"])
    writer, some = None, 1_000_000
    values, labels, _ = drawn(rows)
    for start in range(0, rows, some):
        here = slice(start, min(start + some, rows))
        n = here.stop - here.start
        table = {"id": np.arange(here.start, here.stop)}
        for place in range(columns - 3):
            kind = place % 3
            table[f"c{place}"] = (
                np.round(rng.gamma(2, 50, n), 2) if kind == 0
                else rng.integers(0, 1_000, n) if kind == 1 else words[rng.integers(0, 4, n)])
        table |= {"score": values[here], "label": labels[here].astype(np.int64)}
        group = pa.table(table)
        writer = writer or pq.ParquetWriter(folder / "rows.parquet", group.schema)
        writer.write_table(group)
    writer.close()


def main():
    kind, *sizes = sys.argv[1:]
    sizes = [int(size) for size in sizes]
    folder = DATA / "-".join([kind, *map(str, sizes)])
    if not folder.exists():
        # A folder of this name is whole.
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        makers = {
            "scores": scores, "alternating": alternating, "features": features, "csv": csv,
            "parquet": parquet,
        }
        makers[kind](part, *sizes)
        part.rename(folder)
    print(folder)


main()
