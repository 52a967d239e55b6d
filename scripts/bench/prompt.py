"""Measures prompts in a pseudo-terminal: start, key echo, Tab, paste and Ctrl-C, as 95th percentiles."""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

PASTE = "\x1b[200~%s\x1b[201~"


class Program:
    """A program with a prompt: how it is started, and what is typed into it."""

    def __init__(self, name, command, prompt, endless, word, opening, line):
        self.name = name
        self.command = command
        self.prompt = prompt
        # Inputs that never end by themselves, each with what must be entered before.
        self.endless = endless
        # The beginning of something to complete.
        self.word = word
        # What keeps the input open, so that it can be long.
        self.opening = opening
        # A line of a paste; %d is its number.
        self.line = line


class Terminal:
    """The program at work, with the time that everything takes."""

    def __init__(self, program, home):
        self.program = program
        self.begun = time.perf_counter()
        self.child, self.fd = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", HOME=home, XDG_STATE_HOME=home,
                              LC_ALL="C.UTF-8", IPYTHONDIR=home)
            os.execvp(program.command[0], program.command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.output = b""

    def read(self, seconds):
        """Whether there was more output within the time."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            self.output += os.read(self.fd, 1 << 16)
        except OSError:
            raise SystemExit(f"{self.program.name} has ended:\n{self.output[-2000:]!r}")
        return True

    def wait(self, *wanted, seconds=60):
        """The time at which all of these had come since the last `send`."""
        end = time.perf_counter() + seconds
        while not all(text in self.output for text in wanted):
            self.read(0.1)
            # IPython asks where the cursor is before it draws anything.
            if b"\x1b[6n" in self.output:
                self.output = self.output.replace(b"\x1b[6n", b"")
                os.write(self.fd, b"\x1b[1;1R")
            if time.perf_counter() > end:
                raise SystemExit(
                    f"{self.program.name} did not show {wanted}:\n{self.output[-2000:]!r}")
        return time.perf_counter()

    def settle(self, seconds=0.02):
        """Reads until nothing comes any more."""
        while self.read(seconds):
            pass

    def send(self, text):
        """Sends keys, reading on meanwhile, and gives the time before the first."""
        self.output = b""
        data = text.encode()
        begun = time.perf_counter()
        while data:
            readable, writable, _ = select.select([self.fd], [self.fd], [])
            if readable:
                self.read(0)
            if writable:
                data = data[os.write(self.fd, data[:2048]):]
        return begun

    def to_prompt(self):
        self.wait(self.program.prompt)
        self.settle(0.05)

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.fd)


def start(program, home, rounds):
    for _ in range(rounds):
        terminal = Terminal(program, home)
        yield terminal.wait(program.prompt) - terminal.begun
        terminal.settle(0.05)
        terminal.close()


def keys(program, home, rounds, before):
    terminal = Terminal(program, home)
    terminal.to_prompt()
    terminal.send(before)
    terminal.settle(0.3)
    for _ in range(rounds):
        # A digit is no part of any colour sequence where it stands after a space.
        begun = terminal.send("q")
        yield terminal.wait(b"q") - begun
        terminal.settle()
        terminal.send("\x7f")
        terminal.settle()
    terminal.close()


def tab(program, home, rounds, before="", word=None):
    terminal = Terminal(program, home)
    terminal.to_prompt()
    terminal.send(before)
    terminal.settle(0.3)
    for _ in range(rounds):
        terminal.send(word or program.word)
        terminal.settle(0.05)
        begun = terminal.send("\t")
        end = time.perf_counter() + 5
        while not terminal.output and time.perf_counter() < end:
            terminal.read(0.1)
        yield time.perf_counter() - begun
        terminal.settle(0.05)
        terminal.send("\x15")
        terminal.settle(0.05)
    terminal.close()


def paste(program, home, rounds):
    text = "\n".join([program.opening] + [program.line % number for number in range(999)])
    for _ in range(rounds):
        terminal = Terminal(program, home)
        terminal.to_prompt()
        begun = terminal.send(PASTE % (text + "last"))
        yield terminal.wait(b"last") - begun
        terminal.close()


def interrupt(program, home, rounds, before, endless):
    terminal = Terminal(program, home)
    terminal.to_prompt()
    for line in before:
        terminal.send(line + "\r")
        terminal.to_prompt()
    for number in range(rounds):
        terminal.send(endless + "\r")
        # Not always at the same moment of the work.
        time.sleep(0.3 + 0.037 * (number % 10))
        terminal.settle()
        begun = terminal.send("\x03")
        yield terminal.wait(program.prompt) - begun
        terminal.settle(0.05)
    terminal.close()


def many_names(home):
    """A thousand names in the session, given in one paste, and the history left as it was."""
    return PASTE % "\n".join(f"name_{number} = {number}" for number in range(1000)) + "\r"


def long_history(home):
    """A hundred thousand entries of earlier sessions."""
    folder = os.path.join(home, "thr")
    os.makedirs(folder)
    with open(os.path.join(folder, "history"), "w") as file:
        for number in range(100_000):
            entry = f"entry_{number} = tune(scores_{number}, fbeta(2), step=0.01)"
            file.write(f"1764182000\t{len(entry)}\t{entry}\n")
    return ""


def explore(program, home, rounds):
    """Redraws of `explore` over ten million scores, nearly all of them distinct."""
    terminal = Terminal(program, home)
    terminal.to_prompt()
    terminal.send(
        "s = scores([(i * 7919 % 9999991) / 9999991 for i in range(10000000)], "
        "[if i % 97 == 0 { 1 } else { 0 } for i in range(10000000)])\r")
    terminal.wait(b"s = scores of", seconds=300)
    terminal.to_prompt()
    terminal.send("explore(s, [f1, recall, cost(fp=1, fn=20)])\r")
    terminal.wait(b"leaves", seconds=300)
    terminal.settle(0.3)
    # Every key, so that each of the moves counts: one labelling, one per cent, the ends, the best.
    for key in ["\x1b[D", "\x1b[C", "\x1b[1;2D", "\x1b[1;2C", "\x1b[H", "\x1b[F", "m", "c"] * rounds:
        begun = terminal.send(key)
        yield terminal.wait(b"\x1b[?2026l") - begun
        terminal.settle(0.01)
    terminal.close()


def percentile(times):
    times = sorted(times)
    return times[min(len(times) - 1, int(len(times) * 0.95))] * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thr", required=True)
    parser.add_argument("--ipython")
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    rounds = options.rounds

    thr = Program(
        "thr", [options.thr], b"thr> ",
        [
            (["d = synth(2000000, 0.9, features=8)"], "m = logreg(d)"),
            (["d = synth(1000000, 0.9)", "m = logreg(d.train)"],
             "[tune(m, d.val, f1) for i in range(10000)]"),
            ([], "for i in range(100000) { for j in range(100000) { k = j } }"),
        ],
        "tu", "x = [", "  tune(m, data.val, fbeta(%d), step=0.001),")
    python = Program(
        "python3", ["python3"], b">>> ", [([], "all(True for _ in iter(int, 1))")], "impor", "x = [",
        "  max(1, 2, %d, default=0),")
    sqlite = Program(
        "sqlite3", ["sqlite3"], b"sqlite> ",
        [([], "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) "
              "SELECT max(x) FROM c;")],
        "SELE", "SELECT (", "  max(1, 2, %d) +")
    programs = [thr, python]
    if shutil.which("sqlite3"):
        programs.append(sqlite)
    if options.ipython and os.path.exists(options.ipython):
        programs.append(Program(
            "IPython", [options.ipython, "--no-banner", "--no-confirm-exit"], b"]: ",
            [([], "all(True for _ in iter(int, 1))")], "impor", "x = [", "  max(1, 2, %d, default=0),"))

    long_line = "x = [" + "1, " * 65
    block = PASTE % ("for i in range(3) {\n" + "\n".join(
        f"  a{number} = [1, 2, {number}] |> sum" for number in range(49)) + "\n  ")
    goals = {
        "start to prompt": 10, "key at 200 characters": 1, "key in 50 lines": 5, "Tab": 5,
        "key, 1,000 names": 5, "Tab, 1,000 names": 5, "start, 100,000 entries": 10,
        "key, 100,000 entries": 1, "paste of 1,000 lines": 300, "Ctrl-C to prompt": 50,
        "explore, 10 million": 16,
    }
    missed = False
    print(f"{'p95 in ms':24}" + "".join(f"{program.name:>10}" for program in programs)
          + f"{'goal':>10}")
    for name, goal in goals.items():
        figures = []
        for program in programs:
            with tempfile.TemporaryDirectory() as home:
                if name == "start to prompt":
                    times = start(program, home, rounds)
                elif name == "key at 200 characters":
                    times = keys(program, home, rounds * 3, long_line)
                elif name == "key in 50 lines":
                    if program is not thr:
                        figures.append(None)
                        continue
                    times = keys(program, home, rounds * 3, block)
                elif "1,000 names" in name or "100,000 entries" in name:
                    if program is not thr:
                        figures.append(None)
                        continue
                    before = (many_names if "names" in name else long_history)(home)
                    times = (
                        start(program, home, rounds) if name.startswith("start")
                        else tab(program, home, rounds, before, "name_99") if name.startswith("Tab")
                        else keys(program, home, rounds * 3, before + "x = "))
                elif name == "Tab":
                    times = tab(program, home, rounds)
                elif name == "paste of 1,000 lines":
                    if program in (python, sqlite):
                        figures.append(None)
                        continue
                    times = paste(program, home, max(rounds // 8, 3))
                elif name == "explore, 10 million":
                    if program is not thr:
                        figures.append(None)
                        continue
                    times = list(explore(program, home, max(rounds // 4, 5)))
                else:
                    times = [
                        seconds for before, endless in program.endless
                        for seconds in interrupt(
                            program, home, max(rounds // 4, 5), before, endless)]
                figures.append(percentile(times))
        cells = ["-" if figure is None else f"{figure:.2f}" for figure in figures]
        is_met = figures[0] <= goal
        missed = missed or not is_met
        print(f"{name:24}" + "".join(f"{cell:>10}" for cell in cells)
              + f"{goal:>10}" + ("" if is_met else "  missed"), flush=True)
    sys.exit(1 if missed else 0)


main()
