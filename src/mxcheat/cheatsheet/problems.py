"""What is wrong in a data file: every problem with its line, and the error that holds them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.errors import MxcheatError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (lines count from 1), what, what would do, in which row."""

    line: int
    message: str
    hint: str = ""
    row: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class DataFileError(MxcheatError):
    """A data file with problems: `lines` has those after the first, with file and line."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        first, *others = (f"{path}:{problem.line}: {problem}" for problem in problems)
        count = f" (the first of {len(problems)} problems)" if others else ""
        super().__init__(first + count, lines=tuple(others))
        self.path = path
        self.problems = tuple(problems)


class UnreadableFileError(DataFileError):
    """A data file that is not there, or may not be read."""

    def __init__(self, path: Path, error: OSError) -> None:
        message = f"{path}: cannot be read ({error.strerror})"
        MxcheatError.__init__(self, message, hint=_beside(path))
        self.path = path
        self.problems = ()


def _beside(path: Path) -> str:
    """The file that may have been meant, if its folder has one of nearly this name."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.suffix in (".yaml", ".yml")]
    except OSError:
        return ""
    close = nearest(path.name, names)
    return f"did you mean {path.with_name(close)}?" if close and close != path.name else ""
