"""A run whose PyTorch worker is a stand-in, and what is to come of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.launchers import launcher, stand_in_worker
from tests.support import pair

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.live.results import SideResult
    from mxcheat.live.session import Session

# Seconds that an import, the start of a run and a run are given.
DEADLINE = 0.5
# What the engine may take beyond a deadline, and what a busy machine may add to that.
AFTER_DEADLINE, SLACK = 1.0, 1.0


@dataclass
class StandIn:
    """A session in which PyTorch's worker is whatever a test makes of it."""

    session: Session
    folder: Path
    python: str = ""

    @property
    def fix(self) -> str:
        """The line that would mend the interpreter of the run before."""
        return f"{self.python} -m pip install --force-reinstall torch"

    def script(self, script: str) -> SideResult:
        """Run with a shell script for its Python."""
        return self._run(launcher(self.folder, script))

    def worker(self, code: str) -> SideResult:
        """Run with this Python code for its worker (see launchers.py)."""
        return self._run(stand_in_worker(self.folder, code))

    def _run(self, python: str) -> SideResult:
        self.python = python
        began = time.monotonic()
        result = self.session.run(pair("1", "1"), timeout=DEADLINE)
        assert time.monotonic() - began < DEADLINE + AFTER_DEADLINE + SLACK
        assert result.gluon.ok, result.gluon
        return result.pytorch


def check(side: SideResult, status: str, message: str, fix: str = "") -> None:
    """The side says what became of it, and what mends it if that can be said."""
    assert side.status == status, side
    assert side.error is not None
    assert side.error.message.startswith(message), side.error
    assert side.error.fix == fix, side.error
    assert side.outputs == ()
