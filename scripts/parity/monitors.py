#!/usr/bin/env python3
"""Days until an alarm after recall falls from 0.85 to 0.75, beside MAPIE's monitor on the same
streams: both watch recall >= 0.8 with a false alarm in 5 % of streams at most.

    monitors.py PROGRAM [STREAMS]    PROGRAM is the product `contracts` of scripts/bench; 200 streams
"""

import subprocess
import sys

import numpy as np
from mapie.exchangeability_testing import RiskMonitoring

DAYS, CHANGE = 365, 60
STREAMS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
CASES = [(0.8, 0.8), (0.85, 0.85), (0.85, 0.75), (0.85, 0.7)]


def mapie(hits, rows):
    # Half of the level is for the reference, which is given here: 0.1 leaves 0.05 online.
    monitor = RiskMonitoring("recall", test_level=0.1, threshold=0.2, warn=False)
    truth = np.ones(rows.sum(), dtype=int)
    flags = np.concatenate([np.repeat([1, 0], [h, n - h]) for h, n in zip(hits, rows)])
    monitor.update(truth, flags)
    bounds = monitor.online_risk_lower_bound_sequence_history
    ends = np.cumsum(rows) - 1
    late = np.flatnonzero(bounds[ends] > 0.2)
    return int(late[0]) if len(late) else -1


def median(days):
    waits = [DAYS if day < 0 else day for day in days]
    middle = int(np.median(waits))
    return "none" if middle >= DAYS else middle - CHANGE


def main():
    rng = np.random.default_rng(16)
    print("| positives a day | recall, from day 60 on | thr: alarms, median days | MAPIE |")
    print("|---|---|---|---|")
    for size in [5, 20]:
        for before, after in CASES:
            rates = np.where(np.arange(DAYS) < CHANGE, before, after)
            rows = np.full(DAYS, size)
            streams = [rng.binomial(rows, rates) for _ in range(STREAMS)]
            lines = [
                "0.8 20 " + " ".join(f"{h} {n}" for h, n in zip(hits, rows)) for hits in streams]
            run = subprocess.run(
                [sys.argv[1], "streams"], input="\n".join(lines) + "\n", text=True,
                capture_output=True, check=True)
            ours = [int(day) for day in run.stdout.split()]
            theirs = [mapie(hits, rows) for hits in streams]
            cells = [
                f"{np.mean(np.array(days) >= 0):.3f}, {median(days) if before != after else '–'}"
                for days in [ours, theirs]]
            print(f"| {size} | {before}, {after} | {cells[0]} | {cells[1]} |", flush=True)


if __name__ == "__main__":
    main()
