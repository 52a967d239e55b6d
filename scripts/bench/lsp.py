"""Measures language servers as an editor feels them: thr beside ruff, turn by turn in one run.

Each turn starts a process, opens a text of 1,000 lines, asks, edits and leaves. Times are wall-clock
milliseconds from the first byte sent to the last byte of the answer: what a client then does with
it, Python's reading of JSON among it, is the client's own. Memory is the process's peak (VmHWM).
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

GOALS = {
    "initialise": 10, "open to diagnostics": 20, "hover": 5, "completion": 5,
    "completion, all names": 5, "completion resolve": 5, "signature help": 5, "definition": 5,
    "references": 5, "highlights": 5, "prepare rename": 5, "rename": 5, "document symbols": 5,
    "workspace symbols": 5, "semantic tokens": 5, "semantic tokens, delta": 5,
    "semantic tokens, range": 5, "folding": 5, "selection ranges": 5, "inlay hints": 5,
    "inlay hint resolve": 5, "code lenses": 5, "code lens resolve": 5, "code actions": 5,
    "code actions, faults": 5, "code action resolve": 5,
    # The first one of a session fits a model and searches.
    "execute command, first": None, "execute command": 5,
    "pulled diagnostics": 5, "formatting": 5, "range formatting": 5, "on-type formatting": 5,
    "workspace diagnostics, first": None, "workspace diagnostics": 5,
    "change to diagnostics": 10, "exit": 10,
    "peak memory (MiB)": 40,
}


class Server:
    """A server process, spoken to by the protocol's frames over pipes."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.last = 0
        # When the last byte of the last message came.
        self.received = 0

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            name, value = line.split(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = self.process.stdout.read(length)
        self.received = time.perf_counter()
        return json.loads(body)

    def wait_for(self, wanted):
        """The first message that is wanted; the server's own requests are answered on the way."""
        while True:
            message = self.receive()
            if wanted(message):
                return message
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})

    def request(self, method, params=None):
        self.last += 1
        identifier = self.last
        message = {"id": identifier, "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)
        answer = self.wait_for(lambda m: m.get("id") == identifier and "method" not in m)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def diagnostics(self, version):
        return self.wait_for(
            lambda m: m.get("method") == "textDocument/publishDiagnostics"
            and m["params"].get("version") == version)

    def peak_memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) / 1024


def thr_text(lines):
    """A script as people write them, of functions, data, models and comments."""
    blocks = []
    for n in range(lines // 10):
        blocks.append(f"""\
# Part {n}: what a miss costs decides the threshold
fn weighted_{n}(weight, share=0.5) = weight * share + {n}
data_{n} = synth(200, 0.9, seed={n + 1})
model_{n} = logreg(data_{n}.train, c=1.0)
limit_{n} = weighted_{n}({n}, share=0.25)
if limit_{n} > 10 {{
  note_{n} = "limit {{limit_{n}:.2f}}"
}} else {{ note_{n} = "small" }}
costs_{n} = [cost(fp=1, fn=w) for w in [1, 5, 10]]
tuned_{n} = tune(model_{n}, data_{n}.val, f1, step=0.01)
""")
    return "".join(blocks)


def python_text(lines):
    """A module of the same length and density."""
    blocks = []
    for n in range(lines // 10):
        blocks.append(f"""\
# Part {n}: what a miss costs decides the threshold
def weighted_{n}(weight, share=0.5): return weight * share + {n}
data_{n} = [x * {n + 1} for x in range(200)]
model_{n} = sorted(data_{n}, key=lambda x: -x)
limit_{n} = weighted_{n}({n}, share=0.25)
if limit_{n} > 10:
    note_{n} = f"limit {{limit_{n}:.2f}}"
else: note_{n} = "small"
costs_{n} = [dict(fp=1, fn=w) for w in [1, 5, 10]]
tuned_{n} = max(model_{n})
""")
    return "".join(blocks)


WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 10**6, "character": 0}}


