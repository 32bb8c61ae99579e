"""Whether a call meets a rule: yes, no, or not to be told from the code.

Arguments given by * or ** are hidden, and so are those of a name that is passed on without being
called. A value that is not written out is not known.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.parameters import ways_of
from mxcheat.cheatsheet.sides import MODULES
from mxcheat.names.spelling import symbol_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mxcheat.cheatsheet.parameters import Way
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cheatsheet.when import Rule
    from mxcheat.names.uses import Use

# torch takes NumPy's names for these.
_SAME = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x1": "input", "x2": "other"}
_UNKNOWN = object()
_TYPES = {"integers": int, "floats": float, "booleans": bool, "text": str}
_INTEGER_DTYPE = re.compile(r"u?int\d*")


@lru_cache(maxsize=4096)
def full_name(name: str, side: Side) -> str:
    """A public name as readers see it, from its name in code of a side."""
    head, dot, rest = name.partition(".")
    full = f"{MODULES[side].get(head, head)}{dot}{rest}"
    return symbol_of(full) or full


class Call:
    """A use of a name that a row answers for, with the names of its arguments."""

    def __init__(self, use: Use, row: Row, side: Side) -> None:
        self.use = use
        self.row = row
        self.side = side
        self.hides = not use.is_call or use.unpacks
        self.known = ways_of(use.symbol or "")
        names = {name: self._standard(name) for name in use.keywords}
        self.names = frozenset(names.values())
        self.named = {names[key]: each for key, each in use.literals.items() if key in names}
        fitting = [way for way in self.known if way.takes(use.positional, self.names)]
        self.ways = fitting or self.known

    def meets(self, rule: Rule) -> bool | None:
        """Whether it meets the rule, that is, all its words; None if that cannot be told."""
        return _all(self._word(word, value) for word, value in rule.items())

    def _word(self, word: str, value: Any) -> bool | None:
        if word in _OF_PRESENCE:
            return _all(_OF_PRESENCE[word](self, name) for name in value)
        if word in _OF_VALUES:
            test = _OF_VALUES[word]
            return _all(self._compare(test, name, each) for name, each in value.items())
        if word == "called":
            return any(full_name(name, self.side) == self.use.symbol for name in value)
        if word == "any":
            return _any(self.meets(rule) for rule in value)
        if word == "unless":
            met = self.meets(value)
            return None if met is None and self.hides else not met
        return True  # always

    def _compare(
        self, test: Callable[[Any, Any], bool], parameter: str, wanted: Any
    ) -> bool | None:
        value = self._value(parameter)
        if value is _UNKNOWN:
            return False if self._present(parameter) is False else None
        return test(value, wanted)

    def _given(self, parameter: str) -> bool | None:
        """Whether an argument is given, and not as None."""
        value = self._value(parameter)
        return value is not None if value is not _UNKNOWN else self._present(parameter)

    def _left_out(self, parameter: str) -> bool | None:
        given = self._given(parameter)
        return False if not self._takes(parameter) else None if given is None else not given

    def _unnamed(self, parameter: str) -> bool | None:
        return False if parameter in self.names else self._given(parameter)

    def _present(self, parameter: str) -> bool | None:
        if parameter in self.names:
            return True
        if not self._takes(parameter):
            return False
        if not self.use.is_call or self.use.unpacks_names:
            return None
        if not self.ways:
            return None if self.use.positional else False
        return _agreed(self._in_place(way, parameter) for way in self.ways)

    def _in_place(self, way: Way, parameter: str) -> bool | None:
        place = way.place(parameter)
        if place is None:
            return False
        return None if self.use.unpacks else place < self.use.positional

    def _takes(self, parameter: str) -> bool:
        """Whether the function has such a parameter, as far as is known."""
        if any(way.has(parameter) for way in self.known):
            return True
        is_open = not self.known or any(way.is_open for way in self.known)
        return is_open and parameter in arguments_of(self.row, self.side)

    def _value(self, parameter: str) -> Any:
        """The value of an argument if it is written out, tuples as lists."""
        if parameter in self.names:
            return _plain(self.named.get(parameter, _UNKNOWN))
        for way in self.ways if self.use.literals else ():
            place = way.place(parameter)
            if place is not None and place in self.use.literals:
                if parameter == way.rest:
                    return self._rest(place)
                return _plain(self.use.literals[place])
        return _UNKNOWN

    def _rest(self, place: int) -> Any:
        """All arguments from a position on, as the list that the function gets."""
        places = range(place, self.use.positional)
        if self.use.unpacks or not self.use.literals.keys() >= {*places}:
            return _UNKNOWN
        values = [_plain(self.use.literals[each]) for each in places]
        return values[0] if len(values) == 1 and isinstance(values[0], list) else values

    def _standard(self, name: str) -> str:
        """Torch's own name of an argument that it also takes under NumPy's name."""
        if self.side == "gluon" or any(way.has(name) for way in self.known):
            return name
        return _SAME.get(name, name)


def arguments_of(row: Row, side: Side) -> set[str]:
    """The arguments that a row lists for a side."""
    texts = (argument.form(side) for argument in row.arguments)
    return {text.partition("=")[0].strip(" *") for text in texts if text}


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _all(found: Iterable[bool | None]) -> bool | None:
    met: bool | None = True
    for each in found:
        if each is False:
            return False
        met = met and each
    return met


def _any(found: Iterable[bool | None]) -> bool | None:
    met: bool | None = False
    for each in found:
        if each:
            return True
        met = None if each is None else met
    return met


def _agreed(found: Iterable[bool | None]) -> bool | None:
    results = {*found}
    return results.pop() if len(results) == 1 else None


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


# Word -> whether a value that is written out, with lists for tuples, is what the rule asks for.
_OF_VALUES: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, wanted: bool(value == wanted),
    "has": lambda value, wanted: wanted in _items(value),
    "below": lambda value, bound: any(each < bound for each in filter(_is_number, _items(value))),
    "above": lambda value, bound: any(each > bound for each in filter(_is_number, _items(value))),
    "kind": _is_kind,
}
# Word -> whether an argument is there, as the rule asks.
_OF_PRESENCE = {"without": Call._left_out, "given": Call._given, "unnamed": Call._unnamed}
