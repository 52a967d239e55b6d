"""Holds thresholds with a guarantee of recall against MAPIE's, where MAPIE is installed."""
import numpy as np

from language import literal

PROBLEMS = 12


def problem(generator):
    labels = (generator.random(600) < 0.3).astype(int)
    scores = 1 / (1 + np.exp(1.2 - generator.normal(size=600) - 2 * labels))
    return labels, scores


def of_mapie(controller, labels, scores):
    """The highest threshold of MAPIE's grid of 99 that it certifies."""
    found = controller(lambda x: np.c_[1 - x[:, 0], x[:, 0]], risk="recall", target_level=0.8,
                       confidence_level=0.9)
    found.calibrate(scores.reshape(-1, 1), labels)
    return max(found.valid_predict_params)


def recalls(thr, generator):
    """Both promise recall of 80 %, 90 % sure; the higher the threshold, the better it flags."""
    try:
        from mapie.risk_control import BinaryClassificationController
    except ImportError:
        yield "MAPIE", 0, "skipped: needs mapie (pip install mapie)", []
        return
    faults, gains = [], []
    for number in range(PROBLEMS):
        labels, scores = problem(generator)
        ours, = thr.run([f"tune(scores({literal(scores)}, {literal(labels)}), specificity, "
                         "guarantee = recall >= 80%, level=90%).threshold"])
        theirs = of_mapie(BinaryClassificationController, labels, scores)
        gains.append(ours - theirs)
        if ours < theirs:
            faults.append(f"problem {number}: {ours}, MAPIE {theirs}")
    yield ("MAPIE: guaranteed recall", PROBLEMS,
           f"threshold higher by {min(gains):.3f} to {max(gains):.3f}", faults)
