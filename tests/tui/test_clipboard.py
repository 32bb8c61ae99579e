"""Ways to the clipboard, and what is said of them."""

from __future__ import annotations

import base64
import re
import stat
from typing import TYPE_CHECKING

import pytest

from mxcheat.tui.clipboard import LONGEST_BASE64, copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "y = nd.clip(x, 0.2, 9)  # 矩阵 \x1b[2J\n"


class Machine:
    """Programs of our own on the PATH, and a terminal that notes what it is sent."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._patch, self.sent = home, monkeypatch, ""
        (home / "bin").mkdir()
        self.set(PATH=str(home / "bin"), TERM="xterm-256color", DISPLAY="", WAYLAND_DISPLAY="")
        monkeypatch.setattr("sys.platform", "linux")

    def set(self, **variables: str) -> None:
        for name, value in variables.items():
            self._patch.setenv(name, value)

    def program(self, name: str, last: str = "") -> None:
        """A program that keeps what it is given and how it was called."""
        path = self.home / "bin" / name
        shell = (
            f'#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@" > {path}.args\ncat > {path}.text\n{last}\n'
        )
        path.write_text(shell)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def got(self, name: str) -> tuple[str, str]:
        path = self.home / "bin" / name
        return path.with_suffix(".args").read_text().strip(), path.with_suffix(".text").read_text()

    def copy(self, text: str = TEXT) -> str:
        return copy(text, self._write)

    def _write(self, data: str) -> None:
        self.sent += data

    @property
    def kept(self) -> Path:
        return self.home / ".local" / "state" / "mxcheat" / "copied.txt"


@pytest.fixture
def machine(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(own_home, monkeypatch)


@pytest.mark.parametrize(
    ("name", "variable", "arguments"),
    [
        ("wl-copy", "WAYLAND_DISPLAY", ""),
        ("xclip", "DISPLAY", "-selection clipboard"),
        ("xsel", "DISPLAY", "--clipboard --input"),
    ],
)
def test_a_tool_is_used_where_the_display_is_local(
    machine: Machine, name: str, variable: str, arguments: str
) -> None:
    machine.program(name)
    machine.set(**{variable: ":0"})
    assert machine.copy() == f"copied with {name}"
    assert machine.got(name) == (arguments, TEXT)
    assert machine.sent == ""
    assert not machine.kept.exists()


def test_the_mac_s_own_tool_is_used(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.program("pbcopy")
    monkeypatch.setattr("sys.platform", "darwin")
    assert machine.copy() == "copied with pbcopy"


def sent_text(sent: str) -> str:
    match = re.fullmatch("\x1b\\]52;c;([A-Za-z0-9+/=]*)\x07", sent)
    assert match
    return base64.b64decode(match[1]).decode()


def test_over_ssh_the_terminal_is_asked(machine: Machine) -> None:
    machine.program("xclip")
    machine.set(DISPLAY=":10", SSH_CONNECTION="10.0.0.1 2 10.0.0.2 22")
    said = machine.copy()
    assert sent_text(machine.sent) == TEXT
    assert said.startswith("sent to the terminal's clipboard (OSC 52); if it refuses, it is in ")
    assert str(machine.kept) in said
    assert machine.kept.read_text() == TEXT


@pytest.mark.parametrize("last", ["exit 1", "sleep 30"])
def test_a_tool_that_fails_is_passed_over(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    monkeypatch.setattr("mxcheat.tui.clipboard._PATIENCE", 0.3)
    machine.program("xclip", last)
    machine.set(DISPLAY=":0")
    assert machine.copy().startswith("sent to the terminal's clipboard")


def test_in_tmux_its_own_buffer_is_loaded(machine: Machine) -> None:
    machine.program("tmux")
    machine.set(TMUX="/tmp/socket,1,0", SSH_TTY="/dev/pts/1")
    assert "copied to tmux's buffer" in machine.copy()
    assert machine.got("tmux") == ("load-buffer -w -", TEXT)
    assert machine.sent == ""


def test_in_tmux_without_its_program_the_sequence_is_wrapped(machine: Machine) -> None:
    machine.set(TMUX="/tmp/socket,1,0")
    assert machine.copy().startswith("sent through tmux to the terminal's clipboard")
    start, end = "\x1bPtmux;", "\x1b\\"
    assert machine.sent.startswith(start)
    assert machine.sent.endswith(end)
    inner = machine.sent[len(start) : -len(end)]
    assert sent_text(inner.replace("\x1b\x1b", "\x1b")) == TEXT


def test_a_text_that_is_too_long_is_kept_in_a_file(machine: Machine) -> None:
    fits = "x" * ((LONGEST_BASE64 - 9) // 4 * 3)
    assert machine.copy(fits).startswith("sent")
    machine.sent = ""
    said = machine.copy(fits + "xxx")
    assert said == f"not copied: 54 KiB, and a terminal takes 54; it is in {machine.kept}"
    assert machine.sent == ""
    assert machine.kept.read_text() == fits + "xxx"


@pytest.mark.parametrize("term", ["linux", "dumb", ""])
def test_a_terminal_without_a_clipboard_is_not_asked(machine: Machine, term: str) -> None:
    machine.set(TERM=term)
    assert machine.copy() == f"not copied: this terminal has no clipboard; it is in {machine.kept}"
    assert machine.sent == ""


def _blocked(machine: Machine) -> str:
    (machine.home / ".local").write_text("")
    return f"it could not be kept in {machine.kept} either"


def _homeless(machine: Machine) -> str:
    machine.set(HOME="")
    return "it could not be kept in a file either: there is no home"


@pytest.mark.parametrize("spoil", [_blocked, _homeless])
def test_where_nothing_can_be_kept_that_is_said(
    machine: Machine, spoil: Callable[[Machine], str]
) -> None:
    assert spoil(machine) in machine.copy()
