"""Runs programs of thr and of its peers turn by turn (A B A B ...), whole processes, medians.

The output of both sides is compared before a ratio is printed. A ratio is thr's time over the
peer's, by the clock and in processor time; "at most" is what the processor time should not exceed,
as other work on the machine lengthens the time by the clock.
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# name, thr, Python, what the ratio should not exceed
JOBS = [
    ("10^6 additions", """
s = 0
for i in range(1000000) { s = s + i }
s
""", """
s = 0
for i in range(1000000):
    s = s + i
print(s)
""", 0.8),
    ("comprehension of 10^6, filtered", """
len([x * 2 for x in range(1000000) if x % 3 == 0])
""", """
print(len([x * 2 for x in range(1000000) if x % 3 == 0]))
""", 0.8),
    ("10^5 interpolated texts", """
xs = ["row {i}: {i * 2}" for i in range(100000)]
xs[99999]
""", """
xs = [f"row {i}: {i * 2}" for i in range(100000)]
print(xs[99999])
""", 0.8),
    ("10^6 appends", """
xs = []
for i in range(1000000) { xs = xs + [i] }
len(xs)
""", """
xs = []
for i in range(1000000):
    xs.append(i)
print(len(xs))
""", 0.8),
    ("fib(25)", """
fn fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
fib(25)
""", """
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(25))
""", 1.0),
    ("10^6 calls of abs", """
s = 0
for i in range(1000000) { s = abs(i) }
s
""", """
s = 0
for i in range(1000000):
    s = abs(i)
print(s)
""", 1.5),
]


# The verbs of tables: name, the key of both tables, thr, pandas, how often they are run, what the
# ratio should not exceed.
VERBS = [
    ("filter, two conditions", None, "n = filter(t, age > 30 and income < 40000)",
     "n = t[(t.age > 30) & (t.income < 40000)]", 20, 2),
    ("derive, arithmetic", None, "n = derive(t, ratio = income / age)",
     "n = t.assign(ratio=t.income / t.age)", 20, 3),
    ("derive, a condition", None, "n = derive(t, young = age < 30 or income > 80000)",
     "n = t.assign(young=(t.age < 30) | (t.income > 80000))", 20, 3),
    ("join on numbers", "id", 'n = join(t, u, on="id")',
     "n = t.merge(u, on='id', how='left')", 5, 3),
    ("join on texts", "name", 'n = join(t, u, on="name")',
     "n = t.merge(u, on='name', how='left')", 5, 3),
]


class Run:
    """A process from start to exit: seconds by the clock, of the processor, and what it printed."""

    def __init__(self, command):
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.output = process.stdout.read().split()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        self.processor = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{command}: exit status {process.returncode}")


def show(name, pairs, at_most, allowance=0):
    """Prints the medians of pairs of runs: thr's and its peer's.

    `pairs` holds (wall, processor) of both sides; where there is an allowance, in seconds, it is
    the difference that counts.
    """
    median = lambda side, part: statistics.median(pair[side][part] for pair in pairs)  # noqa: E731
    times = [median(side, 0) * 1e3 for side in (0, 1)]
    ratios = [statistics.median(pair[0][part] / pair[1][part] for pair in pairs)
              for part in (0, 1)]
    if allowance:
        is_met = median(0, 1) <= median(1, 1) + allowance
        limit = f"peer + {allowance * 1e3:g} ms"
    else:
        is_met, limit = ratios[1] <= at_most, at_most
    print(f"{name:<40}{times[0]:>9.1f} ms{times[1]:>9.1f} ms{ratios[0]:>8.2f}{ratios[1]:>11.2f}"
          f"  at most {limit}{'' if is_met else '  too slow'}", flush=True)


def compare(name, ours, theirs, limit, turns, same=True, allowance=0):
    first = Run(ours), Run(theirs)
    if same and first[0].output != first[1].output:
        sys.exit(f"{name}: the answers differ: {first[0].output} and {first[1].output}")
    pairs = []
    for _ in range(turns):
        own, peer = Run(ours), Run(theirs)
        pairs.append(((own.wall, own.processor), (peer.wall, peer.processor)))
    show(name, pairs, limit, allowance)


def memory(command):
    """The most memory that a process held, in MiB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
        "stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    output = subprocess.run(
        [sys.executable, "-c", code, *map(str, command)], check=True, capture_output=True,
        text=True).stdout
    return int(output) / 1024


