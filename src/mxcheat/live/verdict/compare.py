"""Holding one side's outputs against the other's, value by value.

Types count: 1 is not True, nor 1.0, nor '1'. That of a sequence does not, as one framework gives
lists where the other gives tuples; nor does the order of a mapping or a set. Keys are exact.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.live.results import Items, Output, SideResult, Verdict
from mxcheat.live.verdict.arrays import Pairing, compare_arrays, dtype_kind, left_out
from mxcheat.live.verdict.pairs import items_of, matched, pair_outputs
from mxcheat.live.verdict.samples import compare_samples
from mxcheat.live.verdict.tolerance import UNKNOWN, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.arrays import Array

    # Compares one pair, whatever it is.
    Judge = Callable[[Output, Output], Pairing]

_NUMERIC = ("array", "number", "bool")
# Characters of a value that a reason quotes.
_BRIEF = 120
_ORDER = ("equal", "stochastic", "close", "not-compared", "different")
_NO_DIFFERENCE = Pairing("equal", max_abs_diff=0.0, max_rel_diff=0.0)


def compare_sides(
    pytorch: SideResult,
    gluon: SideResult,
    comparison: str = "values",
    reason: str = "",
    terms: Terms = UNKNOWN,
) -> Verdict:
    """Judge two sides. `comparison` is "values", "distribution" or "none" (then `reason`).

    `terms` says what the outputs were computed from. The reason says which side was recorded.
    """
    verdict = _compare(pytorch, gluon, comparison, reason, terms)
    recorded = [side_name(side) for side in (pytorch, gluon) if side.origin == "recorded"]
    if not recorded:
        return verdict
    said = f"{' and '.join(recorded)} recorded, not run here"
    return replace(verdict, reason="; ".join(filter(None, (verdict.reason, said))))


def _compare(
    pytorch: SideResult, gluon: SideResult, comparison: str, reason: str, terms: Terms
) -> Verdict:
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
    pairings = [judge(left, right, terms) for left, right in pairs]
    if pytorch.omitted:
        reason = f"outputs beyond the first {len(pytorch.outputs)} of {_count(pytorch)} left out"
        pairings.append(Pairing("not-compared", partly=reason))
    return _summary(pairings)


def compare_outputs(left: Output, right: Output, terms: Terms = UNKNOWN) -> Pairing:
    """Compare one pair of outputs by kind, shape, dtype and value."""
    first, second = left.as_array(), right.as_array()
    if first is not None and second is not None and _are_numbers(left, right):
        return _compare_numbers(left, right, first, second, terms)
    return compare_values(left, right, partial(compare_outputs, terms=terms))


def _are_numbers(left: Output, right: Output) -> bool:
    """Whether both are numbers, or sequences of as many."""
    if left.kind == right.kind == "sequence":
        return (
            left.array is not None
            and right.array is not None
            and (left.array.shape == right.array.shape)
        )
    return left.kind in _NUMERIC and right.kind in _NUMERIC


def compare_samples_of(left: Output, right: Output, terms: Terms = UNKNOWN) -> Pairing:
    """Compare two outputs as samples of a distribution."""
    if left.array is None or right.array is None or left.kind != right.kind:
        return compare_outputs(left, right, terms)
    if left.array.size <= 1:  # one number is a fact, not a sample
        return compare_outputs(left, right, terms)
    if _without_unit(left.array.shape) != _without_unit(right.array.shape):
        return _shape_difference(left, left.array, right.array)
    if dtype_kind(left.array.dtype) != dtype_kind(right.array.dtype):
        reason = f"{left.name}: dtype {left.array.dtype} against {right.array.dtype}"
        return Pairing("different", reason, where=left.name)
    status, reason = compare_samples(left.array.values, right.array.values)
    return Pairing(
        status, f"{left.name}: {reason}", partly=left_out(left.name, left.array, right.array)
    )


def _compare_numbers(
    left: Output, right: Output, first: Array, second: Array, terms: Terms
) -> Pairing:
    if _without_unit(first.shape) != _without_unit(second.shape):
        return _shape_difference(left, first, second)
    return compare_arrays(left.name, first, second, _remarks(left, right, first, second), terms)


def compare_values(left: Output, right: Output, judge: Judge) -> Pairing:
    """Compare two values that are not both numbers; `judge` compares those inside them."""
    name = left.name
    if "object" in (left.kind, right.kind):
        kinds = f"{left.kind} against {right.kind}"
        return Pairing("not-compared", f"{name} is no value that can be compared ({kinds})")
    if left.kind != right.kind:
        return Pairing("different", f"{name} is {left.kind} against {right.kind}", where=name)
    if left.kind in ("sequence", "mapping", "set", "record"):
        return _compare_items(left, right, judge)
    if left.value == right.value and left.dtype == right.dtype:
        return _NO_DIFFERENCE
    reason = f"{name} is {_brief(left.text)} against {_brief(right.text)}"
    return Pairing("different", reason, where=name)


def _compare_items(left: Output, right: Output, judge: Judge) -> Pairing:
    pairs = matched(left, right)
    if isinstance(pairs, str):
        return Pairing("different", pairs, where=left.name)
    one, other = items_of(left), items_of(right)
    assert one is not None
    assert other is not None
    if one.digest and one.digest == other.digest:
        return _NO_DIFFERENCE
    found = [judge(a, b) for a, b in pairs if not _is_same(a, b)]
    rest = one.length - len(one.values) or other.length - len(other.values)
    if rest or one.digest or other.digest:
        found.append(_rest(left.name, one, other))
    return _together(left.name, found, len(pairs))


def _is_same(a: Output, b: Output) -> bool:
    """Whether two values are plainly the same, which spares a closer look."""
    if (a.kind, a.dtype) != (b.kind, b.dtype) or a.kind == "object" or a.array or b.array:
        return False
    if isinstance(a.value, Items):
        return False
    return a.text == b.text and a.value == b.value


def _rest(name: str, one: Items, other: Items) -> Pairing:
    """What becomes of values beyond those that travelled, of which there is a digest only."""
    said = f"values beyond the first {min(len(one.values), len(other.values)):,} of {name}"
    if one.exact and other.exact:
        return Pairing("different", f"{said} differ, by their digest", where=name)
    reason = f"{said} differ by their digest, which knows no tolerance"
    return Pairing("not-compared", reason, partly=f"{said} left out")


def _together(name: str, found: Sequence[Pairing], count: int) -> Pairing:
    """One pairing for a container, by its worst value, `found` being those that are not the same.

    `count` is how many values it has.
    """
    if not found:
        return _NO_DIFFERENCE
    worst = max(found, key=worse)
    left_out = sum(each.status == "not-compared" for each in found)
    partly = next((each.partly for each in found if each.partly), "")
    if not partly and 0 < left_out < count:
        partly = f"{left_out:,} of the {count:,} items of {name} left out"
    if worst.status == "different":
        unlike = sum(each.status == "different" for each in found)
        if unlike > 1:
            reason = f"{unlike:,} of {count:,} items differ, most: {worst.reason}"
            worst = replace(worst, reason=reason)
    return replace(worst, partly=partly)


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF // 2]}...{text[-_BRIEF // 2 :]}"


def _summary(pairings: list[Pairing]) -> Verdict:
    """One verdict for all outputs: the worst status, the largest difference and where.

    The tolerance is that of the output which the reason is about.
    """
    worst = max(pairings, key=worse)
    measured = [pairing for pairing in pairings if pairing.max_abs_diff is not None]
    largest = max(
        measured,
        key=lambda each: (each.max_abs_diff or 0.0, each.status == worst.status),
        default=worst,
    )
    reasons = [pairing.reason for pairing in pairings if pairing.reason]
    reasons.sort(key=lambda reason: reason != worst.reason)
    partly = "; ".join(pairing.partly for pairing in pairings if pairing.partly)
    reason = "; ".join(reasons) or _plain_reason(worst.status, largest)
    if partly:
        reason = f"{reason}; partly compared: {partly}"
    judged = worst if worst.status == "different" else largest
    return Verdict(
        worst.status,
        reason,
        largest.max_abs_diff,
        largest.max_rel_diff,
        judged.rtol,
        judged.atol,
        largest.where if largest.max_abs_diff else worst.where if worst.reason else "",
        max((pairing.share for pairing in pairings if pairing.share is not None), default=None),
        partly or None,
    )


def worse(one: Pairing) -> tuple[int, float]:
    """What pairings are ordered by, from good to bad."""
    return _ORDER.index(one.status), one.share or 0.0


def _plain_reason(status: str, largest: Pairing) -> str:
    if status == "equal":
        return "every output is the same, bit for bit"
    if largest.rtol is None or largest.atol is None:
        return "what was compared is the same"
    return f"within rtol {largest.rtol:.2g}, atol {largest.atol:.2g}"


def side_name(side: SideResult) -> str:
    """What people call the framework of a side."""
    return LABELS[side.side]


def _why_not(side: SideResult) -> str:
    name = side_name(side)
    if side.status == "none":
        return f"there is no {name} side"
    words = {"error": "raised", "timeout": "ran out of time", "crashed": "crashed"}
    what = words.get(side.status, f"is {side.status}")
    return f"{name} {what}: {side.error}" if side.error else f"{name} {what}"


def _count(side: SideResult) -> str:
    count = len(side.outputs) + side.omitted
    return f"{count:,} output" + ("" if count == 1 else "s")


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
