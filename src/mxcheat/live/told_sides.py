"""Whether what a sentence says of one side (a number, a dtype) is that side's, not the other's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.cheatsheet.sides import other as other_side
from mxcheat.live.clauses import clauses
from mxcheat.live.results import SideResult
from mxcheat.live.told_numbers import untold_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mxcheat.live.results import TryResult

# What a framework works in shows in no output: "held in float32", "to float32 precision".
_DTYPE = re.compile(
    r"(?<!through )(?<!held in )(?<![\w.])"
    r"(?:(?:u?int|b?float|complex)\d+|bool)\b(?! precision| factor)"
)
_COMPARES = re.compile(r" [<>=!]=? ")


def untold_of_sides(
    sentence: str, code: Sequence[str], results: Sequence[TryResult]
) -> Iterator[str]:
    """The numbers and dtypes that a clause gives to a side whose run does not have them.

    `code` is what both sides may name beside that. A side that was not run is not asked.
    """
    for clause in clauses(sentence):
        of_side = results
        if clause.side is not None:
            of_side = [_without(other_side(clause.side), result) for result in results]
            if not any(result.side(clause.side).status != "none" for result in of_side):
                continue
        untold = untold_dtypes(clause.text, code, of_side)
        if clause.side is not None:
            untold += untold_numbers(clause.text, code, of_side)
        if untold:
            where = LABELS[clause.side] if clause.side else "nothing that was run"
            yield f"{clause.text!r}: {where} gives no {', '.join(untold)}"


def untold_dtypes(sentence: str, code: Iterable[str], results: Iterable[TryResult]) -> list[str]:
    """The dtypes of a sentence that neither code, nor inputs, errors or outputs have."""
    said = _DTYPE.findall(sentence)
    if not said:
        return []
    known = set(code)
    for result in results:
        known |= {
            f"{described['dtype']} {described['text']}" for described in result.inputs.values()
        }
        for side in result.sides:
            known |= {side.code, str(side.error or "")}
            known |= {f"{output.dtype} {output.text}" for output in side.outputs}
    text = "\n".join(known)
    text += " bool" * bool(_COMPARES.search(text))
    return [dtype for dtype in said if not re.search(rf"(?<![a-z]){dtype}(?!\d)", text)]


def _without(side: str, result: TryResult) -> TryResult:
    """The result without what one side gave."""
    if side == "pytorch":
        return replace(result, pytorch=SideResult("pytorch", "none"))
    return replace(result, gluon=SideResult("gluon", "none"))
