"""A file to its best F1, as a whole process: `whole.py pandas|polars|duckdb FILE`."""
import sys


def pandas_sklearn(path):
    import numpy as np
    import pandas as pd
    from sklearn.metrics import precision_recall_curve

    columns = ["score", "label"]
    read = pd.read_parquet if path.endswith(".parquet") else pd.read_csv
    frame = read(path, columns=columns) if read is pd.read_parquet else read(path, usecols=columns)
    precision, recall, thresholds = precision_recall_curve(frame["label"], frame["score"])
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))[:-1]
    place = int(np.argmax(f1))
    return thresholds[place], f1[place]


def polars_numpy(path):
    import numpy as np
    import polars as pl

    scan = pl.scan_parquet if path.endswith(".parquet") else pl.scan_csv
    frame = scan(path).select("score", "label").collect()
    scores = frame["score"].to_numpy()
    labels = frame["label"].to_numpy().astype(np.uint64)
    keys = scores.view(np.uint64) << np.uint64(1) | labels
    keys.sort()
    tp = np.cumsum((keys & np.uint64(1))[::-1], dtype=np.int64)
    f1 = 2 * tp / (np.arange(1, len(tp) + 1) + tp[-1])
    place = int(np.argmax(f1))
    return (keys[len(tp) - 1 - place] >> np.uint64(1)).view(np.float64), f1[place]


def duckdb_alone(path):
    import duckdb

    from peer_search import QUERY

    return duckdb.connect().execute(QUERY.format(table=f"'{path}'")).fetchone()


kind, path = sys.argv[1:]
ways = {"pandas": pandas_sklearn, "polars": polars_numpy, "duckdb": duckdb_alone}
print(*(repr(float(number)) for number in ways[kind](path)))
