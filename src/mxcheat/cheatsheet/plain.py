"""Records as plain values that can be kept, and back.

Most rows are never looked at whole. So some fields of a record are kept apart, as bytes, and made
when one of them is first read.
"""

from __future__ import annotations

import marshal
from dataclasses import fields
from functools import cache
from typing import Any

from mxcheat.cheatsheet.fields import records_in

# Where a record has the bytes of the fields that are not made yet.
_APART = "_apart"


class Later:
    """Stands in a class of records for a field that is kept apart.

    A record that has the field finds it without this: it is asked only where there is none.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, record: Any, kind: Any = None) -> Any:
        if record is None:
            return _blank(kind)[self.name]
        held, blank = vars(record), _blank(kind)
        made = _made(kind, marshal.loads(held[_APART]))  # noqa: S302 - ours, and whole
        # The bytes stay: another thread may be at the same place.
        held.update({name: made.get(name, blank[name]) for name in _kept_apart(kind)})
        return held[self.name]


def keep_apart(kind: Any, *names: str) -> None:
    """Keep these fields of a class of records apart from now on."""
    for name in names:
        setattr(kind, name, Later(name))


def to_plain(record: Any) -> dict[str, Any]:
    """The fields of a record that differ from their defaults."""
    kept: dict[str, Any] = {}
    apart: dict[str, Any] = {}
    kind: Any = type(record)
    within, blank, later = records_in(kind), _blank(kind), _kept_apart(kind)
    for each in fields(record):
        value = getattr(record, each.name)
        if value != blank[each.name]:
            inner = each.name in within
            several = isinstance(value, tuple)
            plain = [*map(to_plain, value)] if inner and several else value
            if inner and not several:
                plain = to_plain(value)
            (apart if each.name in later else kept)[each.name] = plain
    return {**kept, _APART: marshal.dumps(apart)} if apart else kept


def from_plain(kind: Any, values: dict[str, Any]) -> Any:
    """The record of a class that `to_plain` was given."""
    record = object.__new__(kind)  # the __init__ of a frozen record takes four times as long
    held = vars(record)
    held.update(_blank(kind), **_made(kind, values))
    if _APART in held:
        for name in _kept_apart(kind):
            del held[name]
    return record


def _made(kind: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Plain values with the records that were among them."""
    for name, record in records_in(kind).items():
        if name in values:
            given = values[name]
            one = isinstance(given, dict)
            values[name] = from_plain(record, given) if one else _several(record, given)
    return values


def _several(kind: Any, given: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(from_plain(kind, values) for values in given)


@cache
def _blank(kind: Any) -> dict[str, Any]:
    """The defaults of a record's fields."""
    return dict(vars(kind()))


@cache
def _kept_apart(kind: Any) -> tuple[str, ...]:
    """The fields of a class of records that are kept apart."""
    own = {name: value for base in reversed(kind.__mro__) for name, value in vars(base).items()}
    return tuple(name for name, value in own.items() if isinstance(value, Later))
