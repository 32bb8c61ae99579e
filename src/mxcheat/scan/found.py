"""The records of a scan: the texts that were read, and what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.names.uses import Certainty


class Source(NamedTuple):
    """A file as Python text, with every column where it was.

    What is not Python (a document's prose, a notebook's magics) is blank. `cells` has, for each
    line of a notebook's text, its cell (from 0, all cells counted) and its line in that (from 1);
    None for other files, whose lines are those of the file. `problem` says why the file could not
    be read, or not completely.
    """

    path: str
    text: str
    problem: str | None = None
    cells: Sequence[tuple[int, int]] | None = None


class Bite(NamedTuple):
    """A difference that a call meets: what it says, what it shows in, whether it is silent."""

    says: str
    shows: str
    silent: bool


class Call(NamedTuple):
    """One use of a public name: where, how surely, and which row answers it.

    `code` is the expression on one line; `row` is the id of the row that answers the symbol, or
    None; `reason` says why the symbol is unknown. Lines count from 1, within the cell of a
    notebook; columns from 1, in characters.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    symbol: str | None
    certainty: Certainty
    reason: str = ""
    row: str | None = None
    bites: tuple[Bite, ...] = ()
    cell: int | None = None


class File(NamedTuple):
    """What was found in one file: the libraries that it uses, and each call."""

    path: str
    problem: str | None
    uses: tuple[str, ...]
    calls: tuple[Call, ...]


class Report(NamedTuple):
    """What was found in all files, and how many were left out, by why."""

    files: tuple[File, ...]
    skipped: dict[str, int]
