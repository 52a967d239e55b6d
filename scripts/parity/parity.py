"""Holds thr against numpy and scikit-learn on random problems, and prints a table.

Exits with status 1 where anything differs by more than is promised: no bit of X with two
informative features, of y and of the rows of each part; 1e-12 of other X, of metrics, curves and
areas, and of what a search finds; 1e-8 of a fit's coefficients and of a spline. R's pROC, cutpointr
and ROCR, MAPIE and dcurves are compared where they are installed.
"""
import argparse
import sys

import numpy as np
import sklearn

import data
import decisions
import fits
import folds
import guarantees
import judging
import rpackages
from language import Thr

PARTS = {
    "synth": data.synth, "split": data.split, "logreg": fits.logreg, "curves": judging.curves,
    "metrics": judging.evaluations, "tune": judging.tunings,
    "cv": folds.mean_curves, "R": rpackages.comparisons,
    "MAPIE": guarantees.recalls, "dcurves": decisions.curves,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--thr", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("part", nargs="?", default="")
    options = parser.parse_args()
    print(f"against numpy {np.__version__} and scikit-learn {sklearn.__version__}, "
          f"seed {options.seed}")
    failed = False
    for name, part in PARTS.items():
        if options.part not in name:
            continue
        for title, problems, finding, faults in part(
                Thr(options.thr), np.random.default_rng(options.seed)):
            print(f"{title:<28}{problems:>5} problems   {finding}", flush=True)
            failed = failed or bool(faults)
            for fault in faults[:10]:
                print(f"    differs: {fault}")
    sys.exit(1 if failed else 0)


main()
