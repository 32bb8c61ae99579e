"""Holding one side's outputs against the other's, value by value."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array, index_at
from mxcheat.cheatsheet.sides import LABELS
from mxcheat.live.cut_arrays import judge_rest
from mxcheat.live.distribution import compare_samples
from mxcheat.live.results import Output, SideResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

# Relative and absolute tolerance by the coarser dtype of a pair; integers are exact.
_TOLERANCES = {
    "float64": (1e-7, 1e-9),
    "complex128": (1e-7, 1e-9),
    "float16": (1e-3, 1e-4),
    "bfloat16": (1e-2, 1e-3),
}
_DEFAULT_TOLERANCE = (1e-5, 1e-6)
# Characters of a value that a reason quotes.
_BRIEF = 120
_NUMERIC = ("array", "number", "bool")

# From good to bad; a verdict is as bad as its worst output.
_ORDER = ("equal", "stochastic", "close", "not-compared", "different")


@dataclass(frozen=True)
class Pairing:
    """How one pair of outputs came out, with what a Verdict will say of it."""

    status: str
    reason: str = ""
    max_abs_diff: float | None = None
    max_rel_diff: float | None = None
    where: str = ""
    rtol: float = _DEFAULT_TOLERANCE[0]
    atol: float = _DEFAULT_TOLERANCE[1]


def compare_sides(
    pytorch: SideResult, gluon: SideResult, comparison: str = "values", reason: str = ""
) -> Verdict:
    """Judge two sides. `comparison` is "values", "distribution" or "none" (then `reason`).

    The reason says which of them was recorded.
    """
    verdict = _compare(pytorch, gluon, comparison, reason)
    recorded = [_name(side) for side in (pytorch, gluon) if side.origin == "recorded"]
    if not recorded:
        return verdict
    said = f"{' and '.join(recorded)} recorded, not run here"
    return replace(verdict, reason="; ".join(filter(None, (verdict.reason, said))))


def _compare(pytorch: SideResult, gluon: SideResult, comparison: str, reason: str) -> Verdict:
    for side in (pytorch, gluon):
        if not side.ok:
            return Verdict("not-compared", _why_not(side))
    if comparison == "none":
        return Verdict("not-compared", reason)
    pairs = pair_outputs(pytorch.outputs, gluon.outputs)
    if isinstance(pairs, str) or pytorch.omitted != gluon.omitted:
        return Verdict("different", f"PyTorch leaves {_count(pytorch)}, Gluon {_count(gluon)}")
    if not pairs:
        return Verdict("not-compared", "neither side leaves a value to compare")
    judge = compare_samples_of if comparison == "distribution" else compare_outputs
    pairings = [judge(left, right) for left, right in pairs]
    if pytorch.omitted:
        reason = f"only the first {len(pairs)} of {_count(pytorch)} are compared"
        pairings.append(Pairing("not-compared", reason))
    return _summary(pairings)


def pair_outputs(
    pytorch: Sequence[Output], gluon: Sequence[Output]
) -> list[tuple[Output, Output]] | str:
    """Match outputs by name, or by position where names differ; text says why it fails."""
    if len(pytorch) != len(gluon):
        return "the two sides do not leave the same number of outputs"
    by_name = {output.name: output for output in gluon}
    if {output.name for output in pytorch} == set(by_name):
        return [(output, by_name[output.name]) for output in pytorch]
    return list(zip(pytorch, gluon, strict=True))


def compare_outputs(left: Output, right: Output) -> Pairing:
    """Compare one pair of outputs by kind, shape, dtype and value."""
    if left.kind in _NUMERIC and right.kind in _NUMERIC:
        assert left.array is not None
        assert right.array is not None
        return _compare_arrays(left, right, left.array, right.array)
    name = left.name
    if "object" in (left.kind, right.kind):
        kinds = f"{left.kind} against {right.kind}"
        return Pairing("not-compared", f"{name} is no value that can be compared ({kinds})")
    if left.kind != right.kind:
        return Pairing("different", f"{name} is {left.kind} against {right.kind}", where=name)
    if left.value == right.value:
        return Pairing("equal", max_abs_diff=0.0, max_rel_diff=0.0)
    reason = f"{name} is {_brief(left.text)} against {_brief(right.text)}"
    return Pairing("different", reason, where=name)


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF // 2]}...{text[-_BRIEF // 2 :]}"


def compare_samples_of(left: Output, right: Output) -> Pairing:
    """Compare two outputs as samples of a distribution."""
    if left.array is None or right.array is None or left.array.size == 1:
        return compare_outputs(left, right)  # one number is a fact, not a sample
    if _without_unit(left.array.shape) != _without_unit(right.array.shape):
        return _shape_difference(left, left.array, right.array)
    if _dtype_kind(left.array.dtype) != _dtype_kind(right.array.dtype):
        reason = f"{left.name}: dtype {left.array.dtype} against {right.array.dtype}"
        return Pairing("different", reason, where=left.name)
    agree, reason = compare_samples(left.array.values, right.array.values)
    return Pairing("stochastic" if agree else "different", f"{left.name}: {reason}")


def _compare_arrays(left: Output, right: Output, first: Array, second: Array) -> Pairing:
    name = left.name
    if _without_unit(first.shape) != _without_unit(second.shape):
        return _shape_difference(left, first, second)
    kinds = _dtype_kind(first.dtype), _dtype_kind(second.dtype)
    rtol, atol = _tolerance(first.dtype, second.dtype)
    worst = _largest_difference(first.values, second.values, rtol, atol)
    where = _where(name, first, worst.offset)
    if worst.outside:
        sizes = f"{worst.outside:,} of {len(first.values):,} elements differ, most at {where}"
        pair = f"{_show(first, worst.offset)} against {_show(second, worst.offset)}"
        reason = f"{sizes}: {pair}"
        return Pairing("different", reason, worst.absolute, worst.relative, where, rtol, atol)
    if kinds[0] != kinds[1]:
        reason = f"{name}: same values, but dtype {first.dtype} against {second.dtype}"
        return Pairing("different", reason, worst.absolute, worst.relative, name, rtol, atol)
    remarks = _remarks(left, right, first, second)
    same = first.data == second.data and not remarks
    status = "equal" if same else "close"
    reason = f"{name}: {remarks}" if remarks else ""
    found = Pairing(status, reason, worst.absolute, worst.relative, where, rtol, atol)
    if first.statistics is None and second.statistics is None:
        return found
    status, reason = judge_rest(first, second, rtol, atol)
    return replace(found, status=status, reason=f"{name}: {reason}")


@dataclass(frozen=True)
class Difference:
    """The largest difference between two sequences, and how many lie outside tolerance."""

    absolute: float = 0.0
    relative: float = 0.0
    offset: int = 0
    outside: int = 0


def _largest_difference(
    left: Sequence[Any], right: Sequence[Any], rtol: float, atol: float
) -> Difference:
    absolute = relative = 0.0
    offset = outside = 0
    # Of arrays too large to travel, one may have been cut shorter than the other.
    for position, (a, b) in enumerate(zip(left, right, strict=False)):
        if a == b or (a != a and b != b):  # noqa: PLR0124 - nan is what differs from itself
            continue
        gap = magnitude(a - b)
        scale = max(magnitude(a), magnitude(b))
        if not math.isfinite(gap):  # nan or an infinity against something else
            gap = share = math.inf
            outside += 1
        else:
            share = gap / scale
            outside += gap > atol + rtol * scale
        if gap > absolute:
            absolute, offset = gap, position
        relative = max(relative, share)
    return Difference(absolute, relative, offset, outside)


def magnitude(number: complex) -> float:
    """Absolute value; that of a complex number may be beyond a float, then the largest one."""
    try:
        return abs(number)
    except OverflowError:
        return sys.float_info.max


def _summary(pairings: list[Pairing]) -> Verdict:
    """One verdict for all outputs: the worst status, the largest difference and where."""
    worst = max(pairings, key=lambda pairing: _ORDER.index(pairing.status))
    measured = [pairing for pairing in pairings if pairing.max_abs_diff is not None]
    largest = max(measured, key=lambda pairing: pairing.max_abs_diff or 0.0, default=worst)
    relative = max((pairing.max_rel_diff or 0.0 for pairing in measured), default=None)
    reasons = [pairing.reason for pairing in pairings if pairing.reason]
    reasons.sort(key=lambda reason: reason != worst.reason)
    reason = "; ".join(reasons) or _plain_reason(worst.status, largest)
    where = largest.where if largest.max_abs_diff else worst.where if worst.reason else ""
    return Verdict(
        worst.status,
        reason,
        largest.max_abs_diff,
        relative,
        worst.rtol,
        worst.atol,
        where,
    )


def _plain_reason(status: str, largest: Pairing) -> str:
    if status == "equal":
        return "every output is the same, bit for bit"
    return f"within rtol {largest.rtol:g}, atol {largest.atol:g}"


def _name(side: SideResult) -> str:
    return LABELS[side.side]


def _why_not(side: SideResult) -> str:
    name = _name(side)
    if side.status == "none":
        return f"there is no {name} side"
    words = {"error": "raised", "timeout": "ran out of time", "crashed": "crashed"}
    what = words.get(side.status, f"is {side.status}")
    return f"{name} {what}: {side.error}" if side.error else f"{name} {what}"


def _count(side: SideResult) -> str:
    count = len(side.outputs) + side.omitted
    return f"{count:,} output" + ("" if count == 1 else "s")


def _tolerance(*dtypes: str) -> tuple[float, float]:
    if {_dtype_kind(dtype) for dtype in dtypes} <= {"integer", "bool"}:
        return 0.0, 0.0
    return max(_TOLERANCES.get(dtype, _DEFAULT_TOLERANCE) for dtype in dtypes)


def _dtype_kind(dtype: str) -> str:
    if dtype.startswith(("int", "uint")):
        return "integer"
    return dtype.rstrip("0123456789").removeprefix("b")


def _without_unit(shape: tuple[int, ...]) -> tuple[int, ...]:
    """nd has no 0-d arrays: what is () in torch is (1,) there."""
    return () if shape == (1,) else shape


def _remarks(left: Output, right: Output, first: Array, second: Array) -> str:
    """What keeps equal values from being the same bit for bit."""
    remarks = []
    if first.shape != second.shape:
        remarks.append(f"same values, shape {_tuple(first.shape)} against {_tuple(second.shape)}")
    if first.dtype != second.dtype and left.kind == right.kind == "array":
        remarks.append(f"dtype {first.dtype} against {second.dtype}")
    if left.kind != right.kind:
        remarks.append(f"{left.kind} against {right.kind}")
    return ", ".join(remarks)


def _shape_difference(output: Output, first: Array, second: Array) -> Pairing:
    reason = f"{output.name} has shape {_tuple(first.shape)} against {_tuple(second.shape)}"
    return Pairing("different", reason, where=output.name)


def _tuple(shape: tuple[int, ...]) -> str:
    return repr(tuple(shape))


def _where(name: str, array: Array, offset: int) -> str:
    if not array.shape or not array.values:
        return name
    index = ", ".join(map(str, index_at(array.shape, offset)))
    return f"{name}[{index}]"


def _show(array: Array, offset: int) -> str:
    value = array.values[offset]
    return f"{value:.7g}" if isinstance(value, float) else str(value)
