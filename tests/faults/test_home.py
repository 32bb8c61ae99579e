"""A home that is missing or takes no files: nothing is remembered, and everything works."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.faults.app import ENTER, quit_app
from tests.support import mxcheat

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

XDG = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")


def set_home(kind: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Make the home one of those that a program may meet."""
    file = folder / "file"
    file.write_text("not a folder\n")
    if kind == "unset":
        patch.delenv("HOME")
    elif kind == "files in the place of folders":
        for variable in XDG:
            patch.setenv(variable, str(file))
    elif kind == "read-only":  # to anybody but root
        (folder / "home").mkdir(mode=0o500)
        patch.setenv("HOME", str(folder / "home"))
    else:
        patch.setenv("HOME", {"empty": "", "impossible": str(file / "home")}[kind])


@pytest.mark.parametrize(
    ("kind", "command", "said"),
    [
        ("unset", "lookup clamp --code gluon", "nd.clip(x, low, high)"),
        ("empty", "list", "clamp"),
        ("read-only", "lookup clamp --code gluon", "nd.clip(x, low, high)"),
        ("unset", "doctor", "none: HOME is not set"),
        ("files in the place of folders", "try clamp", "equal"),
    ],
)
def test_a_command_does_what_it_always_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, command: str, said: str
) -> None:
    set_home(kind, tmp_path, monkeypatch)
    done = mxcheat(*command.split())
    assert done.code == 0, done
    assert said in done.stdout
    assert done.stderr == ""
    if kind == "read-only" and os.geteuid() != 0:
        assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("kind", ["unset", "impossible"])
def test_the_app_remembers_nothing_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    set_home(kind, tmp_path, monkeypatch)
    with Terminal("clamp", columns=120, lines=36) as terminal:
        terminal.wait_for("torch.clamp")
        terminal.type(ENTER)  # which would be remembered
        terminal.wait_for("✓ equal")
        assert "Unexpected" not in terminal.text
        quit_app(terminal)