def tables(folder):
    """10^6 rows with two columns of numbers and two of keys, and as many labels of these keys."""
    numbers, keys = random.Random(7), list(range(1_000_000))
    with open(folder / "rows.csv", "w") as file:
        file.write("id,name,age,income\n")
        for key in keys:
            file.write(f"{key},k{key},{numbers.randrange(18, 90)},{numbers.randrange(90_000)}\n")
    numbers.shuffle(keys)
    with open(folder / "keys.csv", "w") as file:
        file.write("id,name,label\n")
        for key in keys:
            file.write(f"{key},k{key},{key % 2}\n")


def verb(thr, python, folder, job, turns):
    """The time that the verb adds to reading the rows, of each side."""
    name, key, own, peer, repeats, limit = job
    columns = f'["{key}", "age", "income"]' if key else '["age", "income"]'
    setups = {
        ".thr": f't = select(read("{folder}/rows.csv"), {columns})\n',
        ".py": f'import pandas\nt = pandas.read_csv("{folder}/rows.csv")[{columns}]\n',
    }
    if key:
        setups[".thr"] += f'u = select(read("{folder}/keys.csv"), ["{key}", "label"])\n'
        setups[".py"] += f'u = pandas.read_csv("{folder}/keys.csv")[["{key}", "label"]]\n'
    commands = {}
    for end, line, last in (".thr", own, "print(n.rows)"), (".py", peer, "print(len(n))"):
        for kind, code in ("read", ""), ("verb", f"{line}\n" * repeats + last + "\n"):
            path = folder / (kind + end)
            path.write_text(setups[end] + code)
            commands[kind, end] = [thr if end == ".thr" else python, path]
    counts = [Run(commands["verb", end]).output for end in (".thr", ".py")]
    if counts[0] != counts[1]:
        sys.exit(f"{name}: the answers differ: {counts}")
    pairs = []
    for _ in range(turns):
        sides = []
        for end in (".thr", ".py"):
            read, run = Run(commands["read", end]), Run(commands["verb", end])
            sides.append(((run.wall - read.wall) / repeats,
                          (run.processor - read.processor) / repeats))
        pairs.append(sides)
    show(f"{name}, 10^6 rows", pairs, limit)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--thr", required=True)
    parser.add_argument("--pandas", default=sys.executable, help="a Python that has pandas")
    parser.add_argument("name", nargs="?", default="")
    options = parser.parse_args()
    thr, turns = options.thr, 11
    print(f"{'job':<40}{'thr':>12}{'peer':>12}{'ratio':>8}{'processor':>11}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wanted = lambda job: options.name in job  # noqa: E731
        if wanted("start"):
            compare("start: -e 1", [thr, "-e", "1"], [sys.executable, "-c", "1"], 0.4, 31, False)
            if shutil.which("sqlite3"):
                compare("start: -e 1 (sqlite3)", [thr, "-e", "1"],
                        ["sqlite3", ":memory:", "select 1"], None, 31, False, 0.001)
        for job, own, peer, limit in JOBS:
            if not wanted(job):
                continue
            paths = folder / "job.thr", folder / "job.py"
            for path, code in zip(paths, (own, peer)):
                path.write_text(code)
            compare(job, [thr, paths[0]], [sys.executable, paths[1]], limit, turns)
        verbs = [job for job in VERBS if wanted(job[0])]
        if verbs and subprocess.run(
                [options.pandas, "-c", "import pandas"], capture_output=True).returncode:
            print("verbs of tables: skipped, as pandas is not installed")
        elif verbs:
            tables(folder)
            for job in verbs:
                verb(thr, options.pandas, folder, job, turns)
        if wanted("memory"):
            paths = folder / "list.thr", folder / "list.py"
            paths[0].write_text("xs = [x / 2 for x in range(10000000)]\nlen(xs)\n")
            paths[1].write_text("xs = [x / 2 for x in range(10000000)]\nprint(len(xs))\n")
            own, peer = memory([thr, paths[0]]), memory([sys.executable, paths[1]])
            mark = "" if own <= peer / 2 else "  too much"
            print(f"{'memory: a list of 10^7 numbers':<40}{own:>8.0f} MiB{peer:>8.0f} MiB"
                  f"{own / peer:>8.2f}  at most 0.5{mark}")


main()
