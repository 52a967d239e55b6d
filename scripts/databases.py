"""Databases against files: the same table in each engine and as CSV gives the same answers.

Called by scripts/databases with the command to test. THR_DATABASE_ONLY="Sail" asks only engines
whose name has that word. THR_SPARK_HOME names an unpacked Spark (pyspark's
folder, `pip install --no-deps pyspark`): it is then asked too, as a cluster of two executors.
"""

import contextlib, copy, csv, glob, importlib.util, io, json, os, random, shutil, signal, socket, subprocess, sys, tempfile, time

THR = sys.argv[1]
BIN = os.path.dirname(sys.executable)
SITE = next(p for p in sys.path if p.endswith("site-packages"))
ONLY = os.environ.get("THR_DATABASE_ONLY", "")
ROWS = int(os.environ.get("THR_DATABASE_ROWS", "60000"))
failures = []


def driver(name):
    found = glob.glob(f"{SITE}/adbc_driver_{name}/*.so")
    return found[0] if found else None


def thr(code, *flags, env=None):
    result = subprocess.run(
        [THR, "--json", *flags, "-e", code], capture_output=True, text=True, timeout=600,
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
        yield (i, repr(p), "fraud" if fraud else "ok", random.randint(0, 900) if i % 97 else None,
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


def compare(name, read, local, folder, ask=None):
    if ONLY not in name:
        return
    bad = 0
    for question, expected in zip(QUESTIONS, local):
        values, errors = answer(read, question)
        if not close(values, expected):
            bad += 1
            failures.append(f"{name}: {question}\n  expected {expected}\n  found {values} {errors[-400:]}")
    print(f"{name}: {len(QUESTIONS) - bad} of {len(QUESTIONS)} answers are those of the file")
    found = shipped(read, folder)
    if not close(found, SHIPPED):
        failures.append(f"{name}: contracts: expected {SHIPPED}, found {found}")
    if ask:
        certified(name, read, folder, ask)


def fails(name, code, words, env=None):
    status, _, errors = thr(code, env=env)
    if status == 0 or not any(word in errors for word in words):
        failures.append(f"{name}: expected an error with one of {words}, found {status} {errors[-400:]}")
    else:
        print(f"{name}: reported")


spec = importlib.util.spec_from_file_location("certificate", "scripts/certificate.py")
CHECKER = importlib.util.module_from_spec(spec)
spec.loader.exec_module(CHECKER)


def numbers(value, path=()):
    """The paths of all numbers in a certificate."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, inner in items:
        yield from numbers(inner, (*path, key))


def refusal(certificate, rows):
    try:
        return CHECKER.check(certificate, iter(rows))
    except (ValueError, KeyError, TypeError, IndexError, SyntaxError) as error:
        return repr(error)


def certified(name, read, folder, ask):
    """The checker accepts a certificate beside the rows that its query gives, and no changed one.

    ask runs SQL by another client and gives CSV.
    """
    path, changed, accepted = os.path.join(folder, "cert.json"), 0, 0
    choices = ["f1", "mcc", "cost(fp=1, fn=20)", "recall, where = precision >= 40%", "fp + 7*fn"]
    for choice in choices:
        status, _, errors = thr(f't = {read}\nwrite(tune({SCORES}, {choice}).certificate, "{path}")')
        if status:
            failures.append(f"{name}: no certificate of {choice}: {errors}")
            continue
        with open(path) as file:
            certificate = json.load(file)
        rows = [tuple(map(float, row)) for row in list(csv.reader(io.StringIO(ask(certificate["query"]))))[1:]]
        rows = [(score, int(label), weight) for score, label, weight in rows]
        if fault := refusal(certificate, rows):
            failures.append(f"{name}: the certificate of {choice} is refused: {fault}")
            continue
        accepted += 1
        for place in numbers(certificate):
            other = copy.deepcopy(certificate)
            inner = other
            for key in place[:-1]:
                inner = inner[key]
            inner[place[-1]] += max(1e-3, abs(inner[place[-1]]) * 1e-3)
            changed += 1
            if not refusal(other, rows):
                failures.append(f"{name}: {choice}: accepted with {place} changed")
        other = list(rows)
        other[len(rows) // 2] = (*rows[len(rows) // 2][:2], rows[len(rows) // 2][2] + 1)
        if not refusal(certificate, other):
            failures.append(f"{name}: {choice}: accepted with another row")
    print(f"{name}: {accepted} of {len(choices)} certificates are accepted, {changed} changed ones refused")


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def asked(connection, sql):
    """The answer of a DB-API connection as CSV, each number with all its digits."""
    with contextlib.closing(connection) as open_:
        cursor = open_.cursor()
        cursor.execute(sql)
        return "score,label,weight\n" + "".join(",".join(map(repr, row)) + "\n" for row in cursor.fetchall())


def through(open_, sql, folder):
    """The answer that thr itself gets."""
    path = os.path.join(folder, "answer.csv")
    status, _, errors = thr(f'write(head(read({open_}, query={json.dumps(sql)}), 1000000), "{path}")')
    if status:
        failures.append(f"{sql}: {errors}")
        return ""
    with open(path) as file:
        return file.read()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def listening(process, port, seconds):
    """The port, as soon as a server listens there; None if the process ends before."""
    for _ in range(10 * seconds):
        with socket.socket() as probe:
            if process.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    return port if process.poll() is None else None


@contextlib.contextmanager
def sail(words, folder):
    """A server of Sail with two workers, which speaks Flight SQL or Spark Connect."""
    if not os.path.exists(f"{BIN}/sail"):
        print("skipped: Sail is not installed")
        yield None
        return
    port = free_port()
    env = {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
           "SAIL_CLUSTER__WORKER_MAX_COUNT": "2"}
    with open(os.path.join(folder, f"{words[0]}.log"), "w") as log:
        process = subprocess.Popen([f"{BIN}/sail", *words, "server", "--port", str(port)],
                                   stdout=log, stderr=log, env={**os.environ, **env})
    try:
        yield listening(process, port, seconds=30)
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def spark(folder):
    """A real Spark with two executors, which speaks Spark Connect; about a minute."""
    home = os.environ.get("THR_SPARK_HOME")
    if not home:
        print("skipped: THR_SPARK_HOME names no Spark")
        yield None
        return
    port = free_port()
    settings = [
        "spark.executor.memory=800m", "spark.ui.enabled=false", "spark.sql.shuffle.partitions=4",
        f"spark.connect.grpc.binding.port={port}", "spark.connect.grpc.binding.address=127.0.0.1"]
    env = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1",
           "SPARK_LOG_DIR": folder, "SPARK_PID_DIR": folder}
    with open(os.path.join(folder, "spark.out"), "w") as log:
        process = subprocess.Popen(
            ["bash", f"{home}/sbin/start-connect-server.sh", "--master", "local-cluster[2,1,1024]",
             "--driver-memory", "512m", *[word for value in settings for word in ("--conf", value)]],
            stdout=log, stderr=log, env=env, cwd=folder, start_new_session=True)
    try:
        yield listening(process, port, seconds=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def duckdb_driver(file, local, folder):
    """DuckDB's own driver, which the Python package holds; that library wants Python's loaded before."""
    library = glob.glob(f"{SITE}/_duckdb*.so")
    python = glob.glob("/usr/lib/*/libpython3.%d.so*" % sys.version_info[1])
    if not library or not python:
        print("skipped: DuckDB's driver cannot be loaded here")
        return
    manifest = os.path.join(folder, "duckdb-driver")
    os.mkdir(manifest)
    with open(f"{manifest}/duckdb.toml", "w") as text:
        text.write(f'[Driver]\nshared = "{library[0]}"\nentrypoint = "duckdb_adbc_init"\n')
    before = dict(os.environ)
    os.environ.update({"ADBC_DRIVER_PATH": manifest, "LD_PRELOAD": python[0]})
    try:
        compare("DuckDB by ADBC", f'connect("duckdb", "{file}") |> read("preds")', local, folder,
                lambda sql: output(f"{BIN}/duckdb", "-csv", file, sql))
    finally:
        os.environ.clear()
        os.environ.update(before)


SHIPPED = []


def shipped(read, folder):
    """A contract of rows of a table, saved and verified on later ones there, with a clause and without."""
    path, found = os.path.join(folder, "fraud.json"), []
    for promise in ["", ", promise = recall >= 20%"]:
        found.append(thr(
            f't = {read}\ns = scores(filter(t, day < "2026-10-16"), score="p", label="outcome", positive="fraud")\n'
            f'u = tune(s, f1)\nsave(u, "{path}"{promise})\nv = verify(load("{path}"), scores(filter(t, '
            'day >= "2026-10-16"), score="p", label="outcome", positive="fraud"))\n'
            # The parts of scores begin at edges of buckets there, and at ranks in memory.
            '{verdict: v.verdict, rows: v.rows, drift: [[d.then, d.now, d.p_value] for d in v.drift[:2]], '
            'scores: v.drift[2].p_value > 1e-4}')[:2])
    return found


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
    SHIPPED.extend(shipped(f'read("{path}")', folder))
    assert [status for status, _ in SHIPPED] == [0, 0], SHIPPED

    # SQLite
    import sqlite3
    file = os.path.join(folder, "risk.sqlite")
    with sqlite3.connect(file) as db:
        db.execute(f"CREATE TABLE preds {DECLARED}")
        db.executemany("INSERT INTO preds VALUES (?, ?, ?, ?, ?, ?)",
                       [(i, float(p), *rest) for i, p, *rest in rows()])
    if driver("sqlite"):
        compare("SQLite by ADBC", f'connect("{driver("sqlite")}", "{file}") |> read("preds")', local, folder,
                lambda sql: asked(sqlite3.connect(file), sql))

    # DuckDB by its own client
    if os.path.exists(f"{BIN}/duckdb"):
        file = os.path.join(folder, "risk.duckdb")
        subprocess.run([f"{BIN}/duckdb", file, f"CREATE TABLE preds {DECLARED}; "
                        f"INSERT INTO preds SELECT * FROM read_csv('{path}', all_varchar=true)"],
                       check=True, stdout=subprocess.DEVNULL)
        compare("DuckDB by its client",
                f'connect("command", "{BIN}/duckdb {file} -csv -c") |> read("preds")', local, folder,
                lambda sql: output(f"{BIN}/duckdb", "-csv", file, sql))

        duckdb_driver(file, local, folder)
        parquet = os.path.join(folder, "preds.parquet")
        output(f"{BIN}/duckdb", file, f"COPY preds TO '{parquet}' (FORMAT parquet)")
        for name, server, kind, scheme in [
            ("Sail by Flight SQL", sail(["flight"], folder), "flightsql", "grpc"),
            ("Sail by Spark Connect", sail(["spark"], folder), "spark", "sc"),
            ("Spark, two executors", spark(folder), "spark", "sc"),
        ]:
            with server as port:
                if port and driver(kind):
                    open_ = f'connect("{driver(kind)}", "{scheme}://127.0.0.1:{port}")'
                    read = f'{open_} |> read(query="SELECT * FROM parquet.`{parquet}`")'
                    compare(name, read, local, folder, lambda sql: through(open_, sql, folder))

    with postgres(folder) as server:
        if server and driver("postgresql"):
            port, home, stop = server
            url = f"postgresql://thr@127.0.0.1:{port}/postgres"
            env = {"PGPASSWORD": "right"}
            os.environ.update(env)
            subprocess.run(["psql", url, "-q", "-c", f"CREATE TABLE preds {DECLARED}", "-c",
                            f"\\copy preds FROM '{path}' CSV HEADER"], check=True)
            open_ = f'connect("{driver("postgresql")}", "{url}")'
            compare("PostgreSQL by ADBC", f'{open_} |> read("preds")', local, folder,
                    lambda sql: output("psql", url, "--csv", "-c", sql))
            compare("PostgreSQL by psql", f'connect("command", "psql {url} --csv -c") |> read("preds")', local,
                    folder)
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
