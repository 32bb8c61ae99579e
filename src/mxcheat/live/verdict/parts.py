"""Judging arrays of which only the leading elements are here, and figures of every block.

Where digests are the same, so are the values. Elsewhere the figures are held against each other: if
each pair of elements is within rtol * max(|a|, |b|) + atol, no sum of a block can differ by more
than those allowances together, and no least or greatest element by more than the largest of them
(and what adding up rounds away). So a difference beyond that is one; within it, nothing is proved:
the verdict says that these elements were compared in part only.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.live.worker.sums import Block, block_length, blocks, of_values, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.arrays import Array

_FIGURES = {
    "least": "least element",
    "greatest": "greatest element",
    "total": "sum",
    "size": "sum of magnitudes",
    "weighted": "weighted sum",
    "odd": "weighted count of nan and infinities",
}
# What adding a number to a sum of float64 rounds away at most, relative to the sum of magnitudes.
_ROUNDOFF = 2.0**-52


class Rest(NamedTuple):
    """How the whole of two arrays came out, knowing that their leading elements agree.

    `status` is "equal" if all values are the same, "close" or "different"; `partly` says which
    elements were judged by figures only.
    """

    status: str
    reason: str
    partly: str


def judge_rest(first: Array, second: Array, rtol: float, atol: float) -> Rest:
    """Judge two arrays of one shape and kind of dtype, of which one at least was cut."""
    here = min(len(first.values), len(second.values))
    length = block_length(first.size)
    same, unlike = True, None
    pairs = zip(blocks_of(first), blocks_of(second), strict=True)
    exact = not rtol and not atol
    # A part of a complex number may be off by what the whole may, which is sqrt(2) parts at most.
    parts = 2 if "complex" in first.dtype else 1
    for number, (left, right) in enumerate(pairs):
        if left.digest == right.digest and left[1:3] == right[1:3]:
            continue
        same = False
        start, end = number * length, min((number + 1) * length, first.size)
        if end <= here:
            continue  # its elements were compared
        of = f"the first {here:,} of {first.size:,} elements agree"
        among = f"among elements {max(start, here):,} to {end - 1:,}"
        if exact:
            return Rest("different", f"{of}, but {among} some differ", "")
        figure = _unlike(left, right, rtol * math.sqrt(parts), atol, (end - start) * parts)
        if figure:
            return Rest("different", f"{of}, but {among} {figure}", "")
        unlike = unlike or among
    if same:
        return Rest("equal", "", "")
    if unlike is None:
        return Rest("close", "", "")
    left_out = f"elements beyond the first {here:,} of {first.size:,}"
    return Rest("close", "", f"{left_out} by sums over {length:,} at a time only")


def _unlike(left: Block, right: Block, rtol: float, atol: float, count: int) -> str:
    """The figure by which two blocks of `count` numbers are too far apart, if one is."""
    size = min(left.size, right.size)
    # max(|a|, |b|) <= (min(|a|, |b|) + atol) / (1 - rtol) for each pair within tolerance
    largest = min(max(-block.least, block.greatest, 0.0) for block in (left, right))
    grown = 1 / (1 - min(rtol, 0.5))
    one = atol + rtol * (largest + atol) * grown + _ROUNDOFF * largest
    all_ = count * atol + rtol * (size + count * atol) * grown
    rounded = count * _ROUNDOFF * (left.size + right.size)
    allowed = {
        "least": one,
        "greatest": one,
        "total": all_ + rounded,
        "size": all_ + rounded,
        "weighted": all_ + rounded,
        "odd": count * count * _ROUNDOFF,
    }
    for figure, bound in allowed.items():
        a, b = getattr(left, figure), getattr(right, figure)
        if not (a == b or abs(a - b) <= bound or math.isinf(a) or math.isinf(b)):
            return f"the {_FIGURES[figure]} is {a:.9g} against {b:.9g}"
    return ""


def blocks_of(array: Array) -> Sequence[Block]:
    """What a worker says of an array that it cut, worked out for one that is whole."""
    if array.statistics is not None:
        return array.statistics
    weight = weights()

    def figures(start: int, end: int) -> Block:
        values = array.values[start:end]
        if isinstance(values[0], complex):
            values = tuple(part for value in values for part in (value.real, value.imag))
        return of_values([float(value) for value in values], weight, _widened(array.dtype, values))

    return blocks(array.size, figures)


def _widened(dtype: str, values: Sequence[complex]) -> bytes:
    if dtype == "bool":
        return bytes(map(int, values))  # type: ignore[arg-type]
    form = "d" if isinstance(values[0], float) else "Q" if dtype.startswith("uint") else "q"
    return struct.pack(f"<{len(values)}{form}", *values)
