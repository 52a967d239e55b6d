"""Holds decision curves against those of dcurves, where it is installed."""
from pathlib import Path

import numpy as np

from language import literal

PROBLEMS = 20
# Of 0 dcurves has the net benefit of flagging every row, as thr; 1 has none.
THRESHOLDS = [step / 100 for step in range(100)]


def published():
    """The data set of dcurves' tutorial: 750 patients, a model's probability of cancer."""
    import dcurves
    import pandas as pd

    frame = pd.read_csv(Path(dcurves.__file__).parent / "data" / "df_binary.csv")
    return frame["cancer"].to_numpy().astype(int), frame["cancerpredmarker"].to_numpy()


def problem(generator):
    labels = (generator.random(300) < 0.3).astype(int)
    scores = 1 / (1 + np.exp(1.2 - generator.normal(size=300) - labels))
    return labels, scores


def of_dcurves(labels, scores):
    import pandas as pd
    from dcurves import dca

    found = dca(data=pd.DataFrame({"y": labels, "p": scores}), outcome="y", modelnames=["p"],
                thresholds=THRESHOLDS)
    return found[found["model"] == "p"].sort_values("threshold")["net_benefit"].to_numpy()


def curves(thr, generator):
    """The net benefit at 100 thresholds of each problem."""
    try:
        import dcurves  # noqa: F401
    except ImportError:
        yield "dcurves", 0, "skipped: needs dcurves (pip install dcurves)", []
        return
    problems = [published()] + [problem(generator) for _ in range(PROBLEMS)]
    faults, worst = [], 0
    for number, (labels, scores) in enumerate(problems):
        found, = thr.run([
            f"decision_curve(scores({literal(scores)}, {literal(labels)}), step=0.01).net_benefit"])
        expected = of_dcurves(labels, scores)
        difference = np.abs(np.array(found[:100], float) - expected).max()
        worst = max(worst, difference)
        if len(found) < 99 or not difference <= 1e-12:
            faults.append(f"problem {number}: differs by {difference}")
    yield "dcurves: net benefit", len(problems), f"differs by {worst:.1e}", faults
