"""What a rule asks of the value of an argument that is written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TYPES = {"integers": int, "floats": float, "booleans": bool, "text": str}
_INTEGER_DTYPE = re.compile(r"u?int\d*")


def _equals(value: Any, wanted: Any) -> bool:
    return bool(value == wanted)


def _has(value: Any, wanted: Any) -> bool:
    return wanted in _items(value)


def _below(value: Any, bound: float) -> bool:
    return any(each < bound for each in _items(value) if _is_number(each))


def _above(value: Any, bound: float) -> bool:
    return any(each > bound for each in _items(value) if _is_number(each))


def _is_kind(value: Any, kind: str) -> bool:
    if kind in ("list", "number"):
        return isinstance(value, list) if kind == "list" else _is_number(value)
    if kind == "integer-dtype":
        return isinstance(value, str) and _INTEGER_DTYPE.fullmatch(value) is not None
    scalars = [*_scalars(value)]
    return bool(scalars) and all(type(each) is _TYPES[kind] for each in scalars)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _scalars(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _scalars(each)
    else:
        yield value


# Word -> whether a value, with lists for tuples, is what the rule asks for.
OF_VALUES: dict[str, Callable[[Any, Any], bool]] = {
    "equals": _equals,
    "has": _has,
    "below": _below,
    "above": _above,
    "kind": _is_kind,
}
