"""Making an environment with a framework in it: venv and pip, then the proof by importing it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING, Any

from mxcheat.errors import MissingError, MxcheatError
from mxcheat.live.environments import call_broken, call_whole, environment, python_in
from mxcheat.live.interpreters import FRAMEWORKS
from mxcheat.live.process import WorkerFailedError, WorkerProcess
from mxcheat.live.recipes import PYTHONS, Base, recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.row import Side

_SIDES: dict[str, Side] = {framework: side for side, framework in FRAMEWORKS.items()}
_ASK = (
    "import json, platform, sys; print(json.dumps([list(sys.version_info[:2]),"
    " platform.system(), platform.machine()]))"
)
_SECONDS = 120.0


def install(framework: str, base: Base, say: Callable[[str], None]) -> dict[str, Any]:
    """Make the environment of a framework, or go on where it was left, and use it from now on.

    Returns what its worker says: "version", "numpy", "python". What pip prints goes to stderr.
    Raises MxcheatError with what failed.
    """
    steps = recipe(framework, base)
    folder = environment(framework)
    call_broken(folder)
    if not python_in(folder).exists():
        say(f"making an environment for {framework} with Python {base.series}: {folder}")
        _run([base.python, "-m", "venv", "--clear", str(folder)], "venv")
    for step in steps:
        say(f"installing {' '.join(name for name in step if not name.startswith('-'))}")
        pip = [str(python_in(folder)), "-m", "pip", "install", "--disable-pip-version-check"]
        _run([*pip, *step], "pip")
    info = _import(framework, python_in(folder))
    call_whole(folder)
    return info


def base_of(python: str) -> Base:
    """What an interpreter is. Raises MxcheatError if it is none."""
    found = which(python) or python
    try:
        asked = subprocess.run(
            [found, "-c", _ASK], check=False, capture_output=True, env=_environment()
        )
        version, system, machine = json.loads(asked.stdout)
    except (OSError, ValueError):
        message = f"--python {python}: this is no Python"
        raise MxcheatError(message, hint="for example python3.11") from None
    return Base(found, tuple(version), system, machine)


def find_base(framework: str) -> Base:
    """Our own interpreter if the framework can be had for it, else the first on the PATH."""
    own = base_of(sys.executable)
    if own.series in PYTHONS[framework]:
        return own
    for series in PYTHONS[framework]:
        # A program of that name may still be none: pyenv puts one there for every version.
        with contextlib.suppress(MxcheatError):
            return base_of(f"python{series}")
    return own


def _run(command: Sequence[str], name: str) -> None:
    done = subprocess.run(command, stdout=sys.stderr, check=False, env=_environment())
    if done.returncode:
        raise MissingError(
            f"{name} ended with exit code {done.returncode}",
            hint="what it says is above; the same command goes on where this one stopped",
        )


def _environment() -> dict[str, str]:
    """Ours, without what would let packages of another environment in."""
    kept_out = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    return {name: value for name, value in os.environ.items() if name not in kept_out}


def _import(framework: str, python: Path) -> dict[str, Any]:
    worker = WorkerProcess(_SIDES[framework], str(python))
    try:
        worker.wait_until_ready(_SECONDS, lambda: False)
        return worker.info
    except WorkerFailedError as error:
        raise MissingError(str(error.failure)) from None
    finally:
        worker.end()
