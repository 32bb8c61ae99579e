"""Whether every row holds with a framework under other Pythons and NumPys, as a Markdown table.

    .venv/bin/python -m benchmarks.matrix [FRAMEWORK:PYTHON:NUMPY ...]

Makes an environment for each in `.venv-matrix` (the wheels of `mxcheat setup`, another NumPy, or
`none`), and runs `mxcheat verify` with the framework there and the other one where mxcheat is. What
has no interpreter on the PATH, or no torch without CUDA, is left out, and said so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mxcheat.live.pythons.ask import NoPythonError, Python, ask_python
from mxcheat.live.pythons.environments import python_in
from mxcheat.live.pythons.install import cpu_build
from mxcheat.live.pythons.pip import Pip, run
from mxcheat.live.pythons.recipes import recipe

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MXNET = ("3.8:1.16", "3.8:1.17", "3.8:1.19", "3.8:1.24", "3.9:2.0", "3.10:1.23", "3.11:1.26")
MXNET_LATEST = ("3.12:2", "3.13:2")
TORCH = ("3.11:1.26", "3.11:2", "3.11:none")
ALL = [f"mxnet:{pair}" for pair in MXNET + MXNET_LATEST] + [f"torch:{pair}" for pair in TORCH]
# Python 3.8 has no wheel of NumPy 1.16: it is built, with the tools of its time.
BUILT = {
    "1.16": [
        ("setuptools<60", "wheel", "cython<3"),
        ("--no-build-isolation", "--no-binary", "numpy", "numpy==1.16.*"),
    ]
}


def main(asked: list[str]) -> None:
    """Print a line for each as it is known."""
    print("| framework | Python | NumPy | rows that hold | seconds |")
    print("| --- | --- | --- | --- | --- |")
    for each in asked or ALL:
        framework, series, numpy = each.split(":")
        try:
            python = _environment(framework, ask_python(f"python{series}"), numpy)
        except (NoPythonError, LookupError) as error:
            why = getattr(error, "message", error)
            print(f"| {framework} | {series} | {numpy} | not here: {why} | |")
        else:
            print(_line(framework, series, python), flush=True)


def _environment(framework: str, base: Python, numpy: str) -> Path:
    """The Python of an environment with a framework and this NumPy; made once."""
    folder = ROOT / ".venv-matrix" / f"{framework}-{base.series}-numpy-{numpy}"
    python = python_in(folder)
    done = folder / "done"
    if not done.exists():
        run([base.path, "-m", "venv", "--clear", str(folder)], folder, 2)
        pip = Pip(python, 2)
        for step in _steps(framework, base, numpy, pip):
            pip.install(("--quiet", *step))
        done.touch()
    return python


def _steps(framework: str, base: Python, numpy: str, pip: Pip) -> Iterator[tuple[str, ...]]:
    """What pip installs, once for each. Raises LookupError where there is no torch for the CPU."""
    yield from BUILT.get(numpy, [] if numpy == "none" else [(f"numpy=={numpy}.*",)])
    if framework == "mxnet":
        needs, mxnet = recipe("mxnet", base)
        yield tuple(need for need in needs if not need.startswith("numpy"))
        yield mxnet
        return
    torch = cpu_build(pip.versions("torch"))
    if torch is None:
        raise LookupError("no torch without CUDA is offered")
    yield (f"torch=={torch}",) if numpy == "none" else (f"torch=={torch}", "torchvision")


def _line(framework: str, series: str, python: Path) -> str:
    variable = f"MXCHEAT_{framework.upper()}_PYTHON"
    document = _verified({**os.environ, variable: str(python)})
    failed = [row["id"] for row in document["rows"] if not row["ok"]]
    summary = document["summary"]
    held = ", not ".join([f"{summary['ok']} of {summary['rows']}", *failed])
    numpy = _numpy(python)
    return f"| {framework} | {series} | {numpy} | {held} | {document['seconds']:.0f} |"


def _verified(environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "mxcheat", "verify", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _numpy(python: Path) -> str:
    asked = [str(python), "-W", "ignore", "-c", "import numpy; print(numpy.__version__)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "none"


if __name__ == "__main__":
    main(sys.argv[1:])
