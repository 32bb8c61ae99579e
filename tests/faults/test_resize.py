"""The terminal changes its size while a run goes on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.app import ENTER, opened, quit_app

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.live

SLOW = "import time\ntime.sleep(2)\ntorch.ones(2, 2)"


def resize(terminal: Terminal, columns: int, lines: int) -> None:
    terminal.screen.resize(lines, columns)
    terminal.screen.reset()
    terminal.process.setwinsize(lines, columns)


def test_resized_during_a_run(tmp_path: Path) -> None:
    with opened(tmp_path, {"slow": SLOW}, "slow") as terminal:
        terminal.type(ENTER)
        terminal.wait_for("running")
        for columns, lines in ((80, 24), (20, 5), (200, 50), (100, 30)):
            resize(terminal, columns, lines)
            time.sleep(0.2)
        terminal.wait_for("A fault called slow", "running")
        terminal.wait_for("✓ equal")
        assert any(len(line) > 90 for line in terminal.text.splitlines())
        quit_app(terminal)
