"""Whether what a sentence says of one side (a number, a shape, a dtype) is that side's own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.cheatsheet.sides import other as other_side
from mxcheat.live.clauses import TUPLE, clauses
from mxcheat.live.results import SideResult
from mxcheat.live.told_numbers import untold_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import TryResult

# A clause that names a version speaks of that one, whichever was run.
VERSION = re.compile(r"\b(?:MXNet|Gluon|PyTorch|torch|torchvision|NumPy|Python|CUDA) \d+(?:\.\d+)*")
# What a framework works in shows in no output: "held in float32", "to float32 precision".
_DTYPE = re.compile(
    r"(?<!through )(?<!held in )(?<![\w.])"
    r"(?:(?:u?int|b?float|complex)\d+|bool)\b(?! precision| factor)"
)
_GIVES_DTYPE = re.compile(
    r"\b(?:gives?|is|are|becomes?|makes?|stays?|keeps?|draws?) (?:an? |as )?(?P<given>\w+)"
    r"|(?P<there>\w+) in (?:nd|mx\.np|npx|MXNet|Gluon|torch|torchvision)\b"
)
_COMPARES = re.compile(r" [<>=!]=? ")
# What is surely a shape: (), (3,), three numbers or more, and what something "gives" or "has".
_SHAPE = re.compile(
    r"(?<![\w.\])])\((?:-?\d+,)?\)"
    r"|(?<![\w.\])])\(-?\d+,-?\d+,[-\d,]+\)"
    r"|(?:(?<=\bgives shape )|(?<=\bhas shape )|(?<=\bshape is ))\([-\d,]+\)"
)
# Smaller numbers stand in the shape of any input, whatever a sentence is about.
_LARGE = 10


def untold_of_sides(
    sentence: str, code: Sequence[str], results: Sequence[TryResult]
) -> Iterator[str]:
    """What clauses give to a side whose run does not have it: numbers, shapes, dtypes.

    `code` is what both sides may name beside that. A side that was not run is not asked.
    """
    for clause in clauses(sentence):
        if VERSION.search(clause.text):
            continue
        of_side = results
        if clause.side is not None:
            of_side = [_alone(clause.side, result) for result in results]
            if all(result.side(clause.side).status == "none" for result in of_side):
                continue
        untold = untold_dtypes(clause.text, code, of_side)
        untold += _untold_shapes(clause.text, code, of_side)
        alone, tuples = TUPLE.sub("", clause.text), " ".join(TUPLE.findall(clause.text))
        untold += untold_numbers(alone, code, map(_without_small_shapes, of_side))
        untold += untold_numbers(tuples.replace(",", ", "), code, of_side)
        if untold:
            where = LABELS[clause.side] if clause.side else "nothing that was run"
            yield f"{clause.text!r}: {where} gives no {', '.join(untold)}"


def untold_dtypes(sentence: str, code: Iterable[str], results: Iterable[TryResult]) -> list[str]:
    """The dtypes of a sentence that neither code, nor inputs, errors or outputs have."""
    said = _DTYPE.findall(sentence)
    if not said:
        return []
    known = "\n".join([*code, *(text for result in results for text in _texts(result, "dtype"))])
    known += " bool" * bool(_COMPARES.search(known))
    return [dtype for dtype in said if not re.search(rf"(?<![a-z]){dtype}(?!\d)", known)]


def untrue_of_dtypes(sentence: str, result: TryResult) -> Iterator[str]:
    """The dtypes that a clause says a side gives, and none of that side's outputs has."""
    for clause in clauses(sentence):
        side = result.side(clause.side) if clause.side else None
        if side is None or not side.ok:
            continue
        known = " ".join(f"{output.dtype} {output.text}" for output in side.outputs)
        said = [found["given"] or found["there"] for found in _GIVES_DTYPE.finditer(clause.text)]
        for dtype in filter(_DTYPE.fullmatch, said):
            if not re.search(rf"(?<![a-z]){dtype}(?!\d)", known):
                yield f"{clause.text!r}: {LABELS[side.side]} gives no {dtype}"


def _untold_shapes(
    sentence: str, code: Iterable[str], results: Iterable[TryResult]
) -> Iterator[str]:
    """What a sentence calls a shape, and is none, nor written out in code or outputs."""
    said = _SHAPE.findall(sentence)
    if not said:
        return
    texts = [*code, *(text for result in results for text in _texts(result, "shape"))]
    known = re.sub(r"\s", "", "\n".join(texts)).replace("[", "(").replace("]", ")")
    for written in said:
        inner = written[1:-1].rstrip(",")
        if not re.search(rf"\({re.escape(inner)},?\)", known):
            yield f"shape {written}"


def _texts(result: TryResult, fact: str) -> Iterator[str]:
    """What was run and came of it, with the shape or the dtype of each array."""
    for described in result.inputs.values():
        yield f"{described[fact]} {described['text']}"
    for side in result.sides:
        yield f"{side.code}\n{side.error or ''}"
        yield from (f"{getattr(output, fact)} {output.text}" for output in side.outputs)


def _without_small_shapes(result: TryResult) -> TryResult:
    return replace(
        result,
        inputs={
            name: {**given, "shape": [size for size in given["shape"] or () if size >= _LARGE]}
            for name, given in result.inputs.items()
        },
    )


def _alone(side: Side, result: TryResult) -> TryResult:
    """The result as though one side alone had been run."""
    across = other_side(side)
    missing = SideResult(across, "none")
    return (
        replace(result, pytorch=missing) if across == "pytorch" else replace(result, gluon=missing)
    )
