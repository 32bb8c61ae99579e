"""The one writer of stderr: what people are told beside the data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mxcheat.render.inert import inert_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.errors import MxcheatError


def say(message: str) -> None:
    """One line for a person."""
    _write(f"mxcheat: {inert_line(message)}\n")


def complain(error: MxcheatError) -> None:
    """An error, one line for each problem it holds."""
    say(str(error))
    for line in error.lines:
        say(line)


def confirm(question: str) -> bool:
    """Whether someone at the terminal says yes; False where there is no terminal to ask at."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    _write(f"mxcheat: {inert_line(question)} [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def suggest(commands: Sequence[str]) -> None:
    """Commands to type next, each on a line of its own."""
    _write("".join(f"  {inert_line(command)}\n" for command in commands))


class Progress:
    """A line that is rewritten in place on a terminal, and is silent elsewhere."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.shown = sys.stderr.isatty()

    def show(self, done: int, what: str) -> None:
        """Say how far the work is, and what was done last."""
        if self.shown:
            width = 24
            bar = "━" * round(width * done / max(1, self.total))
            _write(f"\r\x1b[K{bar:<{width}} {done}/{self.total}  {inert_line(what)}")

    def clear(self) -> None:
        """Leave the line empty."""
        if self.shown:
            _write("\r\x1b[K")


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except UnicodeEncodeError:
        sys.stderr.write(text.encode("ascii", "replace").decode())
    except OSError:
        return  # nobody is listening, and that is no reason to fail
