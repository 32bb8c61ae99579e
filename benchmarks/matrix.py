"""Whether every row holds with MXNet under other Pythons and NumPys, as a Markdown table.

    .venv/bin/python -m benchmarks.matrix [PYTHON:NUMPY ...]

Makes an environment for each pair in `.venv-matrix` (the wheels of `mxcheat setup`, another NumPy),
and runs `mxcheat verify` with MXNet there and torch where mxcheat is. A pair whose interpreter is
not on the PATH is left out, and said so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

from mxcheat.live.environments import python_in
from mxcheat.live.install import base_of
from mxcheat.live.recipes import recipe

ROOT = Path(__file__).parents[1]
PAIRS = ("3.8:1.19", "3.8:1.24", "3.10:1.23", "3.11:1.26", "3.12:2", "3.13:2")


def main(pairs: list[str]) -> None:
    """Print a line for each pair as it is known."""
    print("| Python | NumPy | mxnet | rows that hold | seconds |")
    print("| --- | --- | --- | --- | --- |")
    for pair in pairs or PAIRS:
        series, _, numpy = pair.partition(":")
        program = which(f"python{series}")
        if program is None:
            print(f"| {series} | {numpy} | | not here | |")
            continue
        python = _environment(program, numpy)
        print(_line(series, python, _verified(python)), flush=True)


def _environment(program: str, numpy: str) -> str:
    """An environment with mxnet and this NumPy; made once."""
    base = base_of(program)
    folder = ROOT / ".venv-matrix" / f"{base.series}-numpy-{numpy}"
    python = str(python_in(folder))
    if not folder.exists():
        subprocess.run([base.python, "-m", "venv", folder], check=True)
        needs, mxnet = recipe("mxnet", base)
        wanted = [need for need in needs if not need.startswith("numpy")]
        for step in ([*wanted, f"numpy=={numpy}.*"], mxnet):
            pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *step], check=True, stdout=sys.stderr)
    return python


def _verified(python: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "mxcheat", "verify", "--json"]
    environment = {**os.environ, "MXCHEAT_MXNET_PYTHON": python}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _line(series: str, python: str, document: dict[str, Any]) -> str:
    asked = [python, "-c", "import numpy; print(numpy.__version__)"]
    numpy = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    failed = [row["id"] for row in document["rows"] if not row["ok"]]
    summary = document["summary"]
    held = ", not ".join([f"{summary['ok']} of {summary['rows']}", *failed])
    mxnet = document["versions"]["mxnet"]
    return f"| {series} | {numpy} | {mxnet} | {held} | {document['seconds']:.0f} |"


if __name__ == "__main__":
    main(sys.argv[1:])
