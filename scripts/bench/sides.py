"""What is measured: a process that answers a line per turn, or a command started for every turn."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


class Failed(Exception):
    pass


class Side:
    """A process with its data loaded."""

    def __init__(self, *command):
        self.command = [str(part) for part in command]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise Failed(" ".join(self.command))

    def turn(self):
        """The seconds, the answer, and the most memory in bytes during the turn."""
        self.forget_peak()
        self.process.stdin.write("turn\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline().split()
        if not line:
            raise Failed(" ".join(self.command))
        return float(line[0]), [float(part) for part in line[1:]], self.peak()

    def forget_peak(self):
        try:
            pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        except OSError:
            pass  # The peak is then that of all turns.

    def peak(self):
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return next(
            (int(line.split()[1]) * 1024 for line in status.splitlines() if "VmHWM" in line), None)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Command:
    """A whole process; numbers that it prints are its answer."""

    launcher = None

    def __init__(self, *command):
        self.command = [str(part) for part in command]
        if Command.launcher is None:
            Command.launcher = subprocess.Popen(
                [sys.executable, "-I", "-S", HERE / "launcher.py"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True)

    def turn(self):
        self.launcher.stdin.write("\0".join(self.command) + "\n")
        self.launcher.stdin.flush()
        code, seconds, peak, *output = self.launcher.stdout.readline().split()
        if code != "0":
            raise Failed(" ".join(self.command))
        return float(seconds), [number(part) for part in output], int(peak)

    def close(self):
        pass


def number(text):
    try:
        return float(text.rstrip(","))
    except ValueError:
        return text