def common_requests(uri):
    """What both servers can be asked, by name."""
    document = {"textDocument": {"uri": uri}}
    return {
        "code actions": ("textDocument/codeAction",
                         {**document, "range": WHOLE, "context": {"diagnostics": []}}),
        "formatting": ("textDocument/formatting",
                       {**document, "options": {"tabSize": 2, "insertSpaces": True}}),
    }


def thr_requests(uri, text, line):
    """The questions of an editor about a line in the middle, by name."""
    document = {"textDocument": {"uri": uri}}
    row = text.split("\n")[line]

    def at(word, shift=1):
        return {**document, "position": {"line": line, "character": row.index(word) + shift}}

    style = {"options": {"tabSize": 2, "insertSpaces": True}}
    screen = {"start": {"line": line - 30, "character": 0}, "end": {"line": line + 30, "character": 0}}

    return {
        "hover": ("textDocument/hover", at("tune(")),
        "completion": ("textDocument/completion", at("tune(", 2)),
        "completion, all names": ("textDocument/completion", at("tune(", 0)),
        # Those without parameters are filled in from the answer before them, as an editor does.
        "completion resolve": ("completionItem/resolve", None),
        "signature help": ("textDocument/signatureHelp", at("f1")),
        "definition": ("textDocument/definition", at("data_")),
        "references": ("textDocument/references",
                       {**at("data_"), "context": {"includeDeclaration": True}}),
        "highlights": ("textDocument/documentHighlight", at("data_")),
        "prepare rename": ("textDocument/prepareRename", at("data_")),
        "rename": ("textDocument/rename", {**at("data_"), "newName": "renamed"}),
        "document symbols": ("textDocument/documentSymbol", document),
        "workspace symbols": ("workspace/symbol", {"query": "tuned"}),
        "semantic tokens": ("textDocument/semanticTokens/full", document),
        "semantic tokens, delta": ("textDocument/semanticTokens/full/delta", None),
        "semantic tokens, range": ("textDocument/semanticTokens/range",
                                   {**document, "range": screen}),
        "folding": ("textDocument/foldingRange", document),
        "selection ranges": ("textDocument/selectionRange",
                             {**document, "positions": [at("f1")["position"]]}),
        "inlay hints": ("textDocument/inlayHint", {**document, "range": WHOLE}),
        "inlay hint resolve": ("inlayHint/resolve", None),
        "code lenses": ("textDocument/codeLens", document),
        "code lens resolve": ("codeLens/resolve", None),
        # Runs the first block, a fit and a search among it; later, finds that nothing has changed.
        "execute command": ("workspace/executeCommand", {
            "command": "thr.runToHere", "arguments": [uri, {"line": 9, "character": 0}]}),
        "pulled diagnostics": ("textDocument/diagnostic", document),
        "range formatting": ("textDocument/rangeFormatting",
                             {**document, "range": screen, **style}),
        "on-type formatting": ("textDocument/onTypeFormatting",
                               {**document, "position": {"line": line + 1, "character": 0},
                                "ch": "\n", **style}),
        **common_requests(uri),
    }


# The parameters of a question about the answer before it.
FOLLOWING = {
    "completion resolve": lambda answer, uri: answer["items"][0],
    # A value's hint where there is one yet, else that of a parameter's name.
    "inlay hint resolve": lambda answer, uri: max(answer, key=lambda hint: "data" in hint),
    "code lens resolve": lambda answer, uri: answer[0],
    "semantic tokens, delta": lambda answer, uri: {
        "textDocument": {"uri": uri}, "previousResultId": answer["resultId"]},
}


