"""How often the bootstrap's intervals hold the truth, on scores whose truth is known.

    python scripts/reference/bootstrap_coverage.py .build/release/thr [DATA-SETS]

Needs numpy. Positives score N(1, 1) and negatives N(-1, 1), half of each: Youden's J is best at 0,
where it is 2 Φ(1) - 1. Tells the share of data sets whose 90 % interval of the threshold holds 0,
and how near the mean over rows left out comes to what each chosen threshold is really worth,
beside the value on the rows that chose it.
"""

import json
import math
import subprocess
import sys
import tempfile

import numpy as np

ROWS = 400
CODE = 't = tune(scores(read(args[0])), youden); {t: t.threshold, v: t.value, c: confidence(t)}'


def phi(x):
    return (1 + math.erf(x / math.sqrt(2))) / 2


def main(thr, data_sets=200):
    generator = np.random.default_rng(3)
    held, left_out, optimism = 0, [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(data_sets):
            labels = np.arange(ROWS) % 2
            scores = generator.standard_normal(ROWS) + 2 * labels - 1
            path = f"{folder}/scores.csv"
            table = np.c_[scores, labels]
            np.savetxt(path, table, delimiter=",", header="score,label", comments="")
            run = subprocess.run([thr, "--json", "-e", CODE, path], capture_output=True, check=True)
            found = json.loads(run.stdout)
            interval = found["c"]["interval"]
            held += interval["lower"] <= 0 <= interval["upper"]
            truth = phi(1 - found["t"]) - phi(-1 - found["t"])
            left_out.append(found["c"]["out_of_bag"] - truth)
            optimism.append(found["v"] - truth)
    print(f"90 % intervals that hold the best threshold: {held / data_sets:.1%}")
    print(f"mean error of the value on rows that chose:  {np.mean(optimism):+.4f}")
    print(f"mean error of the value on rows left out:    {np.mean(left_out):+.4f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
