"""The app in a terminal, on rows of a test's own."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil

from tests.e2e.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CTRL_P, CTRL_Q, CTRL_U, CTRL_Z = "\x10", "\x11", "\x15", "\x1a"
ESCAPE, ENTER = "\x1b", "\r"
DOWN, LEFT, PAGE_UP, PAGE_DOWN = "\x1b[B", "\x1b[D", "\x1b[5~", "\x1b[6~"
F1, F2, F4, F9 = "\x1bOP", "\x1bOQ", "\x1bOS", "\x1b[20~"
# What a program must undo: the alternate screen, mouse reports, the hidden cursor.
RESTORED = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
ENDLESS = "while True:\n    pass"


def rows_file(folder: Path, snippets: Mapping[str, str]) -> Path:
    """A data file with a row for each id: its PyTorch side is the snippet, Gluon's is fine."""
    rows = [
        {
            "id": name,
            "section": "tensor/operation",
            "function": f"A fault called {name}",
            "pytorch": code,
            "gluon": "nd.ones((2, 2))",
            "availability": "workaround",
        }
        for name, code in snippets.items()
    ]
    path = folder / "rows.yaml"
    path.write_text(json.dumps({"rows": rows}))  # which is YAML too
    return path


@contextmanager
def opened(
    folder: Path, snippets: Mapping[str, str], query: str, columns: int = 120, lines: int = 36
) -> Iterator[Terminal]:
    """The app with these rows, both frameworks imported, and `query` typed."""
    path = rows_file(folder, snippets)
    with Terminal("--data", str(path), query, columns=columns, lines=lines) as terminal:
        terminal.wait_for("torch 2.", "mxnet 1.", seconds=60)
        yield terminal


def settle(terminal: Terminal, seconds: float = 0.4) -> None:
    """Take in all that is drawn for so long: keys that come closer together may act on old."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.05)


def processes_of(terminal: Terminal) -> list[psutil.Process]:
    """The app and everything below it."""
    app = psutil.Process(terminal.process.pid)
    return [app, *app.children(recursive=True)]


def still_there(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those of `processes` that are not gone within `seconds`; a dead one may wait to be reaped."""
    _, left = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in left if process.status() != psutil.STATUS_ZOMBIE]


def quit_app(terminal: Terminal) -> None:
    """Ctrl+Q, then nothing is left and the terminal is as it was."""
    processes = processes_of(terminal)
    terminal.type(CTRL_Q)
    assert terminal.wait_for_end() == 0
    assert all(sequence in terminal.raw for sequence in RESTORED)
    assert b"Traceback" not in terminal.raw
    assert still_there(processes, 2) == []
