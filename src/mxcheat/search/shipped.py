"""The index of the shipped rows, its tables kept from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.kept import Kept
from mxcheat.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.row import Row


def shipped_index(rows: Sequence[Row] = ()) -> Index:
    """The index of the shipped rows; `find` needs these rows given, `ranked` does not."""
    kept = Kept()
    tables = kept.read("tables") or kept.keep("tables", lambda: _made().tables())
    return Index(rows, kept=tables) if tables else _made()


def _made() -> Index:
    sheet = load()
    return Index(sheet.rows, sheet.calls)
