"""Which versions of the peers and of ours are measured."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib.metadata import version

from benchmarks.setting import PYTHON

_PEERS = ("tldr", "rapidfuzz")
# Asked of the environment that mxcheat runs in, which need not have both frameworks.
_OURS = """
from importlib.metadata import distributions
found = {each.name.lower(): each.version for each in distributions()}
for name in ("mxcheat", "textual", "torch", "mxnet"):
    print(name, found.get(name, "missing"))
"""


def versions() -> str:
    """One line: the interpreter, mxcheat and what it runs on, and the peers."""
    python = f"Python {platform.python_version()}"
    ours = _answer(PYTHON, "-c", _OURS).splitlines()
    peers = [f"{name} {version(name)}" for name in _PEERS]
    fzf = shutil.which("fzf")
    peers.append(f"fzf {_answer(fzf, '--version').split()[0]}" if fzf else "fzf missing")
    return ", ".join([python, *ours, *peers])


def _answer(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
