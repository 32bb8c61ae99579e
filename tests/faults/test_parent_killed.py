"""The app is killed with SIGKILL and can clean up nothing: nothing of it stays all the same."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.faults.app import ENDLESS, ENTER, opened, processes_of, still_there

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

# A second, and one more for a busy machine.
SECONDS = 2
DAEMON = """\
import os
import time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
print("forked", flush=True)
time.sleep(60)
"""


def kill(terminal: Terminal) -> None:
    """Kill the app; hold that everything below it follows."""
    app, *below = processes_of(terminal)
    assert below
    app.kill()
    assert still_there(below, SECONDS) == []


def test_while_idle(tmp_path: Path) -> None:
    with opened(tmp_path, {}, "clamp") as terminal:
        time.sleep(0.3)  # for the spare children
        kill(terminal)


@pytest.mark.parametrize("code", [ENDLESS, DAEMON], ids=["endless", "daemon"])
def test_while_running(tmp_path: Path, code: str) -> None:
    with opened(tmp_path, {"endless": code}, "endless") as terminal:
        terminal.type(ENTER)
        terminal.wait_for("running")
        time.sleep(0.5)
        kill(terminal)


@pytest.mark.parametrize("seconds", [0, 0.2, 0.6])
def test_while_importing(seconds: float) -> None:
    with Terminal("clamp") as terminal:
        terminal.wait_for("nd.clip")
        while len(processes_of(terminal)) == 1:
            terminal.read(0.01)
        time.sleep(seconds)
        kill(terminal)
