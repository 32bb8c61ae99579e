"""The index of the shipped rows, its tables kept from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.kept import Kept
from mxcheat.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet


def shipped_index(sheet: Callable[[], Cheatsheet], rows: Sequence[Row] = ()) -> Index:
    """The index of the shipped rows; `find` needs these rows given, `ranked` does not.

    `sheet` is asked for all of them, with what was found of them, only when the tables are made.
    """
    kept = Kept()
    tables = kept.read("tables") or kept.keep("tables", lambda: _made(sheet()).tables())
    return Index(rows, kept=tables) if tables else _made(sheet())


def _made(sheet: Cheatsheet) -> Index:
    return Index(sheet.rows, sheet.calls)
