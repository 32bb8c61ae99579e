"""Which row answers a symbol, however the symbol is reached: through an heir or an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.also_called import also_called
from mxcheat.names.spelling import symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

SIDES: dict[str, Side] = {"mxnet": "gluon", "torch": "pytorch"}


class Answers:
    """The rows by the symbols of one framework that they answer for."""

    def __init__(self, rows: Iterable[Row], framework: str) -> None:
        """Take in what the rows answer for on the side of `framework`: "mxnet" or "torch"."""
        self._rows: dict[str, Row] = {}
        self._found: dict[str, Row | None] = {}
        for row in rows:
            for name in row.answers.get(SIDES[framework], ()):
                for spelled in (name, symbol_of(name)):
                    if spelled:
                        self._rows.setdefault(spelled, row)

    @property
    def symbols(self) -> Iterable[str]:
        """The symbols that rows name."""
        return self._rows

    def row(self, symbol: str | None) -> Row | None:
        """The row that answers a symbol, or None."""
        if symbol is None:
            return None
        if symbol not in self._found:
            names = (symbol, *also_called(symbol))
            self._found[symbol] = next((self._rows[n] for n in names if n in self._rows), None)
        return self._found[symbol]
