"""The app is suspended and resumed: it repaints, and a run that went on is told."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.faults.app import CTRL_Z, ENTER, RESTORED, opened, quit_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.live

SLOW = "import time\ntime.sleep(0.5)\ntorch.ones(2, 2)"


def by_key(terminal: Terminal) -> None:
    terminal.type(CTRL_Z)


def by_signal(terminal: Terminal) -> None:
    terminal.process.kill(signal.SIGTSTP)


def wait_until_stopped(terminal: Terminal) -> None:
    app = psutil.Process(terminal.process.pid)
    deadline = time.monotonic() + 5
    while app.status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < deadline, app.status()
        terminal.read(0.05)


def resume(terminal: Terminal) -> None:
    terminal.read(0.2)
    terminal.screen.reset()
    terminal.process.kill(signal.SIGCONT)


@pytest.mark.parametrize("suspend", [by_key, by_signal])
def test_suspended_and_resumed(tmp_path: Path, suspend: Callable[[Terminal], None]) -> None:
    with opened(tmp_path, {"slow": SLOW}, "slow") as terminal:
        terminal.raw = b""
        suspend(terminal)
        wait_until_stopped(terminal)
        terminal.read(0.2)
        assert all(sequence in terminal.raw for sequence in RESTORED)
        resume(terminal)
        terminal.wait_for("A fault called slow", "nd.ones((2, 2))", "F1", seconds=5)
        terminal.type(ENTER)
        terminal.wait_for("✓ equal")
        quit_app(terminal)


def test_suspended_during_a_run(tmp_path: Path) -> None:
    with opened(tmp_path, {"slow": SLOW}, "slow") as terminal:
        terminal.type(ENTER)
        terminal.wait_for("running")
        by_key(terminal)
        wait_until_stopped(terminal)
        time.sleep(1)  # the run ends meanwhile
        resume(terminal)
        terminal.wait_for("A fault called slow", "✓ equal", seconds=5)
        quit_app(terminal)


def test_stopped_from_outside(tmp_path: Path) -> None:
    """SIGSTOP cannot be seen coming; going on, the app takes the terminal back."""
    with opened(tmp_path, {"slow": SLOW}, "slow") as terminal:
        terminal.process.kill(signal.SIGSTOP)
        wait_until_stopped(terminal)
        resume(terminal)
        terminal.wait_for("A fault called slow", "nd.ones((2, 2))", "F1", seconds=5)
        terminal.type(ENTER)
        terminal.wait_for("✓ equal")
        quit_app(terminal)
