"""Two arrays held against each other, element by element."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import index_at
from mxcheat.live.verdict.parts import judge_rest
from mxcheat.live.verdict.tolerance import Terms, Tolerance, magnitude, tolerance

if TYPE_CHECKING:
    from mxcheat.cheatsheet.arrays import Array

# Significant digits of two values in a reason: the first that tell them apart.
_DIGITS = (7, 9, 17)
_MANY = 1_000_000


@dataclass(frozen=True)
class Pairing:
    """How one pair of outputs came out, with what a Verdict will say of it.

    `share` is that of the tolerance which the element that is worst by it takes; the differences
    are those of the element at `where`, which has the largest one. `partly` says what was not
    compared of the pair, or by figures only.
    """

    status: str
    reason: str = ""
    max_abs_diff: float | None = None
    max_rel_diff: float | None = None
    where: str = ""
    rtol: float | None = None
    atol: float | None = None
    share: float | None = None
    partly: str = ""


def compare_arrays(name: str, first: Array, second: Array, remarks: str, terms: Terms) -> Pairing:
    """Compare two arrays of one shape, the output `name`, by value and kind of dtype.

    `remarks` says what else is not the same of them, so that they cannot be equal.
    """
    allowed = tolerance(first, second, terms)
    found = _differences(first, second, allowed)
    largest = found.largest
    measured = Pairing(
        "different",
        max_abs_diff=found.gap,
        max_rel_diff=found.relative,
        where=place(name, first, largest),
        rtol=allowed.rtol,
        atol=allowed.atol,
        share=found.share,
    )
    if found.outside:
        reason = _reason(name, first, second, found)
        return replace(measured, reason=reason, partly=left_out(name, first, second))
    if dtype_kind(first.dtype) != dtype_kind(second.dtype):
        reason = f"{name}: same values, but dtype {first.dtype} against {second.dtype}"
        return replace(measured, reason=reason, where=name)
    if found.share * allowed.rtol > allowed.rtol - allowed.constants:
        remarks = ", ".join(filter(None, (remarks, "float64 that agrees as float32 does")))
    reason = f"{name}: {remarks}" if remarks else ""
    status = "equal" if first.data == second.data and not remarks else "close"
    if first.statistics is None and second.statistics is None:
        return replace(measured, status=status, reason=reason)
    rest = judge_rest(first, second, allowed.rtol, allowed.atol)
    if rest.status == "different":
        return replace(measured, reason=f"{name}: {rest.reason}", where=name)
    status = "close" if remarks else rest.status
    partly = f"{name}, {rest.partly}" if rest.partly else ""
    return replace(measured, status=status, reason=reason, partly=partly)


def left_out(name: str, first: Array, second: Array) -> str:
    """What of two arrays of one shape cannot be compared, as one of them did not travel whole."""
    here = min(len(first.values), len(second.values))
    if here == first.size:
        return ""
    return f"{name}, elements beyond the first {here:,} of {first.size:,} left out"


def dtype_kind(dtype: str) -> str:
    """The family of a dtype: "integer", "float", "complex", "bool"."""
    if dtype.startswith(("int", "uint")):
        return "integer"
    return "float" if "float" in dtype else dtype.rstrip("0123456789")


def place(name: str, array: Array, offset: int) -> str:
    """An element of the output `name`, as it is indexed."""
    if not array.shape or not array.values:
        return name
    index = ", ".join(map(str, index_at(array.shape, offset)))
    return f"{name}[{index}]"


@dataclass
class _Differences:
    """What differs: the offset of the largest difference, of the worst by its share, how many."""

    gap: float = 0.0
    relative: float = 0.0
    largest: int = 0
    share: float = 0.0
    worst: int = 0
    outside: int = 0


def _differences(first: Array, second: Array, allowed: Tolerance) -> _Differences:
    found = _Differences()
    if first.data == second.data and first.dtype == second.dtype:
        return found
    worst = (0.0, 0.0)
    # Of arrays too large to travel, one may have been cut shorter than the other.
    for offset, (a, b) in enumerate(zip(first.values, second.values, strict=False)):
        share = 0.0 if a == b else allowed.share(a, b)
        if not share:
            continue
        gap = magnitude(a - b)
        gap = gap if math.isfinite(gap) else math.inf  # nan, or an infinity, against a number
        if gap > found.gap:
            most = max(magnitude(a), magnitude(b))
            relative = gap / most if math.isfinite(gap) else math.inf
            found.gap, found.relative, found.largest = gap, relative, offset
        if (share, gap) > worst:
            worst = share, gap
            found.share, found.worst = share, offset
        found.outside += share > 1
    return found


def _reason(name: str, first: Array, second: Array, found: _Differences) -> str:
    """How many elements differ, the one that does most by what it may, and the largest besides."""
    compared = min(len(first.values), len(second.values))
    of = f"{compared:,}" if compared == first.size else f"the first {compared:,}"
    pair = " against ".join(show_apart(first.values[found.worst], second.values[found.worst]))
    reason = (
        f"{found.outside:,} of {of} elements differ, "
        f"most at {place(name, first, found.worst)}: {pair}"
    )
    if math.isfinite(found.share):
        reason += f", {_times(found.share)} what is allowed"
    if found.largest != found.worst:
        where = place(name, first, found.largest)
        reason += f"; largest difference {found.gap:.3g} (relative {found.relative:.2g}) at {where}"
    return reason


def _times(share: float) -> str:
    """A factor, rounded to three digits."""
    if share >= _MANY:
        return f"over {_MANY:,} times"
    rounded = float(f"{share:.3g}")
    return f"{rounded:,.0f} times" if rounded >= 100 else f"{rounded:g} times"


def show_apart(a: Any, b: Any) -> tuple[str, str]:
    """Two numbers with as many digits as tell them apart, at least seven."""
    shown = str(a), str(b)
    for digits in _DIGITS:
        shown = _show(a, digits), _show(b, digits)
        if shown[0] != shown[1]:
            break
    return shown


def _show(value: Any, digits: int) -> str:
    return f"{value:.{digits}g}" if isinstance(value, (float, complex)) else str(value)
