"""What several test modules use: the command as a process, and the processes it leaves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from mxcheat.cheatsheet.row import Snippet
from mxcheat.live.pythons.choose import EngineSettings, Named
from mxcheat.live.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mxcheat.cheatsheet.row import InputSpec


# Files of one row that is none of the shipped ones.
SOFTSIGN = """\
rows:
- id: softsign
  section: tensor/operation
  function: Soft sign
  pytorch: F.softsign(x)
  gluon: nd.softsign(x)
  availability: equivalent
  inputs: {x: "uniform(3)"}
  cases:
  - {x: "uniform(2, 2)"}
"""
HARDTANH = """\
rows:
- id: hardtanh
  section: tensor/operation
  function: Limit values to between -1 and 1
  pytorch: F.hardtanh(x)
  gluon: nd.clip(x, -1, 1)
  availability: workaround
  inputs: {x: "normal(3, 4)"}
"""


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one document on stdout; constants that JSON does not have are refused."""
        return json.loads(self.stdout, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def mxcheat(
    *arguments: str | Path,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    timeout: float = 90,
) -> Finished:
    """Run `mxcheat ARGUMENTS` as a user's shell would, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "mxcheat", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, **(env or {})},
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def pair(
    pytorch: str, gluon: str, inputs: Mapping[str, InputSpec] | None = None, **options: Any
) -> Trial:
    """A trial of two snippets."""
    snippets = {"pytorch": Snippet("", pytorch, ""), "gluon": Snippet("", gluon, "")}
    return Trial(snippets, inputs or {}, **options)  # type: ignore[arg-type]


def need_tool(name: str) -> None:
    """Skip a test whose program is not here; fail it where CI has made sure of all of them."""
    if not shutil.which(name):
        end = pytest.fail if os.environ.get("NEED_TOOLS") else pytest.skip
        end(f"there is no {name} here")


def torch_python(python: str) -> EngineSettings:
    """Settings that name a Python for torch."""
    return EngineSettings({"pytorch": Named(python, "VARIABLE", "unset VARIABLE")})


def mxnet_python(python: str) -> EngineSettings:
    """Settings that name a Python for mxnet."""
    return EngineSettings({"gluon": Named(python, "VARIABLE", "unset VARIABLE")})


def descendants() -> list[psutil.Process]:
    """Processes below this one."""
    return psutil.Process().children(recursive=True)


def strays(seconds: float = 2) -> list[psutil.Process]:
    """Processes below this one that are neither a worker nor the child each keeps ready.

    Waits up to `seconds` for the last to go.
    """
    deadline = time.monotonic() + seconds
    while True:
        workers = psutil.Process().children()
        ready = [child for worker in workers for child in worker.children()[:1]]
        left = [process for process in descendants() if process not in (*workers, *ready)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)
