"""Which value of one side is held against which of the other: outputs, and what containers hold."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mxcheat.live.results import Items, Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.arrays import Array


def pair_outputs(
    pytorch: Sequence[Output], gluon: Sequence[Output]
) -> list[tuple[Output, Output]] | str:
    """Match outputs by name, or by position where names differ; text says why it fails.

    Containers of arrays are matched as wholes, then value by value, as long as they are alike;
    where they are not, the pair is of the containers. A side that leaves nothing but a sequence may
    stand against one that leaves its values one by one.
    """
    left, right = _wholes(pytorch, 0), _wholes(gluon, 0)
    if len(left) != len(right):
        left, right = _spread(left, len(right)), _spread(right, len(left))
    if len(left) != len(right):
        return "the two sides do not leave the same number of outputs"
    by_name = {output.name: output for output in right}
    names = {output.name for output in left}
    if len(by_name) == len(right) and len(names) == len(left) and names == set(by_name):
        right = [by_name[output.name] for output in left]
    return [pair for one, other in zip(left, right, strict=True) for pair in _inside(one, other)]


def _wholes(outputs: Sequence[Output], depth: int) -> list[Output]:
    """Outputs, or what lies at a depth of containers, with the containers of arrays put together.

    An output that was in none, or lies right there, is itself.
    """
    wholes = []
    for position, group in groupby(outputs, lambda each: _position(each, depth)):
        parts = list(group)
        if position is None:  # outputs that were made by hand stand each for itself
            wholes += parts
        elif len(parts[0].path) == depth + 1:
            wholes.append(parts[0])
        else:
            wholes.append(_container(parts, depth + 1))
    return wholes


def _position(output: Output, depth: int) -> int | None:
    return output.path[depth].position if output.path else None


def _container(parts: list[Output], depth: int) -> Output:
    step = parts[0].path[depth]
    keys = {part.path[depth].position: part.path[depth].key for part in parts}
    values = zip(keys.values(), _wholes(parts, depth), strict=True)
    text = f"a {step.kind} of {step.length:,}"
    items = Items(tuple(values), step.length)
    return Output(step.name, step.kind, None, None, text, value=items)


def _spread(outputs: list[Output], count: int) -> list[Output]:
    """The values of a sequence that is the only output, where the other side leaves as many."""
    if len(outputs) == 1 and outputs[0].kind == "sequence":
        items = outputs[0].value
        if isinstance(items, Items) and len(items.values) == items.length == count:
            return [output for _, output in items.values]
    return outputs


def _inside(left: Output, right: Output) -> Iterator[tuple[Output, Output]]:
    """A pair, or the pairs in it if one at least is a container of arrays."""
    if not (_holds_arrays(left) or _holds_arrays(right)):
        yield left, right
        return
    pairs = matched(left, right)
    if isinstance(pairs, str):
        yield left, right
        return
    for one, other in pairs:
        yield from _inside(one, other)


def _holds_arrays(output: Output) -> bool:
    if not isinstance(output.value, Items):
        return False
    return any(item.kind == "array" or _holds_arrays(item) for _, item in output.value.values)


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
