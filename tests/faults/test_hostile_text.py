"""What rows and snippets say stands on the screen as it is: nothing of it acts, no border moves."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.faults.app import CTRL_U, ENTER, opened, quit_app, rows_file, settle

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

# A text, and how it is seen.
HOSTILE = {
    "\x1b[2J\x1b[H\x1bcgone?": "␛[2J␛[H␛cgone?",
    "\x1b]0;taken\x07": "␛]0;taken␇",
    "\x1b]52;c;dGFrZW4=\x07": "␛]52;c;dGFrZW4=␇",
    "\x9b2J\x90q": "<U+009B>2J<U+0090>q",
    "[bold red]as it is[/] [/nothing]": "[bold red]as it is[/] [/nothing]",
    "漢字かな交じり文 한국어": "漢字かな交じり文 한국어",
    "e\u0301a\u0308 x\u0323\u0307": "e\u0301a\u0308 x\u0323\u0307",
    "abc\u202edef \u05d0\u05d1": "abc<U+202E>def \u05d0\u05d1",
    "a\0b\x08c": "a␀b␈c",
    "10%\r 50%\r100%": "100%",
}
ALL = "\n".join(HOSTILE)
SAYS = f"print({ALL!r})\n{ALL!r}"
RAISES = f"import sys\nprint({ALL!r}, file=sys.stderr)\nraise ValueError({ALL!r})"
# Sequences by which a screen is cleared or reset, a title set, a clipboard written.
ACTS = (b"\x1b[2J\x1b[H\x1bc", b"\x1b]0;", b"\x1b]52;", b"\xc2\x9b", b"\xc2\x90", b"\0")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def check_seen(terminal: Terminal) -> None:
    """Every text stands on the screen, in order and harmless."""
    text = unicodedata.normalize("NFC", terminal.text)
    lines = iter(text.splitlines())
    for seen in HOSTILE.values():
        wanted = unicodedata.normalize("NFC", seen)
        assert any(wanted in line for line in lines), f"{seen!r} not on screen:\n{text}"
    assert not any(sequence in terminal.raw for sequence in ACTS)
    assert "taken" not in terminal.screen.title + terminal.screen.icon_name


def borders(terminal: Terminal, y: int) -> list[int]:
    """The columns of a line in which a border stands."""
    screen = terminal.screen
    return [x for x in range(screen.columns) if screen.buffer[y][x].data == "│"]


@pytest.mark.parametrize("code", [SAYS, RAISES], ids=["says", "raises"])
def test_on_the_page_of_a_try(code: str) -> None:
    arguments = ["try", "--pytorch", code, "--gluon", "nd.ones((2, 2))"]
    with Terminal(*arguments, columns=120, lines=80) as terminal:
        assert terminal.wait_for_end(60) == 1
        check_seen(terminal)
        plain = _COLOUR.sub("", terminal.raw.decode())
        assert {char for char in plain if not char.isprintable()} == {"\r", "\n"}
        lines = terminal.text.splitlines()
        [top] = [y for y, line in enumerate(lines) if line.startswith("PyTorch")]
        end = lines.index("", top)
        assert end - top > len(HOSTILE)
        assert all(borders(terminal, y) == [59] for y in range(top, end))


def test_in_the_panes_of_the_app(tmp_path: Path) -> None:
    with opened(tmp_path, {"says": SAYS, "raises": RAISES}, "", lines=100) as terminal:
        for name, outcome in (("says", "✗ different"), ("raises", "✗ error")):
            terminal.type(CTRL_U + name + ENTER)
            terminal.wait_for(f"A fault called {name}", outcome)
            settle(terminal)
            check_seen(terminal)
            check_panes(terminal, 2 * len(HOSTILE))
        quit_app(terminal)


def check_panes(terminal: Terminal, least: int) -> None:
    """The panes of both sides keep to their columns, in at least so many lines."""
    lines = [cells(terminal, y) for y in range(terminal.screen.lines)]
    top = next(y for y, line in enumerate(lines) if "─ PyTorch ─" in "".join(line))
    left = "".join(lines[top]).index("─ PyTorch ─")
    right = "".join(lines[top]).index(" Gluon ")
    rest = lines[top + 1 :]
    end = next((y for y, line in enumerate(rest) if not "".join(line[left:]).strip()), len(rest))
    inside = [line for line in rest[:end] if line[left] != " "]
    assert len(inside) > least
    for line in inside:
        assert line[left - 1] == " ", "".join(line)
        assert line[right - 2] in " ━─" or line[left + 1] in "✗✓≠≈", "".join(line)


def cells(terminal: Terminal, y: int) -> list[str]:
    """A line as one character a cell; the second cell of a wide one is a space."""
    row = terminal.screen.buffer[y]
    return [row[x].data[:1] or " " for x in range(terminal.screen.columns)]


def test_in_a_row(tmp_path: Path) -> None:
    """Text of a data file, which may be anybody's: on the page of a lookup, and in the app."""
    path = rows_file(tmp_path, {"hostile": "torch.ones(1)"})
    document = json.loads(path.read_text())
    document["rows"][0].update(function=f"A fault {ALL[:40]}", notes=ALL)
    path.write_text(json.dumps(document))
    with Terminal("lookup", "hostile", "--data", str(path), columns=120, lines=60) as terminal:
        assert terminal.wait_for_end() == 0
        check_seen(terminal)
    with Terminal("--data", str(path), "hostile", columns=120, lines=60) as terminal:
        terminal.wait_for("torch.ones(1)", "100%")
        settle(terminal)
        check_seen(terminal)
        check_panes(terminal, 0)
        quit_app(terminal)
