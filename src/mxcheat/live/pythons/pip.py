"""Running venv and pip: what they say goes to stderr, why they fail is told in one line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import deque
from typing import TYPE_CHECKING

from mxcheat.errors import MissingError
from mxcheat.live.pythons.ask import foreign_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_GO_ON = "the same command goes on where this one stopped"
_FULL = "there is no room left on the disk", "make room"
# What a failure is put down to, by what is found in what was said; the first one counts.
_CAUSES = {
    "No space left|Disk quota exceeded": _FULL,
    "Read-only file system|Permission denied": (
        "it may not write there",
        "name another folder in XDG_DATA_HOME",
    ),
    "NewConnection|NameResolution|Max retries|[a-z]TimeoutError|ProxyError|SSLError": (
        "the package index cannot be reached",
        "see to the network, or name an index in PIP_INDEX_URL",
    ),
}
_LEAST_ROOM = 1 << 20


class Pip:
    """pip of one environment. What it starts keeps `lock`, a descriptor, open."""

    def __init__(self, python: Path, lock: int) -> None:
        self.python = python
        self.lock = lock

    def install(self, wanted: Sequence[str]) -> None:
        """Install requirements. Raises MissingError with the cause."""
        run([*self._pip("install"), *wanted], self.python.parent, self.lock)

    def versions(self, name: str, series: str = "") -> list[str]:
        """Versions of a package that there are for this Python (or another), newest first."""
        other = ["--python-version", series] if series else []
        done = subprocess.run(
            [*self._pip("index"), "versions", name, *other],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
            env=foreign_environment(),
        )
        listed = re.search(r"^Available versions: (.+)$", done.stdout, re.MULTILINE)
        return listed[1].split(", ") if listed else []

    def plan(self, wanted: Sequence[str]) -> list[str]:
        """The names of what `install` would download. Raises MissingError with the cause."""
        report = self.python.parent / "plan.json"
        options = ["--quiet", "--dry-run", "--report", str(report)]
        run([*self._pip("install"), *options, *wanted], self.python.parent, self.lock)
        entries = json.loads(report.read_bytes())["install"]
        return [entry["metadata"]["name"] for entry in entries]

    def _pip(self, command: str) -> list[str]:
        return [str(self.python), "-I", "-m", "pip", command, "--disable-pip-version-check"]


def run(command: Sequence[str], place: Path, lock: int) -> None:
    """Run to the end; what it says goes to stderr. Raises MissingError with the cause."""
    tail: deque[str] = deque(maxlen=200)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        pass_fds=[lock],
        env=foreign_environment(),
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                tail.append(line)
                sys.stderr.write(line)
            code = process.wait()
        except BaseException:  # an interrupt reaches us alone: it is in a session of its own
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if code:
        raise _failure(command[3], code, "".join(tail), place)


def _failure(name: str, code: int, said: str, place: Path) -> MissingError:
    cause, mend = _cause(said, place) or (f"exit code {code}", "see what it says above")
    return MissingError(f"{name} failed: {cause}", hint=f"{mend}; {_GO_ON}")


def _cause(said: str, place: Path) -> tuple[str, str] | None:
    there = next(path for path in (place, *place.parents) if path.exists())
    if shutil.disk_usage(there).free < _LEAST_ROOM:
        return _FULL
    return next((told for words, told in _CAUSES.items() if re.search(words, said)), None)
