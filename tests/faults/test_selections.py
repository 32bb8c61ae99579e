"""Twenty rows are run within a second: only the last of them comes to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.app import DOWN, ENTER, opened, quit_app

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

SELECTIONS = 20


def test_only_the_last_of_twenty_runs_comes_to_its_end(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    code = (
        f"import time\ntime.sleep(1)\nopen({str(ended)!r}, 'a').write('NAME\\n')\ntorch.ones(2, 2)"
    )
    names = [f"selection-{number:02}" for number in range(SELECTIONS)]
    rows = {name: code.replace("NAME", name) for name in names}
    with opened(tmp_path, rows, "selection") as terminal:
        terminal.wait_for(names[0])
        for _ in range(SELECTIONS - 1):
            terminal.type(ENTER + DOWN)
            time.sleep(1 / SELECTIONS)
        terminal.type(ENTER)
        terminal.wait_for("✓ equal", seconds=10)
        time.sleep(1)  # a run that was not cancelled would have ended by then
        [last] = ended.read_text().split()
        assert f"A fault called {last}" in terminal.text
        quit_app(terminal)
