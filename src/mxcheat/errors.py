"""Errors a user can act on, and the exit codes that scripts rely on."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Characters of what someone typed that a message repeats.
_QUOTED = 80


class ExitCode(IntEnum):
    """How every command ends."""

    DONE = 0
    NO = 1
    USAGE = 2
    MISSING = 3
    INTERRUPTED = 130


class MxcheatError(Exception):
    """Something the user can mend: one line, and a hint at what would work.

    `lines` holds further messages where several problems are reported at once.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, *, hint: str = "", lines: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.lines = lines

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class MissingError(MxcheatError):
    """This machine lacks something: a framework, a device, a terminal."""

    exit_code = ExitCode.MISSING


class NothingFoundError(MxcheatError):
    """The question was sound and the answer is: nothing."""

    exit_code = ExitCode.NO


def shortened(text: str) -> str:
    """Return what someone typed as a message quotes it, its middle left out when it is long."""
    return repr(text if len(text) <= _QUOTED else f"{text[: _QUOTED // 2]}...{text[-20:]}")


def nearest(given: str, valid: Iterable[str], alike: float = 0.6) -> str:
    """Return the valid word closest to `given`, or "" when none is at least so much `alike`."""
    from difflib import get_close_matches  # noqa: PLC0415 - most command lines are right

    words = list(valid)
    by_lower = {word.lower(): word for word in words}
    close = get_close_matches(given.lower(), by_lower, n=1, cutoff=alike)
    return by_lower[close[0]] if close else ""


def did_you_mean(given: str, valid: Iterable[str]) -> str:
    """Return "did you mean X?", or the list of valid words when none is near."""
    words = list(valid)
    close = nearest(given, words)
    return f"did you mean {close}?" if close else f"expected one of: {', '.join(words)}"