def turn(command, uri, language, text, asked, options):
    """One session; returns times by name."""
    times = {}

    def timed(name, act):
        start = time.perf_counter()
        result = act()
        times.setdefault(name, []).append((server.received - start) * 1000)
        return result

    capabilities = {
        "textDocument": {
            "publishDiagnostics": {"versionSupport": True},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "dataSupport": True, "resolveSupport": {"properties": ["edit"]},
            },
            "inlayHint": {}, "hover": {"contentFormat": ["markdown"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        },
    }
    start = time.perf_counter()
    server = Server(command)
    server.request("initialize", {
        "processId": os.getpid(), "rootUri": None, "capabilities": capabilities,
        "initializationOptions": options})
    times["initialise"] = [(server.received - start) * 1000]
    server.notify("initialized", {})

    def open_text():
        server.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language, "version": 1, "text": text}})
        server.diagnostics(1)

    timed("open to diagnostics", open_text)
    for turn in range(5):
        answer = None
        for name, (method, params) in asked.items():
            params = params or FOLLOWING[name](answer, uri)
            if name == "execute command" and turn == 0:
                name += ", first"
            answer = timed(name, lambda: server.request(method, params))

    place = {"line": 500, "character": 0}
    for version in range(2, 32):
        def change():
            server.notify("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{
                    "range": {"start": place, "end": place},
                    "text": "(" if version % 2 == 0 else ")"}]})
            server.diagnostics(version)
        timed("change to diagnostics", change)
        time.sleep(0.005)

    times["peak memory (MiB)"] = [server.peak_memory()]

    if language == "thr":
        ask_about_faults(server, timed, text)

    start = time.perf_counter()
    server.request("shutdown")
    server.send({"method": "exit"})
    server.process.stdin.close()
    server.process.wait(30)
    times["exit"] = [(time.perf_counter() - start) * 1000]
    return times


def ask_about_faults(server, timed, text):
    """Asks what can be done about a fault in a text with one in every block, and about all."""
    uri = "file:///bench/faults.thr"
    server.notify("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": "thr", "version": 1,
        "text": text.replace("= tune(", "= tunee(")}})
    reported = server.wait_for(
        lambda m: m.get("method") == "textDocument/publishDiagnostics"
        and m["params"]["uri"] == uri)["params"]["diagnostics"]
    fault = reported[0]
    for _ in range(5):
        actions = timed("code actions, faults", lambda: server.request("textDocument/codeAction", {
            "textDocument": {"uri": uri}, "range": fault["range"],
            "context": {"diagnostics": [fault]}}))
        fixes = [action for action in actions if "tune" in action["title"]]
        assert fixes and fixes[0]["edit"], actions
        everything = next(action for action in actions if "data" in action)
        whole = timed("code action resolve", lambda: server.request(
            "codeAction/resolve", everything))
        assert whole["edit"]["changes"][uri]


def folder_turn(command, folder):
    """One session in a folder of scripts that no one has opened; returns times by name."""
    times = {}
    server = Server(command)
    server.request("initialize", {
        "processId": os.getpid(), "rootUri": pathlib.Path(folder).as_uri(),
        "capabilities": {"textDocument": {"diagnostic": {}}},
        "initializationOptions": {"liveValues": False}})
    server.notify("initialized", {})
    previous = []
    for turn in range(6):
        # A file that has changed this very moment may change again unseen, so it is read each time.
        time.sleep(0.1)
        start = time.perf_counter()
        items = server.request("workspace/diagnostic", {"previousResultIds": previous})["items"]
        name = "workspace diagnostics" + (", first" if turn == 0 else "")
        times.setdefault(name, []).append((server.received - start) * 1000)
        assert len(items) == FOLDER_FILES
        previous = [{"uri": item["uri"], "value": item["resultId"]} for item in items]
        # Another program changes one of them.
        changed = pathlib.Path(folder) / f"{turn}.thr"
        changed.write_text(changed.read_text() + "# changed\n")
    server.request("shutdown")
    server.notify("exit", None)
    server.process.wait(30)
    return times


# Files of 100 lines.
FOLDER_FILES = 100

# Lengths of text whose cost is compared, in lines.
LENGTHS = [1_000, 5_000, 20_000]


def processor_time(process):
    """Milliseconds that all threads of a process have computed for, to the microsecond."""
    total = 0
    for thread in pathlib.Path(f"/proc/{process.pid}/task").iterdir():
        total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e6


