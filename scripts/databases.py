"""Databases against files: the same table in each engine and as CSV gives the same answers.

Called by scripts/databases with the command to test.
"""

import contextlib, csv, glob, json, os, random, shutil, signal, socket, subprocess, sys, tempfile, time

THR = sys.argv[1]
BIN = os.path.dirname(sys.executable)
SITE = next(p for p in sys.path if p.endswith("site-packages"))
ROWS = int(os.environ.get("THR_DATABASE_ROWS", "60000"))
failures = []


def driver(name):
    found = glob.glob(f"{SITE}/adbc_driver_{name}/*.so")
    return found[0] if found else None


def thr(code, *flags, env=None):
    result = subprocess.run(
        [THR, "--json", *flags, "-e", code], capture_output=True, text=True, timeout=120,
        env={**os.environ, **(env or {})})
    values = [json.loads(line) for line in result.stdout.splitlines()]
    return result.returncode, values, result.stderr


def rows():
    random.seed(20)
    for i in range(ROWS):
        fraud = random.random() < 0.1
        p = random.random() ** (0.5 if fraud else 2.5)
        if i % 3 == 0:
            p = round(p, 2)
        yield (i, repr(p), "fraud" if fraud else "ok", random.randint(0, 900),
               "2026-10-%02d" % (1 + i % 30), random.choice(["no", "se", "dk"]))


HEADER = ["id", "p", "outcome", "amount", "day", "country"]
DECLARED = "(id INTEGER, p DOUBLE PRECISION, outcome TEXT, amount INTEGER, day TEXT, country TEXT)"
SCORES = 'scores(t, score="p", label="outcome", positive="fraud")'
QUESTIONS = [
    f"tune({SCORES}, {metric}{options})"
    for metric, options in [
        ("f1", ""), ("youden", ""), ("mcc", ", default=0.3"), ("accuracy", ', ties="lowest"'),
        ("cost(fp=1, fn=20)", ""), ("recall", ", where = precision >= 40%"),
        ("precision", ", where = recall >= 30% and flag_rate <= 10%"), ("fp + 7*fn", ""),
        ("abs(recall - 80%)", ""), ("f1", ", midpoint=true"), ("tpr - fpr", ', goal="max"'),
        ('fn["amount"] + 4*flagged', ", where = flag_rate <= 5%"),
    ]
] + [
    f"evaluate({SCORES}, at=0.25)", f"evaluate({SCORES}, at=0.5, by=\"country\")",
    f'tune(scores(filter(t, day >= "2026-10-11" and country != "no" and not (amount > 700)), '
    'score="p", label="outcome", positive="fraud"), f1)',
    'tune(scores(derive(t, q = 2*p - 1), score="q", label="outcome", positive="fraud"), kappa)',
    'tune(scores(filter(t, country in ["se", "dk"] or amount < 10), score="p", label="outcome", '
    'positive="fraud"), jaccard)',
    "head(sort(select(t, [\"id\", \"amount\"]), by=\"id\", descending=true), 3)",
]


