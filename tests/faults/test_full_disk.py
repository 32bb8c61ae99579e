"""A disk without room: what cannot be kept is gone without, what cannot be run says why.

A bound on the size of files stands in for the disk, so that any user can run this: with no block
nothing can be written at all; with one (512 bytes or 1 KiB) there is room for small files only.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.faults.app import CTRL_U, ENTER, quit_app, rows_file
from tests.faults.launchers import launcher
from tests.support import mxcheat

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

NO_PLACE = "nothing can be run here: No usable temporary directory found"
FIX = "free some space, or set TMPDIR to a folder with room"


def room_for(blocks: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every mxcheat write files of this many blocks at most."""
    python = shlex.quote(sys.executable)
    monkeypatch.setattr(
        sys, "executable", launcher(folder, f'ulimit -f {blocks}; exec {python} "$@"')
    )


def files_in(folder: Path) -> dict[str, int]:
    """Name and size of everything written below a folder."""
    return {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing has been kept yet."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.mark.parametrize("command", ["lookup clamp", "list"])
def test_what_runs_nothing_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    with_room = mxcheat(*command.split())
    home = empty_home(tmp_path, monkeypatch)
    room_for(0, tmp_path, monkeypatch)
    assert mxcheat(*command.split()) == with_room
    assert with_room.code == 0
    assert files_in(home) == {}


def test_a_try_and_a_doctor_say_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for(0, tmp_path, monkeypatch)
    tried = mxcheat("try", "clamp", "--json")
    assert tried.code == 3
    for side in ("pytorch", "gluon"):
        assert tried.json[side]["status"] == "unavailable"
        assert tried.json[side]["error"]["message"].startswith(NO_PLACE)
        assert tried.json[side]["error"]["fix"] == FIX
    doctor = mxcheat("doctor", "--json")
    assert doctor.code == 3
    assert {found["fix"] for found in doctor.json["frameworks"].values()} == {FIX}
    assert tried.stderr == doctor.stderr == ""


def test_a_snippet_that_fills_the_disk_costs_its_own_side_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = empty_home(tmp_path, monkeypatch)
    room_for(1, tmp_path, monkeypatch)
    fills = "print('so far', flush=True)\nopen('large', 'wb').write(bytes(10**6))"
    tried = mxcheat("try", "--pytorch", fills, "--gluon", "nd.ones((2, 2))", "--json")
    assert tried.code == 1
    assert tried.json["pytorch"]["status"] == "error"
    assert tried.json["pytorch"]["error"]["type"] == "OSError"
    assert tried.json["pytorch"]["error"]["line"] == 2
    assert tried.json["pytorch"]["stdout"] == "so far\n"
    assert tried.json["gluon"]["status"] == "ok"
    assert tried.stderr == ""
    assert files_in(home) == {}


def test_an_export_that_does_not_fit_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for(1, tmp_path, monkeypatch)
    path = tmp_path / "sheet.md"
    done = mxcheat("export", "-o", path)
    assert done.code == 2
    assert done.stderr == f"mxcheat: {path}: cannot be written (File too large)\n"


@pytest.mark.parametrize("command", ["lookup clamp", "list --json", "--help"])
def test_output_that_does_not_fit_is_said_in_a_line(command: str) -> None:
    """The device that is always full takes none of it."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mxcheat", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "mxcheat: the output cannot be written (No space left on device)\n"


@pytest.mark.parametrize(
    ("blocks", "outcome"), [(0, ["unavailable", "free some space"]), (1, ["✓ equal"])]
)
def test_the_app_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: int, outcome: list[str]
) -> None:
    home = empty_home(tmp_path, monkeypatch)
    rows = str(rows_file(tmp_path, {"fine": "torch.ones(2, 2)"}))
    room_for(blocks, tmp_path, monkeypatch)
    with Terminal("--data", rows, "fine", columns=120, lines=36) as terminal:
        terminal.wait_for("A fault called fine")
        terminal.type(ENTER)
        terminal.wait_for(*outcome)
        terminal.type(CTRL_U + "clamp")
        terminal.wait_for("torch.clamp(x, low, high)")
        quit_app(terminal)
    assert set(files_in(home)) <= {"state.json"}
