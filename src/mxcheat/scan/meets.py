"""Which differences of its row a call meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.meeting import Call
from mxcheat.scan.found import Bite

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.names.uses import Use

_LOUD = ("error", "crash")


def bites(row: Row, use: Use, side: Side = "gluon") -> tuple[Bite, ...]:
    """The differences of `row` that a use of a name of `side` surely meets, in the row's order.

    A difference without a rule for the side is met by no call that could be told; nor is one whose
    rule asks for what the call hides by *, ** or a value that is not written out.
    """
    ruled = [difference for difference in row.differences if side in difference.when]
    call = Call(use, row, side) if ruled else None
    return tuple(
        Bite(difference.says, difference.shows, _is_silent(difference))
        for difference in ruled
        if call and call.meets(difference.when[side])
    )


def _is_silent(difference: Difference) -> bool:
    """Whether both sides run; of one that was never run, what it shows in tells."""
    if difference.loud is None:
        return difference.shows not in _LOUD
    return not difference.loud
