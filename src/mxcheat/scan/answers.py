"""Which row answers a symbol, however the symbol is reached: through a heir or an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.spelling import symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

SIDES: dict[str, Side] = {"mxnet": "gluon", "torch": "pytorch"}


class Answers:
    """The rows by the symbols of one framework that they answer for."""

    def __init__(self, rows: Iterable[Row], framework: str) -> None:
        """Take in what the rows answer for on the side of `framework`: "mxnet" or "torch"."""
        self._rows: dict[str, Row] = {}
        for row in rows:
            for name in row.answers.get(SIDES[framework], ()):
                for spelled in (name, symbol_of(name)):
                    if spelled:
                        self._rows.setdefault(spelled, row)

    def row(self, symbol: str | None) -> Row | None:
        """The row that answers a symbol, or None."""
        if symbol is None:
            return None
        if symbol not in self._rows:
            found = next((self._rows[name] for name in _others(symbol) if name in self._rows), None)
            return found
        return self._rows[symbol]


def _others(symbol: str) -> Iterator[str]:
    """What else a symbol is called."""
    return iter(())