def close(one, other):
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(close(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return one == other or (None not in (one, other)
                                and abs(one - other) <= 1e-9 * max(abs(one), abs(other)))
    return one == other


def answer(read, question):
    """What a question shows, or the error that refuses it: a constraint may be out of reach."""
    status, values, errors = thr(f"t = {read}\n{question}")
    if status == 0:
        return values, errors
    found = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
    return [e["message"] for e in found if e["severity"] == "error"] or errors, errors


def compare(name, read, local):
    bad = 0
    for question, expected in zip(QUESTIONS, local):
        values, errors = answer(read, question)
        if not close(values, expected):
            bad += 1
            failures.append(f"{name}: {question}\n  expected {expected}\n  found {values} {errors[-400:]}")
    print(f"{name}: {len(QUESTIONS) - bad} of {len(QUESTIONS)} answers are those of the file")


def fails(name, code, words, env=None):
    status, _, errors = thr(code, env=env)
    if status == 0 or not any(word in errors for word in words):
        failures.append(f"{name}: expected an error with one of {words}, found {status} {errors[-400:]}")
    else:
        print(f"{name}: reported")


@contextlib.contextmanager
def postgres(folder):
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not found:
        print("skipped: PostgreSQL is not installed")
        yield None
        return
    home, port = os.path.join(folder, "pg"), 5433 + os.getpid() % 2000
    os.mkdir(home)
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    if user:
        os.chmod(folder, 0o755)
        shutil.chown(home, "postgres", "postgres")
    def run(*words):
        subprocess.run([*user, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
    word = os.path.join(home, "word")
    with open(word, "w") as file:
        file.write("right")
    if user:
        shutil.chown(word, "postgres", "postgres")
    run(f"{found[-1]}/initdb", "-D", f"{home}/data", "-A", "scram-sha-256", "-U", "thr", f"--pwfile={word}")
    run(f"{found[-1]}/pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-o",
        f"-p {port} -k {home} -c listen_addresses=127.0.0.1", "start")
    try:
        yield port, home, lambda mode: run(f"{found[-1]}/pg_ctl", "-D", f"{home}/data", "-m", mode, "-W", "stop")
    finally:
        subprocess.run([*user, f"{found[-1]}/pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def main(folder):
    path = os.path.join(folder, "preds.csv")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows())
    local = [answer(f'read("{path}")', question)[0] for question in QUESTIONS]
    assert sum(isinstance(values[0], str) for values in local) <= 3, local

    # SQLite
    import sqlite3
    file = os.path.join(folder, "risk.sqlite")
    with sqlite3.connect(file) as db:
        db.execute(f"CREATE TABLE preds {DECLARED}")
        db.executemany("INSERT INTO preds VALUES (?, ?, ?, ?, ?, ?)",
                       [(i, float(p), *rest) for i, p, *rest in rows()])
    if driver("sqlite"):
        compare("SQLite by ADBC", f'connect("{driver("sqlite")}", "{file}") |> read("preds")', local)

    # DuckDB by its own client
    if os.path.exists(f"{BIN}/duckdb"):
        file = os.path.join(folder, "risk.duckdb")
        subprocess.run([f"{BIN}/duckdb", file, f"CREATE TABLE preds {DECLARED}; "
                        f"INSERT INTO preds SELECT * FROM read_csv('{path}', all_varchar=true)"],
                       check=True, stdout=subprocess.DEVNULL)
        compare("DuckDB by its client",
                f'connect("command", "{BIN}/duckdb {file} -csv -c") |> read("preds")', local)

    with postgres(folder) as server:
        if server and driver("postgresql"):
            port, home, stop = server
            url = f"postgresql://thr@127.0.0.1:{port}/postgres"
            env = {"PGPASSWORD": "right"}
            os.environ.update(env)
            subprocess.run(["psql", url, "-q", "-c", f"CREATE TABLE preds {DECLARED}", "-c",
                            f"\\copy preds FROM '{path}' CSV HEADER"], check=True)
            open_ = f'connect("{driver("postgresql")}", "{url}")'
            compare("PostgreSQL by ADBC", f'{open_} |> read("preds")', local)
            compare("PostgreSQL by psql", f'connect("command", "psql {url} --csv -c") |> read("preds")', local)
            manifest = os.path.join(folder, "drivers")
            os.mkdir(manifest)
            with open(f"{manifest}/postgresql.toml", "w") as text:
                text.write(f'[Driver]\nshared = "{driver("postgresql")}"\n')
            status, values, errors = thr(f'connect("{url}").tables', env={"ADBC_DRIVER_PATH": manifest})
            if status or "preds" not in values[0]:
                failures.append(f"manifest: {values} {errors}")
            faults(open_, url, folder, stop)


def faults(open_, url, folder, stop):
    fails("wrong driver", f'read(connect("/etc/passwd", "{url}"), "preds")', ["no ADBC driver"])
    fails("no driver", f'read(connect("nonesuch", "{url}"), "preds")', ["dbc install"])
    wrong = open_.replace("thr@", "thr:wrong@")
    fails("wrong password", f'read({wrong}, "preds")', ["password authentication failed"])
    _, _, errors = thr(f'read({wrong}, "preds")')
    if "wrong@" in errors.split("E0510")[-1].split("\n")[0]:
        failures.append("the password is shown: " + errors)
    fails("no table", f'read({open_}, "nonesuch")', ["does not exist"])
    fails("texts as scores",
          f'tune(scores(read({open_}, "preds"), score="country", label="outcome", positive="fraud"), f1)',
          ["country", "type"])
    fails("no server", f'read({open_.replace("/postgres", "/nodatabase")}, "preds")', ["does not exist"])
    plan = thr(f't = read({open_}, "preds")\ntune({SCORES}, f1)', "--dry-run")
    if plan[0] or len(plan[1]) != 4 or "MIN(" not in plan[1][0]:
        failures.append(f"dry run: {plan}")
    # The table changes after each answer: a trigger cannot, so a client that changes it does.
    client = os.path.join(folder, "client")
    with open(client, "w") as text:
        text.write(f'#!/bin/sh\npsql "{url}" --csv -c "$1"\n'
                   f'psql "{url}" -q -c "DELETE FROM preds WHERE id IN (SELECT id FROM preds LIMIT 5)"\n')
    os.chmod(client, 0o755)
    fails("changed table", f't = read(connect("command", "{client}"), "preds")\ntune({SCORES}, f1)',
          ["changed during the search"])
    # The server goes away while it is asked.
    slow = f'read({open_}, query="select p, outcome, pg_sleep(0.001) from preds")'
    process = subprocess.Popen(
        [THR, "-e", f't = {slow}\ntune({SCORES}, f1)'], stderr=subprocess.PIPE, text=True)
    time.sleep(2)
    stop("immediate")
    try:
        errors = process.communicate(timeout=60)[1]
        if process.returncode != 1 or "E0510" not in errors:
            failures.append(f"killed server: {process.returncode} {errors}")
        else:
            print("killed server: reported")
    except subprocess.TimeoutExpired:
        process.kill()
        failures.append("killed server: it hangs")


with tempfile.TemporaryDirectory() as folder:
    main(folder)
for failure in failures:
    print("FAILED", failure)
print("all answers are right" if not failures else f"{len(failures)} failures")
sys.exit(bool(failures))
