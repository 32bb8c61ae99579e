"""Two mxcheats at the same time share a home and a machine, and nothing else."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.faults.app import CTRL_U, ENTER, opened, quit_app
from tests.support import mxcheat

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.live

ROWS = {
    "one": "torch.ones(1)",
    "two": "torch.ones(2)",
    "deadly": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
}


def run(terminal: Terminal, query: str, *words: str) -> None:
    """Type a query over the last, run the row, and wait for these words."""
    terminal.type(CTRL_U + query + ENTER)
    terminal.wait_for(*words, seconds=10)


def workers_of(terminal: Terminal) -> list[psutil.Process]:
    """The two processes that hold the frameworks of an app."""
    return psutil.Process(terminal.process.pid).children()


def test_two_apps(own_home: Path) -> None:
    """Each shows its own results; what happens to the workers of one does not reach the other."""
    folders = [own_home / "first", own_home / "second"]
    for folder in folders:
        folder.mkdir()
    with opened(folders[0], ROWS, "one") as first, opened(folders[1], ROWS, "two") as second:
        for terminal, query, shape in ((first, "one", "(1,)"), (second, "two", "(2,)")) * 2:
            run(terminal, query, f"float32 {shape}")
        theirs = workers_of(second)
        assert len(theirs) == 2
        run(first, "deadly", "SIGKILL")
        run(first, "clamp", "✓ equal")
        assert workers_of(second) == theirs
        quit_app(first)
        assert workers_of(second) == theirs
        run(second, "addmm", "≈ close")
        quit_app(second)
    kept = json.loads((own_home / ".local/state/mxcheat/state.json").read_text())
    assert kept["recent"][0] == "addmm"
    assert [path.name for path in (own_home / ".local/state/mxcheat").iterdir()] == ["state.json"]


def test_two_tries() -> None:
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda row: mxcheat("try", row, "--json"), ["clamp", "addmm"]))
    assert [each.code for each in done] == [0, 0]
    assert [each.json["row"]["id"] for each in done] == ["clamp", "addmm"]
    assert [each.json["verdict"]["status"] for each in done] == ["equal", "close"]
