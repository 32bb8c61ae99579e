"""Asking a program whether it is a Python, and which."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import signal
import subprocess
import sys
import time
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds that a program has to say what it is; a Python says it in a hundredth of one.
PATIENCE = 10.0
# A cancel is looked for this often, in seconds.
_TICK = 0.1
# Runs under any Python there has been since 2.6, and takes no module of the current directory.
# The last line counts: a launcher may say more.
_QUESTION = (
    "import sys; sys.path[:] = [entry for entry in sys.path if entry]\n"
    "import json, platform; print(json.dumps([list(sys.version_info[:2]),"
    " platform.system(), platform.machine()]))"
)
_HINT = "name a Python interpreter, for example python3.11"
_MOST = 4096
# What leads a Python to packages, or makes it install them elsewhere: it is meant for one Python.
_MEANT_FOR_ONE = ("PYTHON", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")


class NoPythonError(MxcheatError):
    """A program that was to be a Python is none."""


class Python(NamedTuple):
    """An interpreter: its path, its version, and the platform it was built for."""

    path: str
    version: tuple[int, int]
    system: str
    machine: str

    @property
    def series(self) -> str:
        """Its version as in the name of the program: 3.11."""
        return ".".join(map(str, self.version))


def ask_python(program: str, cancelled: Callable[[], bool] = lambda: False) -> Python:
    """What a program says it is. Raises NoPythonError, saying what is wrong, in PATIENCE at most.

    Once `cancelled`, it is not waited for any longer.
    """
    path = which(program) or program
    try:
        said = _answer(path, cancelled)
    except OSError as error:
        raise NoPythonError(f"{path} cannot be started ({error.strerror})", hint=_HINT) from None
    lines = said.decode("utf-8", "replace").strip().splitlines() or [""]
    try:
        version, system, machine = json.loads(lines[-1])
        return Python(path, (int(version[0]), int(version[1])), str(system), str(machine))
    except (ValueError, TypeError, LookupError):
        words = f": {lines[0][:200]}" if lines[0] else ""
        raise NoPythonError(f"{path} is no Python{words}", hint=_HINT) from None


def environment_of(python: str) -> dict[str, str]:
    """The environment that `python` is started with, by whatever part of mxcheat.

    Our own Python keeps ours, and finds the packages that it finds in the shell; another one gets
    none of the variables that are meant for a Python.
    """
    if python != sys.executable:
        return foreign_environment()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    path = python_path()
    return {**kept, "PYTHONPATH": os.pathsep.join(path)} if path else kept


def foreign_environment() -> dict[str, str]:
    """Our environment without what is meant for our own Python."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(_MEANT_FOR_ONE)
    }


def python_path() -> list[str]:
    """The entries of PYTHONPATH that mean the same folder wherever a process is."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [entry for entry in given if os.path.isabs(entry)]


def _answer(path: str, cancelled: Callable[[], bool]) -> bytes:
    """The first of what a program prints when it is asked; it does not outlive this."""
    with subprocess.Popen(
        [path, "-c", _QUESTION],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment_of(path),
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            return _read(process.stdout.fileno(), cancelled)
        finally:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)


def _read(pipe: int, cancelled: Callable[[], bool]) -> bytes:
    """What comes through a pipe, to its end, or as much as an answer may have."""
    said, deadline = b"", time.monotonic() + PATIENCE
    while len(said) < _MOST:
        if cancelled() or time.monotonic() > deadline:
            raise TimeoutError(errno.ETIMEDOUT, f"no answer within {PATIENCE:g} s")
        if select.select([pipe], [], [], _TICK)[0]:
            part = os.read(pipe, _MOST)
            if not part:
                break
            said += part
    return said
