"""Which row answers a symbol, by whatever name, and which differences a call meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.meeting import Call
from mxcheat.names.also_called import also_called
from mxcheat.names.spelling import symbol_of
from mxcheat.scan.found import Bite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.names.uses import Use

SIDES: dict[str, Side] = {"mxnet": "gluon", "torch": "pytorch"}

_LOUD = ("error", "crash")


class Answers:
    """The rows by the symbols of one framework that they answer for."""

    def __init__(self, rows: Iterable[Row], framework: str) -> None:
        """`framework`, "mxnet" or "torch", says whose names of the rows to take."""
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


def bites(row: Row, use: Use, side: Side = "gluon") -> tuple[Bite, ...]:
    """The differences of `row` that a use of a name of `side` surely meets, in the row's order.

    Not those without a rule for the side, nor those whose rule asks for what the call hides by *,
    ** or a value that is not written out.
    """
    ruled = [difference for difference in row.differences if side in difference.when]
    call = Call(use, row, side) if ruled else None
    return tuple(
        Bite(difference.says, difference.shows, _is_silent(difference))
        for difference in ruled
        if call and call.meets(difference.when[side])
    )


def _is_silent(difference: Difference) -> bool:
    """Whether both sides run; if it was never run, by what it shows in."""
    if difference.loud is None:
        return difference.shows not in _LOUD
    return not difference.loud
