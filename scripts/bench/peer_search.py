"""The peers' searches and curves: scores in memory, one call a turn."""
import pathlib

import numpy as np


def load(folder):
    folder = pathlib.Path(folder)
    return np.fromfile(folder / "scores.f64"), np.fromfile(folder / "labels.u8", dtype=np.uint8)


def f1_of(precision, recall):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num(2 * precision * recall / (precision + recall))


def best(values, thresholds):
    place = int(np.argmax(values))
    return lambda: (thresholds[place], values[place])


def exact(folder):
    """The best F1 over all distinct scores, from scikit-learn's curve."""
    from sklearn.metrics import precision_recall_curve

    scores, labels = load(folder)

    def turn():
        precision, recall, thresholds = precision_recall_curve(labels, scores)
        return best(f1_of(precision, recall)[:-1], thresholds)

    return turn


def constraint(folder):
    """The same among the thresholds of a recall of at least 80 %."""
    from sklearn.metrics import precision_recall_curve

    scores, labels = load(folder)

    def turn():
        precision, recall, thresholds = precision_recall_curve(labels, scores)
        return best(np.where(recall >= 0.8, f1_of(precision, recall), -1)[:-1], thresholds)

    return turn


def weights(folder):
    from sklearn.metrics import precision_recall_curve

    scores, labels = load(folder)
    weights = np.fromfile(pathlib.Path(folder) / "weights.f64")

    def turn():
        precision, recall, thresholds = precision_recall_curve(
            labels, scores, sample_weight=weights)
        return best(f1_of(precision, recall)[:-1], thresholds)

    return turn


def algebra(folder):
    """F1 + recall + precision / 2 - FPR / 4 + specificity · accuracy."""
    from sklearn.metrics import roc_curve

    scores, labels = load(folder)
    positives = int(labels.sum())
    negatives = len(labels) - positives

    def turn():
        fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
        tp, fp = np.rint(tpr * positives), np.rint(fpr * negatives)
        fn, tn = positives - tp, negatives - fp
        with np.errstate(invalid="ignore", divide="ignore"):
            recall, precision, fpr = tp / (tp + fn), tp / (tp + fp), fp / (fp + tn)
            value = 2 * tp / (2 * tp + fp + fn) + recall + 0.5 * precision - 0.25 * fpr
            value += (1 - fpr) * (tp + tn) / len(labels)
        return best(np.nan_to_num(value, nan=-1), thresholds)

    return turn


def unprunable(folder):
    """Youden's J, from the ROC curve of all points."""
    from sklearn.metrics import roc_curve

    scores, labels = load(folder)

    def turn():
        fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
        return best(tpr - fpr, thresholds)

    return turn


def roc(folder):
    from sklearn.metrics import auc, roc_curve

    scores, labels = load(folder)

    def turn():
        fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
        area = auc(fpr, tpr)
        return lambda: (area,)

    return turn


def pr(folder):
    from sklearn.metrics import precision_recall_curve

    scores, labels = load(folder)

    def turn():
        precision, recall, _ = precision_recall_curve(labels, scores)
        area = -np.sum(np.diff(recall) * precision[:-1])
        return lambda: (area,)

    return turn


def auc(folder):
    from sklearn.metrics import roc_auc_score

    scores, labels = load(folder)

    def turn():
        area = roc_auc_score(labels, scores)
        return lambda: (area,)

    return turn


def packed(folder):
    """The fastest numpy that we know: score and label as one integer, sorted by AVX-512."""
    scores, labels = load(folder)

    def turn():
        # Scores of at least 0 are in the order of their bits, and their first bit is free.
        keys = scores.view(np.uint64) << np.uint64(1) | labels
        keys.sort()
        tp = np.cumsum((keys & np.uint64(1))[::-1], dtype=np.int64)
        value = 2 * tp / (np.arange(1, len(tp) + 1) + tp[-1])
        place = int(np.argmax(value))
        threshold = (keys[len(tp) - 1 - place] >> np.uint64(1)).view(np.float64)
        return lambda: (threshold, value[place])

    return turn


def polars(folder):
    import polars as pl

    scores, labels = load(folder)
    frame = pl.DataFrame({"score": scores, "label": labels})

    def turn():
        tp = pl.col("label").cast(pl.Int64).cum_sum()
        row = (frame.sort("score", descending=True)
               .with_columns((2 * tp / (pl.int_range(1, pl.len() + 1) + tp.last())).alias("f1"))
               .filter(pl.col("f1") == pl.col("f1").max()).row(0, named=True))
        return lambda: (row["score"], row["f1"])

    return turn


QUERY = """
    with counts as (select score, sum(label) as p, count(*) as n from {table} group by score),
    sums as (select score, sum(p) over w as tp, sum(n) over w as flagged, sum(p) over () as positives
             from counts window w as (order by score desc))
    select score, 2 * tp / (flagged + positives) as f1 from sums order by f1 desc, score desc limit 1
"""


def duckdb(folder):
    import duckdb

    scores, labels = load(folder)
    connection = duckdb.connect()
    connection.register("rows", {"score": scores, "label": labels})
    connection.execute("create table data as select score, label::int8 as label from rows")

    def turn():
        row = connection.execute(QUERY.format(table="data")).fetchone()
        return lambda: row

    return turn


JOBS = {
    "exact": exact, "constraint": constraint, "weights": weights, "algebra": algebra,
    "unprunable": unprunable, "roc": roc, "pr": pr, "auc": auc, "packed": packed,
    "polars": polars, "duckdb": duckdb,
}
