"""The one writer of stderr: what people are told beside the data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mxcheat.render.inert import inert_line
from mxcheat.render.language import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.errors import MxcheatError


def counted(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def say(message: str) -> None:
    """One line for a person."""
    _write(f"mxcheat: {inert_line(told(message))}\n")


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
    """A line that is rewritten in place on a terminal, and is silent elsewhere.

    Without a `total` it counts what is done.
    """

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.shown = sys.stderr.isatty()

    def show(self, done: int, what: str) -> None:
        """Say how far the work is, and what was done last."""
        if self.shown:
            import shutil  # noqa: PLC0415 - seldom needed

            columns = shutil.get_terminal_size().columns
            # A line that wraps could not be rewritten.
            _write(f"\r\x1b[K{f'{self._measure(done)}  {inert_line(what)}'[: columns - 1]}")

    def _measure(self, done: int) -> str:
        if not self.total:
            return str(done)
        width = 24
        bar = "━" * round(width * done / self.total)
        return f"{bar:<{width}} {done}/{self.total}"

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
