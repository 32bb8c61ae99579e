"""Where things are run: whose commands, in which environment, and how long one run takes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import CannotMeasureError

ROOT = Path(__file__).parents[1]
OURS = ROOT / ".venv" / "bin"
PEERS = Path(sys.executable).parent
MXCHEAT = str(OURS / "mxcheat")
PYTHON = str(OURS / "python")
_COLOUR = re.compile(rb"\x1b\[[\d;:]*m")


@dataclass(frozen=True)
class Setting:
    """A home of its own, so that caches are warm with what is measured and nothing else."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a user's shell would set. Bytecode is cached, whatever the caller's shell says."""
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    def piped(self, command: list[str], expected: str = "") -> float:
        """Seconds from start to end of a command whose stdout is a pipe and holds `expected`."""
        began = time.perf_counter()
        done = subprocess.run(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        took = time.perf_counter() - began
        check_output(command, done.stdout, expected, done.stderr)
        if done.returncode:
            raise CannotMeasureError(f"{' '.join(command)} ended with {done.returncode}")
        return took


def check_output(command: list[str], output: bytes, expected: str, errors: bytes = b"") -> None:
    """Raise CannotMeasureError unless a command printed what it is timed for."""
    if expected.encode() not in _COLOUR.sub(b"", output):
        shown = (errors or output).decode("utf-8", "replace").strip()[-300:]
        raise CannotMeasureError(f"{' '.join(command)} did not print {expected!r}: {shown}")
