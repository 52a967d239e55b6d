#!/usr/bin/env python3
"""Kills thr while it saves, classifies, verifies, monitors and reports, and looks at the files after.

    scripts/interruptions.py [THR] [--times N]     the debug build's command, 200 times each

After each `kill -9` the file must be the old or the new one, byte for byte; the next whole run must
give the new one and remove what the killed runs left beside it. `thr verify` writes no file: its
contract and rows must stay as they are. Half of the runs are killed at a random moment, the other half
at the first system calls that touch files, where strace is there to count them.
"""

import argparse, os, pathlib, random, signal, shutil, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("thr", nargs="?", default=".build/debug/thr")
parser.add_argument("--times", type=int, default=200)
parser.add_argument("--only", default="", help="such as monitor")
options = parser.parse_args()
THR = str(pathlib.Path(options.thr).resolve())
# System calls, and up to which of them a run may be killed at.
CALLS = {"openat": 12, "write": 4, "fsync": 1, "rename": 1, "close": 12}
random.seed(7)
failures = []


def run(folder, words):
    return subprocess.run([THR, *words], cwd=folder, capture_output=True)


def killed_at_random(folder, words, longest):
    process = subprocess.Popen([THR, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.random() * longest)
    process.kill()
    process.wait()
    return process.returncode == -signal.SIGKILL


def killed_at_call(folder, words):
    """Killed by strace when it makes some system call for the n-th time."""
    call = random.choice(list(CALLS))
    number = random.randint(1, CALLS[call])
    status = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when={number}", THR, *words],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    return status in (-signal.SIGKILL, 128 + signal.SIGKILL)


def check(name, words, target, before, others):
    """before: text of the target before each run, or none for no such file."""
    if options.only not in name:
        return
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        for file, text in others.items():
            (folder / file).write_text(text)
        file = folder / target

        def reset():
            file.unlink(missing_ok=True)
            if before is not None:
                file.write_text(before)
        reset()
        began = time.time()
        whole = run(folder, words)
        longest = 1.2 * (time.time() - began)
        new = file.read_bytes()
        old = None if before is None else before.encode()
        if whole.returncode not in (0, 1, 3) or (new == old) != (name == "verify"):
            failures.append(f"{name}: {whole}")
            return
        killed = counts = 0
        found = {"old": 0, "new": 0}
        for turn in range(options.times):
            reset()
            dies = killed_at_call if turn % 2 and shutil.which("strace") else None
            killed += dies(folder, words) if dies else killed_at_random(folder, words, longest)
            now = file.read_bytes() if file.exists() else None
            if now == new:
                found["new"] += 1
            elif now == old:
                found["old"] += 1
            else:
                failures.append(f"{name}: a torn file of {len(now or b'')} bytes")
        left = len(list(folder.iterdir())) - len(others) - 1
        reset()
        run(folder, words)
        names = sorted(place.name for place in folder.iterdir())
        if file.read_bytes() != new or names != sorted({*others, target}):
            failures.append(f"{name}: after a whole run there are {names}")
        print(f"{name}: {options.times} runs, {killed} killed; {found['old']} with the old file, {found['new']} "
              f"with the new one, none torn; {max(left, 0)} temporary files left and removed by the next run", flush=True)


def table(rows, seed):
    rng = random.Random(seed)
    lines = ["score,label"]
    for _ in range(rows):
        label = rng.random() < 0.3
        lines.append(f"{rng.random() ** (0.5 if label else 2)!r},{int(label)}")
    return "\n".join(lines) + "\n"


rows, script = table(3000, 1), 's = scores(read("a.csv"))\nt = tune(s, f1)\n'
with tempfile.TemporaryDirectory() as path:
    folder = pathlib.Path(path)
    (folder / "a.csv").write_text(rows)
    made = run(folder, ["-e", script + 'save(t, "c.json", promise = recall >= 50%)'])
    if made.returncode:
        sys.exit(made.stderr.decode())
    contract = (folder / "c.json").read_text()
    (folder / "b.csv").write_text(table(500, 2))
    run(folder, ["monitor", "c.json", "b.csv", "--state", "c.state"])
    state = (folder / "c.state").read_text()
given = {"a.csv": rows}
save = script + 'save(t, "d.json", promise = recall >= 50%)'
check("save", ["-e", save], "d.json", contract.replace("recall", "precision"), given)
check("save of a first file", ["-e", save], "d.json", None, given)
check("classify", ["classify", "c.json", "a.csv", "-o", "out.csv"], "out.csv", "an,older\n1,2\n", {**given, "c.json": contract})
check("verify", ["verify", "c.json", "a.csv"], "c.json", contract, given)
check("monitor", ["monitor", "c.json", "a.csv", "--state", "c.state"], "c.state", state, {**given, "c.json": contract})
check("report", ["report", "r.thr", "-o", "r.html"], "r.html", "<p>older</p>", {**given, "r.thr": script + "t\nroc(s)\n"})
for failure in failures:
    print("FAILED", failure)
sys.exit(bool(failures))
