"""The terminal changes its size while a run goes on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.app import (
    CTRL_P,
    CTRL_U,
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    F2,
    F4,
    F9,
    PAGE_DOWN,
    PAGE_UP,
    opened,
    quit_app,
    settle,
)

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


def test_a_window_without_room(tmp_path: Path) -> None:
    """Whatever is open, and whatever is pressed, a window may be as small as one cell."""
    with opened(tmp_path, {"slow": SLOW}, "slow") as terminal:
        for opens in (F2, F9, F1, F4, CTRL_P):
            terminal.type(opens)
            settle(terminal)
            for columns, lines in ((20, 5), (5, 20), (4, 2), (1, 1), (120, 36)):
                resize(terminal, columns, lines)
                terminal.type(PAGE_UP + PAGE_DOWN + DOWN)
                settle(terminal, 0.1)
            terminal.type(ESCAPE)
            settle(terminal)
        terminal.wait_for("A fault called slow", "nd.ones((2, 2))")
        assert "Unexpected" not in terminal.text
        quit_app(terminal)


def test_a_click_beside_the_window_leaves_the_keys_to_the_search(tmp_path: Path) -> None:
    """As it may come while the window shrinks; the mouse is where the window was."""
    with opened(tmp_path, {"slow": SLOW}, "round") as terminal:
        terminal.type("\x1b[<0;130;40M\x1b[<0;130;40m")
        settle(terminal)
        terminal.type(CTRL_U + "slow")
        terminal.wait_for("A fault called slow", seconds=10)
        quit_app(terminal)
