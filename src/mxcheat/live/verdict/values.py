"""Values that are no arrays: texts, numbers beyond any dtype, and containers, value by value.

Types count: 1 is not True, nor 1.0, nor '1'. That of a sequence does not, as one framework gives
lists where the other gives tuples; nor does the order of a mapping or a set. Keys are exact.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.live.results import Items, Output
from mxcheat.live.verdict.arrays import Pairing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.arrays import Array

    # Compares one pair, whatever it is.
    Judge = Callable[[Output, Output], Pairing]

# Characters of a value that a reason quotes.
_BRIEF = 120
_ORDER = ("equal", "stochastic", "close", "not-compared", "different")
_NO_DIFFERENCE = Pairing("equal", max_abs_diff=0.0, max_rel_diff=0.0)


def worse(one: Pairing) -> tuple[int, float]:
    """What pairings are ordered by, from good to bad."""
    return _ORDER.index(one.status), one.share or 0.0


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


def matched(left: Output, right: Output) -> list[tuple[Output, Output]] | str:
    """The pairs of values in two containers of one kind; text says why they cannot be matched.

    A key that cannot be compared stands beside its value as a pair of objects.
    """
    if left.kind != right.kind:
        return f"{left.name} is {left.kind} against {right.kind}"
    one, other = items_of(left), items_of(right)
    if one is None or other is None:
        return f"{left.name} holds no values"
    if one.length != other.length:
        return f"{left.name} has {one.length:,} items against {other.length:,}"
    if left.kind in ("sequence", "set"):
        pairs = zip(one.values, other.values, strict=False)
        return [(a, b) for (_, a), (_, b) in pairs]
    return _by_key(left.name, one, other)


def _by_key(name: str, one: Items, other: Items) -> list[tuple[Output, Output]] | str:
    places: dict[str | None, list[Output]] = {}
    for key, output in other.values:
        places.setdefault(key, []).append(output)
    pairs = []
    for key, output in one.values:
        found = places.get(key)
        if found:
            pairs.append((output, found.pop(0)))
            if key is None:
                lock = Output(f"a key of {name}", "object", None, None, "")
                pairs.append((lock, lock))
        elif len(other.values) == other.length:  # else it may be among those left out
            return f"{name} has {output.name.removeprefix(name)} on one side only"
    return pairs


def items_of(output: Output) -> Items | None:
    """What a container holds; a sequence of numbers of one type as one value each."""
    if isinstance(output.value, Items):
        return output.value
    array = output.array
    if output.kind != "sequence" or array is None:
        return None
    values = tuple(_number(output.name, array, i) for i in range(len(array.values)))
    return Items(values, array.size)


def _number(name: str, array: Array, position: int) -> tuple[str, Output]:
    value = array.values[position]
    kind = "bool" if array.dtype == "bool" else "number"
    return "", Output(f"{name}[{position}]", kind, (), array.dtype, repr(value), value=value)


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
