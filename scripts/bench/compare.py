"""Runs thr and its peers turn by turn (A B C A B C …) and reports medians, ratios and memory.

Every side is a process of its own with its data loaded; whole commands are timed from start to
exit. The answers are compared before anything is reported.
"""
import argparse
import datetime
import os
import pathlib
import statistics
import sys

import report
from jobs import Jobs
from sides import Failed

REFERENCE = pathlib.Path(__file__).parents[2] / "grammar" / "reference" / "performance"


def agree(ours, theirs, tolerance):
    if tolerance is None:
        return True
    if tolerance == 0:
        return ours == theirs
    return len(ours) == len(theirs) and all(
        abs(a - b) <= tolerance * max(1, abs(b)) for a, b in zip(ours, theirs))


def measured(job, turns):
    """Medians and ratios of a job's sides, whose answers agree."""
    sides = [(name, make()) for name, make in job.sides]
    first = [side.turn() for _, side in sides]
    for (name, _), (_, answer, _) in zip(sides[1:], first[1:]):
        if not agree(first[0][1], answer, job.tolerance):
            raise Failed(f"thr answers {first[0][1]}, {name} {answer}")
    every = [[side.turn() for _, side in sides] for _ in range(turns)] if turns > 1 else [first]
    for _, side in sides:
        side.close()
    median = lambda place: statistics.median(turn[place][0] for turn in every)
    peak = lambda place: max((turn[place][2] or 0 for turn in every)) or None
    peers = [
        {"name": name, "median": median(place), "peak": peak(place),
         "ratio": statistics.median(turn[place][0] / turn[0][0] for turn in every),
         "goal": job.goals.get(name)}
        for place, (name, _) in enumerate(sides) if place > 0]
    return {"name": job.name, "turns": turns, "median": median(0), "peak": peak(0), "peers": peers}


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench/run", description=__doc__)
    parser.add_argument("--thr", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--engine", required=True, help=argparse.SUPPRESS)
    parser.add_argument("name", nargs="?", default="", help="only jobs whose name contains this")
    parser.add_argument(
        "--rows", type=lambda text: int(float(text)), default=10_000_000,
        help="scores of the searches, such as 1e6; fits and draws have a tenth of it")
    parser.add_argument("--turns", type=int, help="turns of every job")
    parser.add_argument("--cores", type=int, help="run all sides on so many cores")
    parser.add_argument("--large", action="store_true", help="also ten times as many rows of CSV")
    parser.add_argument(
        "--output", type=pathlib.Path,
        help="where to write, without ending; by default the reference, after all jobs in full")
    return parser.parse_args()


def main():
    asked = options()
    cores = sorted(os.sched_getaffinity(0))[:asked.cores]
    os.sched_setaffinity(0, cores)
    skipped, results, failures = [], [], []

    def skip(what):
        if what not in skipped:
            skipped.append(what)
            print(f"bench: {what}", file=sys.stderr)

    run = {"date": f"{datetime.date.today()}", "machine": report.machine(asked.thr, len(cores))}
    jobs = Jobs(asked.thr, asked.engine, asked.rows, skip)
    for job in jobs.all(asked.large):
        if asked.name not in job.name:
            continue
        try:
            results.append(measured(job, asked.turns or job.turns))
        except Failed as failure:
            failures.append(f"{job.name}: {failure}")
            print(f"bench: failed: {failures[-1]}", file=sys.stderr)
            continue
        for line in report.rows(results[-1:]):
            print(" | ".join(part for part in line if part), flush=True)
    run |= {"skipped": skipped + failures, "jobs": results}
    isFull = asked.name == "" and asked.rows == 10_000_000
    if asked.output or isFull:
        report.write(run, asked.output or REFERENCE)
    if failures:
        sys.exit(1)


if __name__ == "__main__":
    main()
