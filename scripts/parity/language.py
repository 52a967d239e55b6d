"""Runs thr, and writes values as thr reads them."""
import json
import subprocess
import tempfile
from pathlib import Path


class Thr:
    """The command `thr`, with a folder of its own for scripts and files."""

    def __init__(self, executable):
        self.executable = executable
        self.directory = tempfile.TemporaryDirectory(prefix="thr-parity-")
        self.folder = Path(self.directory.name)

    def run(self, statements):
        """The values that a script shows, each read from its line of JSON."""
        script = self.folder / "script.thr"
        script.write_text("\n".join(statements) + "\n")
        result = subprocess.run(
            [self.executable, "--json", script], capture_output=True, text=True,
            cwd=self.folder)
        if result.returncode != 0:
            raise SystemExit(f"thr failed:\n{result.stderr[:2000]}")
        return [json.loads(line) for line in result.stdout.splitlines()]


def literal(value):
    """A number, text, list or nothing as thr writes it; every digit of a float is kept."""
    if isinstance(value, str):
        return json.dumps(value)
    if value is None:
        return "none"
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist") and value.ndim:
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, float) or hasattr(value, "dtype") and value.dtype.kind == "f":
        return repr(float(value))
    return str(int(value))


def arguments(**named):
    return ", ".join(f"{name}={literal(value)}" for name, value in named.items())