def change_costs(command, uri, language, text, options):
    """Processor time of opening a text and of changes at its end, middle and top, with diagnostics."""
    server = Server(command)
    server.request("initialize", {
        "processId": os.getpid(), "rootUri": None, "initializationOptions": options,
        "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}})
    server.notify("initialized", {})
    costs = {}

    def cost(what, action, version):
        before = processor_time(server.process)
        action()
        server.diagnostics(version)
        spent = processor_time(server.process) - before
        costs[what] = min(costs.get(what, spent), spent)

    cost("open", lambda: server.notify("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": language, "version": 1, "text": text}}), 1)
    lines = text.count("\n")
    version = 1
    for what, line in [("end", lines), ("middle", lines // 20 * 10), ("top", 0)]:
        for _ in range(3):
            version += 1
            place = {"line": line, "character": 0}
            cost(f"change at the {what}", lambda: server.notify("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": place, "end": place}, "text": "# x\n"}]}),
                version)
    server.process.kill()
    server.process.wait(30)
    return costs


def print_processor_times(thr, ruff):
    """What an open text and changes of it cost by its length; the goal for changes is twice ruff's."""
    print(f"{'processor time in ms':24}" + "".join(
        f"{name + ' ' + format(length, ','):>14}" for length in LENGTHS for name in ["thr", "ruff"]))
    columns = []
    for length in LENGTHS:
        columns.append(change_costs(
            [thr, "lsp"], "file:///bench/a.thr", "thr", thr_text(length), {"liveValues": False}))
        columns.append(change_costs(
            [ruff, "server"], "file:///bench/a.py", "python", python_text(length), {}))
    for what in columns[0]:
        is_met = what == "open" or all(
            own[what] <= 2 * other[what] for own, other in zip(columns[::2], columns[1::2]))
        print(f"{what:24}" + "".join(f"{column[what]:>14.1f}" for column in columns)
              + ("" if is_met else "  missed"))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--thr", required=True)
    parser.add_argument("--ruff")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--lines", type=int, default=1000)
    arguments = parser.parse_args()

    text = thr_text(arguments.lines)
    line = arguments.lines // 20 * 10 + 9
    thr = ([arguments.thr, "lsp"], "file:///bench/a.thr", "thr", text,
           thr_requests("file:///bench/a.thr", text, line))
    contestants = {
        "thr": (*thr, {"liveValues": False}),
        "thr, live values": (*thr, {}),
    }
    if arguments.ruff:
        contestants["ruff"] = (
            [arguments.ruff, "server"], "file:///bench/a.py", "python",
            python_text(arguments.lines), common_requests("file:///bench/a.py"), {})

    results = {name: {} for name in contestants}
    for _ in range(arguments.turns):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(FOLDER_FILES):
                (pathlib.Path(folder) / f"{number}.thr").write_text(thr_text(100))
            for what, values in folder_turn([arguments.thr, "lsp"], folder).items():
                results["thr"].setdefault(what, []).extend(values)
        for name, contestant in contestants.items():
            for what, values in turn(*contestant).items():
                results[name].setdefault(what, []).extend(values)

    print(f"{arguments.lines} lines, {arguments.turns} turns; milliseconds, p50 / p95\n")
    print(f"{'':30}{'goal':>6}" + "".join(f"{name:>22}" for name in contestants))
    missed = []
    for what in GOALS:
        cells = ""
        for name in contestants:
            values = results[name].get(what)
            if values is None:
                cells += f"{'-':>22}"
                continue
            cells += f"{statistics.median(values):>13.2f} / {percentile(values, 0.95):>6.2f}"
        goal = GOALS.get(what)
        values = results["thr"].get(what)
        if goal and values and percentile(values, 0.95) > goal:
            missed.append(what)
        print(f"{what:30}{goal or '':>6}{cells}")
    if arguments.ruff:
        print()
        print_processor_times(arguments.thr, arguments.ruff)
    print("\nEvery goal is met at p95." if not missed else "\nMissed at p95: " + ", ".join(missed))


if __name__ == "__main__":
    main()
