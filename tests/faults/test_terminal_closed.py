"""The window is closed: the terminal's other end is gone, and so is everything soon after."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.app import ENDLESS, ENTER, opened, processes_of, still_there

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.live

# A second for what hears of it, and two more for a busy machine to take Python down.
SECONDS = 3


def close(terminal: Terminal) -> None:
    """Close the terminal; hold that the app and everything below it ends."""
    _, *below = processes_of(terminal)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, terminal.process.child_fd)  # pexpect closes the number itself, later
    os.close(nowhere)
    deadline = time.monotonic() + SECONDS
    while terminal.process.isalive():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert still_there(below, deadline - time.monotonic()) == []


def test_while_idle(tmp_path: Path) -> None:
    with opened(tmp_path, {}, "clamp") as terminal:
        close(terminal)


def test_while_running(tmp_path: Path) -> None:
    with opened(tmp_path, {"endless": ENDLESS}, "endless") as terminal:
        terminal.type(ENTER)
        terminal.wait_for("running")
        time.sleep(0.5)
        close(terminal)
