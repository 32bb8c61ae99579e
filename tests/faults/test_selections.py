"""Twenty rows are run within a second: only the last of them comes to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.app import CTRL_U, DOWN, ENTER, F4, LEFT, opened, quit_app

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

SELECTIONS = 20
CODE = """\
import time
time.sleep(1)
open({log!r}, "a").write({name!r} + " ")
torch.ones(2, 2)
"""


@pytest.mark.parametrize("seconds", [1, 0], ids=["in-a-second", "at-once"])
def test_only_the_last_of_twenty_runs_comes_to_its_end(tmp_path: Path, seconds: float) -> None:
    log = tmp_path / "ended"
    names = [f"selection-{number:02}" for number in range(SELECTIONS)]
    rows = {name: CODE.format(log=str(log), name=name) for name in names}
    with opened(tmp_path, rows, "a fault called") as terminal:
        terminal.wait_for(f"A fault called {names[0]}")
        for _ in range(SELECTIONS - 1):
            terminal.type(ENTER + DOWN)
            terminal.read(seconds / SELECTIONS)
        terminal.type(ENTER)
        terminal.wait_for(f"A fault called {names[-1]}", "✓ equal", seconds=10)
        time.sleep(1)  # a run that was not cancelled would have ended by then
        assert log.read_text().split() == names[-1:]
        quit_app(terminal)


def test_enter_does_not_overtake_what_was_typed_before_it(tmp_path: Path) -> None:
    """Keys that arrive at once, as from a script or over a slow line, are taken in order."""
    with opened(tmp_path, {"slow": "torch.ones(2, 2)"}, "") as terminal:
        terminal.type("clamp" + ENTER)
        terminal.wait_for("torch.clamp(x, low, high)", "✓ equal", seconds=10)
        quit_app(terminal)


def test_keys_that_edit_act_in_their_turn(tmp_path: Path) -> None:
    """Ctrl+U, the arrows and Backspace, with letters right behind them."""
    with opened(tmp_path, {"slow": "torch.ones(2, 2)"}, "round") as terminal:
        terminal.type(CTRL_U + "clxamp" + LEFT * 3 + "\x7f" + ENTER)
        terminal.wait_for("torch.clamp(x, low, high)", "✓ equal", seconds=10)
        terminal.type(F4)
        terminal.wait_for("Next editor", seconds=5)
        terminal.type("to(" + LEFT + "t" + LEFT * 2 + "\x7fa")
        terminal.wait_for("aot(y = torch.clamp(x, low, high)", seconds=5)
        quit_app(terminal)
