"""Measures live values: an edit at line k of a long file, until the new values are there.

    python3 scripts/bench/live.py PATH-TO-THR

Talks to `thr lsp` as an editor does. The file has 200 statements around the tutorial's model; an
edit changes one of them. Reported is the time from the change to the hints that hold its new value,
without the 150 ms for which the server lets a text rest.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

REST = 0.150


class Server:
    def __init__(self, thr):
        self.process = subprocess.Popen(
            [thr, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.output = self.process.stdout
        self.last = 0

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self):
        length = 0
        while line := self.line():
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
        body = b""
        while len(body) < length:
            body += self.output.read(length - len(body))
        return json.loads(body)

    def line(self):
        line = b""
        while not line.endswith(b"\r\n"):
            byte = self.output.read(1)
            if not byte:
                sys.exit("the server has ended")
            line += byte
        return line.decode().strip()

    def ask(self, method, params):
        """The answer, and whether the server asked to fetch the hints again meanwhile."""
        self.last += 1
        number = self.last
        self.send({"id": number, "method": method, "params": params})
        is_refreshed = False
        while True:
            message = self.receive()
            if message.get("id") == number and "method" not in message:
                return message.get("result"), is_refreshed
            is_refreshed = self.answer(message) or is_refreshed

    def answer(self, message):
        if "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        return message.get("method") == "workspace/inlayHint/refresh"

    def wait_for_refresh(self):
        while not self.answer(self.receive()):
            pass


def statements():
    lines = [
        "data = synth(10000, 0.99)",
        "m = logreg(data.train)",
        "s = scores(m, data.val)",
        "t = tune(s, f1, step=0.001)",
    ]
    for number in range(len(lines), 200):
        kind = number % 4
        if kind == 0:
            lines.append(f"t{number} = tune(s, cost(fp=1, fn={number}))")
        elif kind == 1:
            lines.append(f"v{number} = t{number - 1}.value + {number}")
        elif kind == 2:
            lines.append(f"r{number} = evaluate(s, at=t{number - 2}).recall")
        else:
            lines.append(f"n{number} = {number}")
    return lines


def main():
    with tempfile.TemporaryDirectory() as folder:
        measure(Server(sys.argv[1]), "file://" + folder)


def measure(server, root):
    capabilities = {
        "textDocument": {"inlayHint": {}},
        "workspace": {"inlayHint": {"refreshSupport": True}},
    }
    server.ask(
        "initialize",
        {"processId": os.getpid(), "rootUri": root, "capabilities": capabilities},
    )
    server.send({"method": "initialized", "params": {}})
    uri = root + "/main.thr"
    lines = statements()
    began = time.perf_counter()
    server.send(
        {
            "method": "textDocument/didOpen",
            "params": {
                "textDocument": {
                    "uri": uri,
                    "languageId": "thr",
                    "version": 1,
                    "text": "\n".join(lines),
                }
            },
        }
    )
    server.wait_for_refresh()
    print(f"opened: every value after {time.perf_counter() - began - REST:.3f} s")

    edits = {
        "a number that is not read": (199, lambda step: f"n199 = {1000 + step}"),
        "a tuning and its readers": (
            100,
            lambda step: f"t100 = tune(s, cost(fp=1, fn={1000 + step}))",
        ),
        "the data: everything": (
            0,
            lambda step: f"data = synth(10000, 0.99, seed={100 + step})",
        ),
        "undone: remembered": (
            0,
            lambda step: f"data = synth(10000, 0.99, seed={100 + step % 2})",
        ),
    }
    version = 1
    for name, (line, text) in edits.items():
        times = []
        for step in range(20):
            version += 1
            end = len(lines[line])
            lines[line] = text(step)
            began = time.perf_counter()
            server.send(
                {
                    "method": "textDocument/didChange",
                    "params": {
                        "textDocument": {"uri": uri, "version": version},
                        "contentChanges": [
                            {
                                "range": {
                                    "start": {"line": line, "character": 0},
                                    "end": {"line": line, "character": end},
                                },
                                "text": lines[line],
                            }
                        ],
                    },
                }
            )
            server.wait_for_refresh()
            hints, _ = server.ask(
                "textDocument/inlayHint",
                {
                    "textDocument": {"uri": uri},
                    "range": {
                        "start": {"line": 0, "character": 0},
                        "end": {"line": len(lines), "character": 0},
                    },
                },
            )
            times.append(time.perf_counter() - began - REST)
            if len(hints) < 190:
                sys.exit(f"only {len(hints)} hints")
        times.sort()
        print(
            f"{name}: p50 {statistics.median(times) * 1000:.1f} ms, "
            f"p95 {times[int(len(times) * 0.95) - 1] * 1000:.1f} ms"
        )
    server.ask("shutdown", None)
    server.send({"method": "exit"})


main()
