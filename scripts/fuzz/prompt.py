"""Types random keys into `thr` in a pseudo-terminal and looks for reports of the sanitizer."""

import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

ESCAPE = b"\x1b"
TEXTS = [
    text.encode() for text in [
        "a", "x", "sum", "tune(", "tu", "f1", "data.", "[", "]", "(", ")", "{", "}", " ", "  ", "=",
        "0.5", "1", ",", '"', "#", "|>", ".he", ".vars", "?", "_", "for i in [1] {", "é", "e\u0301",
        "\u0301", "\u0300\u0302", "中", "文字", "👍", "👨‍👩‍👧", "🇩🇪", "❤️", "\u200d", "\u202e", "ﷺ",
        "\u0000", "\uffff", "\U0010ffff",
    ]
]
BROKEN = [b"\xff", b"\xc3", b"\xe4\xb8", b"\xf0\x9f\x91", b"\xed\xa0\x80", b"\xc0\x80", b"\x80",
          b"\xf4\x90\x80\x80"]
CONTROLS = [bytes([code]) for code in range(0x20) if code not in (0x04, 0x1A)] + [b"\x7f"] * 3
KEYS = [
    ESCAPE + key for key in [
        b"[A", b"[B", b"[C", b"[D", b"[H", b"[F", b"[3~", b"[5~", b"[6~", b"[Z", b"[1;5C", b"[1;5D",
        b"[3;5~", b"OA", b"OB", b"OP", b"[99~", b"[1;", b"[", b"O", b"\r", b"b", b"f", b"d", b"u",
        b"l", b"c", b"y", b"_", b"<", b">", b"\x7f", b"5", b"-", b"t", b"",
    ]
]
PASTES = [b"\x1b[200~", b"\x1b[201~", b"\x1b[200~x = 1\ny = [2,\n\t3]\n\x1b[201~",
          b"\x1b[200~" + b"pasted \xff\x1b[31m\n" * 40 + b"\x1b[201~"]
VI = [key.encode() for key in "hjklwbeWBE0$^fFtTdcyxXrRsSaAiIoOpPu.~;,%|gGnN/?#@_v:"]

# By Ctrl-D and the like, or by Ctrl-\ while something runs.
LEFT = (0, signal.SIGQUIT)


def token(draw, is_vi):
    kinds = [TEXTS] * 6 + [BROKEN, CONTROLS, CONTROLS, KEYS, KEYS, PASTES]
    if is_vi:
        kinds += [VI] * 4 + [[ESCAPE]]
    return draw.choice(draw.choice(kinds))


class Session:
    """One `thr` and the terminal that it believes to have."""

    def __init__(self, thr, folder, log, is_vi):
        self.child, self.fd = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            settings = os.path.join(folder, "editrc")
            with open(settings, "w") as file:
                file.write("bind -v\n" if is_vi else "bind -e\n")
            os.environ.update(
                TERM="xterm-256color", HOME=folder, XDG_STATE_HOME=folder, EDITRC=settings,
                # At Ctrl-\, Swift would look at the stack in ways that the sanitizer reports.
                SWIFT_BACKTRACE="enable=no", EDITOR="true", VISUAL="", PAGER="cat", LC_ALL="C.UTF-8",
                ASAN_OPTIONS=f"detect_leaks=0:exitcode=99:log_path={log}")
            os.execv(thr, [thr])
        os.set_blocking(self.fd, False)
        self.resize(80, 24)
        self.drain(5, until=b"thr> ")

    def resize(self, width, height):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def drain(self, seconds, until=None):
        """Reads what is there within the time; false once the program has ended."""
        end = time.monotonic() + seconds
        seen = b""
        while True:
            left = max(end - time.monotonic(), 0)
            if not select.select([self.fd], [], [], left)[0]:
                return True
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:
                return False
            if not data:
                return False
            seen = (seen + data)[-4096:]
            if until is None or until in seen:
                if left == 0 or until is not None:
                    return True

    def resume(self):
        """Lets output go on that Ctrl-S has stopped, where no Ctrl-Q fits into the full terminal."""
        settings = termios.tcgetattr(self.fd)
        settings[0] &= ~termios.IXON
        termios.tcsetattr(self.fd, termios.TCSANOW, settings)

    def send(self, data):
        end = time.monotonic() + 5
        while data:
            try:
                data = data[os.write(self.fd, data):]
            except BlockingIOError:
                if not self.drain(0.05):
                    return False
                # What is under way takes too long, or Ctrl-S has stopped a plain line's output.
                if time.monotonic() > end:
                    os.kill(self.child, signal.SIGINT)
                    self.resume()
                    end += 20
            except OSError:
                return False
        return True

    def close(self):
        """The status that the program ends with, killed if it must be: then `None`."""
        # A sanitized build on a busy machine may have much to show still.
        end = time.monotonic() + 120
        while time.monotonic() < end:
            # Again from the start each time: Ctrl-C while something runs forgets what is typed
            # ahead, be it the end of a paste.
            for data in (b"\x11\x1b[201~", b"\x1b", b"\x03", b"\x03", b"\x04"):
                self.send(data)
                self.drain(0.05)
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                os.close(self.fd)
                return status
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.fd)
        return None


def reports(log):
    folder, name = os.path.split(log)
    return [os.path.join(folder, file) for file in os.listdir(folder) if file.startswith(name)]


def run(thr, seed, tokens):
    """What went wrong in a run; `None` where nothing did."""
    draw = random.Random(seed)
    folder = tempfile.mkdtemp()
    log = os.path.join(folder, "report")
    is_vi = draw.random() < 0.5
    try:
        session = Session(thr, folder, log, is_vi)
        sent = 0
        while sent < tokens:
            burst = b""
            for _ in range(draw.choice([1, 1, 1, 2, 5, 20])):
                if draw.random() < 0.02:
                    if burst and not session.send(burst):
                        break
                    burst = b""
                    session.resize(draw.randint(10, 160), draw.randint(3, 60))
                burst += token(draw, is_vi)
                sent += 1
            if not (session.send(burst) and session.drain(0.001)):
                # It was left; whether in good order its status says.
                status = session.close()
                if status not in LEFT or reports(log):
                    return fault(log, status)
                session = Session(thr, folder, log, is_vi)
        status = session.close()
        return None if status in LEFT and not reports(log) else fault(log, status)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fault(log, status):
    texts = [open(file, errors="replace").read() for file in reports(log)]
    return "\n".join(texts)[:6000] or ("it did not end" if status is None else f"status {status}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thr", required=True)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--tokens", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-going", action="store_true", help="after a report, too")
    options = parser.parse_args()
    options.thr = os.path.abspath(options.thr)
    reported = 0
    for seed in range(options.seed, options.seed + options.runs):
        problem = run(options.thr, seed, options.tokens)
        if problem:
            reported += 1
            print(f"seed {seed}:\n{problem}", flush=True)
            if not options.keep_going:
                sys.exit(1)
        if (seed - options.seed + 1) % 10 == 0:
            print(f"{seed - options.seed + 1} runs, {reported} reports", flush=True)
    print(f"{options.runs} runs of {options.tokens} keys each: {reported or 'no'} reports")
    sys.exit(1 if reported else 0)


main()
