"""CONTRIBUTING.md, followed from a missing operation to a row that is held."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.reader import load_file
from mxcheat.loading import load
from mxcheat.paths import mappings_file
from tests.documented import ROOT, commands_of
from tests.e2e.terminal import Terminal

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sheet import Cheatsheet

PAGE = ROOT / "CONTRIBUTING.md"
WALK = [
    "mxcheat new hypot",
    "mxcheat check --live hypot.yaml",
    "mxcheat --data hypot.yaml try hypot",
    "mxcheat --data hypot.yaml hypotenuse",
]


def row_of_the_page() -> str:
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.live
def test_the_walk_ends_with_a_verified_row(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = [command.command for command in commands_of(PAGE) if not command.inline]
    assert [command for command in shown if command.startswith("mxcheat")] == WALK
    begin, *prove, look = WALK
    begun = run(begin, tmp_path)
    assert begun.returncode == 0, begun.stderr
    (tmp_path / "hypot.yaml").write_text(row_of_the_page())
    for command in prove:
        proved = run(command, tmp_path)
        assert proved.returncode == 0, proved.stdout + proved.stderr
    with Terminal(*look.split()[1:], columns=120, lines=36) as terminal:
        terminal.wait_for("nd.broadcast_hypot(x, y)", seconds=60)
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0


def test_the_row_can_go_into_the_sheet_as_it_stands(tmp_path: Path) -> None:
    assert load().row("hypot") is None, "there is such a row: take another for CONTRIBUTING.md"
    sheet = tmp_path / "mappings.yaml"
    rows = row_of_the_page().removeprefix("rows:\n")
    sheet.write_text(mappings_file().read_text("utf-8") + rows, "utf-8")
    loaded: Cheatsheet = load_file(sheet)
    row = loaded.row("hypot")
    assert row is not None
    assert row.notes
    assert row.keywords
    assert row.case_count >= 2


def test_what_make_is_asked_for_is_a_target() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    shown = re.findall(r"(?:^|`)make ([a-z]+)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert set(shown) <= set(targets)
