"""The two sides of every row, apart from what a row is: search loads no more than this."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Side

SIDES: tuple[Side, Side] = ("pytorch", "gluon")
