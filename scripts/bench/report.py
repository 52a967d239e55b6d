"""The measurements as Markdown and JSON, with machine and versions."""
import importlib.metadata
import json
import os
import pathlib
import platform
import shutil
import subprocess

HEADINGS = ["Job", "thr", "Peer", "Its time", "thr is faster by", "Goal", "Memory of thr", "Of the peer"]


def duration(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            break
    return f"{seconds * factor:.3g} {unit}"


def memory(size):
    return "" if size is None else f"{size / 1e6:,.0f} MB"


def ratio(value):
    return f"{value:,.1f} ×" if value < 100 else f"{value:,.0f} ×"


def machine(thr, cores):
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": model or platform.machine(), "cores": cores, "memory": memory(total),
        "system": f"{platform.system()} {platform.release()}",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "thr": subprocess.run([thr, "--version"], capture_output=True, text=True).stdout.strip(),
        "python": platform.python_version()} | versions()


def versions():
    found = {}
    for package in ("numpy", "scikit-learn", "pandas", "polars", "duckdb", "pyarrow"):
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found | r_versions()


def r_versions():
    """R's and its packages', where R is installed."""
    if shutil.which("Rscript") is None:
        return {}
    script = """
      cat("R", as.character(getRversion()), "\\n")
      for (package in c("pROC", "cutpointr"))
        if (requireNamespace(package, quietly = TRUE))
          cat(package, as.character(packageVersion(package)), "\\n")"""
    lines = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True).stdout
    return dict(line.split() for line in lines.splitlines())


def rows(results):
    for job in results:
        peers = job["peers"] or [None]
        for place, peer in enumerate(peers):
            first = place == 0
            yield [
                job["name"] if first else "", duration(job["median"]) if first else "",
                peer["name"] if peer else "", duration(peer["median"]) if peer else "",
                ratio(peer["ratio"]) if peer else "",
                ratio(peer["goal"]) if peer and peer["goal"] else "",
                memory(job["peak"]) if first else "", memory(peer["peak"]) if peer else ""]


def table(results):
    lines = [HEADINGS, ["---"] * 2 + ["---"] + ["---"] * 5, *rows(results)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


INTRODUCTION = """<!-- Written by scripts/bench/run; do not edit. -->

# Performance

Measured by `scripts/bench/run`: every side is a process of its own on the same files, the sides take
turns, and a time is the median of the turns. A ratio is the median of the turns' ratios. The answers
are compared first: thresholds, values, areas, and of a fit the objective that it reaches. Memory is
the most that a process held during a turn, its data included.
"""


def markdown(runs):
    parts = [INTRODUCTION]
    for run in runs:
        cores = run["machine"]["cores"]
        parts.append(f"## On {cores} core{'' if cores == 1 else 's'}\n")
        parts.append(table(run["jobs"]) + "\n")
        if run["skipped"]:
            parts.append("Not measured: " + "; ".join(run["skipped"]) + ".\n")
        facts = ", ".join(f"{name} {value}" for name, value in run["machine"].items())
        parts.append(f"{run['date']}. {facts[0].upper()}{facts[1:]}.\n")
    return "\n".join(parts)


def write(run, base):
    """Adds a run to the files, in place of an earlier one on as many cores."""
    path = base.with_suffix(".json")
    runs = json.loads(path.read_text()) if path.exists() else []
    cores = run["machine"]["cores"]
    runs = [other for other in runs if other["machine"]["cores"] != cores] + [run]
    runs.sort(key=lambda run: -run["machine"]["cores"])
    path.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n")
    base.with_suffix(".md").write_text(markdown(runs))
