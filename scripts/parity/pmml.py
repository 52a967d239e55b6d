#!/usr/bin/env python3
"""Decisions written as PMML, read by JPMML on 10,000 nasty scores each, by PyPMML on 1,000.

    pmml.py THR    needs Java and `pip install jpmml-evaluator jpype1 pypmml pandas`

The scores are missing, infinite, subnormal, of float32 and next to the threshold; the label of each is
that of `score >= threshold`, and none where the score is missing.
"""

import json, math, random, struct, subprocess, sys, tempfile

import pandas as pd

THR = sys.argv[1]
THRESHOLDS = ["0.5", "1/3", "0.1", "-2.5", "0", "1e-310", "1.7976931348623157e308", "none", "0.30000001192092896"]
ROWS = 10_000


def scores(threshold, rng):
    """ROWS scores; None for a missing one."""
    near = 0.5 if threshold is None else threshold
    special = [None, math.inf, -math.inf, 0.0, -0.0, 5e-324, -5e-324, 1.7976931348623157e308, near,
               math.nextafter(near, math.inf), math.nextafter(near, -math.inf)]
    found = list(special)
    while len(found) < ROWS:
        kind = rng.randrange(4)
        if kind == 0:
            found.append(rng.choice(special))
        elif kind == 1:
            found.append(struct.unpack("f", struct.pack("f", rng.random()))[0])
        elif kind == 2:
            found.append(rng.gauss(0, 1) * 10 ** rng.randint(-300, 300))
        else:
            step = near
            for _ in range(rng.randint(0, 5)):
                step = math.nextafter(step, rng.choice([-math.inf, math.inf]))
            found.append(step)
    return found


def jpmml(path, column):
    from jpmml_evaluator import make_evaluator
    evaluator = make_evaluator(path).verify()
    return evaluator.evaluateAll(pd.DataFrame({"score": column}))["decision"].tolist()


def pypmml(path, column):
    from pypmml import Model
    model = Model.load(path)
    # One by one: its tables go through JSON of ten digits, without infinity. No class is its least integer.
    found = (model.predict({"score": value})["predicted_decision"] for value in column)
    return [None if value == -(1 << 63) else value for value in found]


def label(value):
    missing = value is None or value is pd.NA or isinstance(value, float) and math.isnan(value)
    return None if missing else int(value)


def main():
    rng, failures = random.Random(5), 0
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/decision.pmml"
        for reader in [jpmml, pypmml]:
            wrong = total = 0
            for text in THRESHOLDS:
                subprocess.run([THR, "-e", f'write(evaluate(scores([0.1, 0.9], [0, 1]), at={text}), "{path}")'],
                               check=True, stderr=subprocess.DEVNULL)
                threshold = None if text == "none" else eval(text)
                column = scores(threshold, rng)[:ROWS if reader is jpmml else ROWS // 10]
                found = reader(path, column)
                for value, given in zip(column, found, strict=True):
                    expected = None if value is None else int(threshold is not None and value >= threshold)
                    total += 1
                    if label(given) != expected:
                        wrong += 1
                        if wrong <= 5:
                            print(f"{reader.__name__}: at {text}, {value!r} is {given!r}, not {expected}")
            print(f"{reader.__name__}: {total - wrong} of {total} labels are right")
            failures += wrong
    sys.exit(bool(failures))


main()
