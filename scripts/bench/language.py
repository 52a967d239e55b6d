"""Runs programs of thr and of its peers turn by turn (A B A B ...), whole processes, medians.

The output of both sides is compared before a ratio is printed. A ratio is thr's time over the
peer's; "at most" is what it should not exceed.
"""
import argparse
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


def seconds(command):
    start = time.perf_counter()
    output = subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True,
        stdin=subprocess.DEVNULL).stdout
    return time.perf_counter() - start, output.split()


def compare(name, ours, theirs, limit, turns, same=True):
    first = seconds(ours), seconds(theirs)
    if same and first[0][1] != first[1][1]:
        sys.exit(f"{name}: the answers differ: {first[0][1]} and {first[1][1]}")
    pairs = [(seconds(ours)[0], seconds(theirs)[0]) for _ in range(turns)]
    ratio = statistics.median(own / peer for own, peer in pairs)
    own, peer = (statistics.median(pair[side] for pair in pairs) * 1e3 for side in (0, 1))
    mark = "" if ratio <= limit else "  too slow"
    print(f"{name:<40}{own:>9.1f} ms{peer:>9.1f} ms{ratio:>8.2f}  at most {limit}{mark}", flush=True)


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


def table(folder):
    """10^6 rows of two columns of numbers."""
    path = folder / "rows.csv"
    numbers = random.Random(7)
    with open(path, "w") as file:
        file.write("age,income\n")
        for _ in range(1_000_000):
            file.write(f"{numbers.randrange(18, 90)},{numbers.randrange(90_000)}\n")
    return path


def filter_rows(thr, python, folder, turns):
    """The time that the filter adds to reading the rows, of each side."""
    if subprocess.run([python, "-c", "import pandas"], capture_output=True).returncode:
        return print("filter: skipped, as pandas is not installed")
    rows = table(folder)
    thr_read = f't = read("{rows}")\n'
    thr_code = "".join(f"n{i} = filter(t, age > 30 and income < 40000)\n" for i in range(20))
    ours = [folder / "read.thr", folder / "filter.thr"]
    ours[0].write_text(thr_read)
    ours[1].write_text(thr_read + thr_code)
    read = f'import pandas\nt = pandas.read_csv("{rows}")\n'
    code = "".join(f"n{i} = t[(t.age > 30) & (t.income < 40000)]\n" for i in range(20))
    theirs = [folder / "read.py", folder / "filter.py"]
    theirs[0].write_text(read)
    theirs[1].write_text(read + code)
    times = []
    for _ in range(turns):
        own = [seconds([thr, path])[0] for path in ours]
        peer = [seconds([python, path])[0] for path in theirs]
        times.append(((own[1] - own[0]) / 20, (peer[1] - peer[0]) / 20))
    own, peer = (statistics.median(pair[side] for pair in times) * 1e3 for side in (0, 1))
    mark = "" if own <= 2 * peer else "  too slow"
    print(f"{'filter, two conditions on 10^6 rows':<40}{own:>9.1f} ms{peer:>9.1f} ms"
          f"{own / peer:>8.2f}  at most 2{mark}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--thr", required=True)
    parser.add_argument("--pandas", default=sys.executable, help="a Python that has pandas")
    parser.add_argument("name", nargs="?", default="")
    options = parser.parse_args()
    thr, turns = options.thr, 11
    print(f"{'job':<40}{'thr':>12}{'peer':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wanted = lambda job: options.name in job  # noqa: E731
        if wanted("start"):
            compare("start: -e 1", [thr, "-e", "1"], [sys.executable, "-c", "1"], 0.4, 31, False)
            if shutil.which("sqlite3"):
                compare("start: -e 1 (sqlite3)", [thr, "-e", "1"],
                        ["sqlite3", ":memory:", "select 1"], 1.5, 31, False)
        for job, own, peer, limit in JOBS:
            if not wanted(job):
                continue
            paths = folder / "job.thr", folder / "job.py"
            for path, code in zip(paths, (own, peer)):
                path.write_text(code)
            compare(job, [thr, paths[0]], [sys.executable, paths[1]], limit, turns)
        if wanted("filter"):
            filter_rows(thr, options.pandas, folder, turns)
        if wanted("memory"):
            paths = folder / "list.thr", folder / "list.py"
            paths[0].write_text("xs = [x / 2 for x in range(10000000)]\nlen(xs)\n")
            paths[1].write_text("xs = [x / 2 for x in range(10000000)]\nprint(len(xs))\n")
            own, peer = memory([thr, paths[0]]), memory([sys.executable, paths[1]])
            mark = "" if own <= peer / 2 else "  too much"
            print(f"{'memory: a list of 10^7 numbers':<40}{own:>8.0f} MiB{peer:>8.0f} MiB"
                  f"{own / peer:>8.2f}  at most 0.5{mark}")


main()
