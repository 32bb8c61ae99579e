"""What an expression may stand for, as far as names need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@dataclass(slots=True)
class Value:
    """Something that nothing is known about."""


@dataclass(slots=True)
class Plain(Value):
    """Something outside both frameworks: a number, a text, NumPy's, a standard module's."""


@dataclass(slots=True)
class Outside(Value):
    """A name of another library; `known` if that library makes no framework's objects."""

    path: str
    known: bool


@dataclass(slots=True)
class Public(Value):
    """A module, class, function or constant of a framework, by its path as `standard` gives it."""

    path: str
    sure: bool = True


@dataclass(slots=True)
class Instance(Value):
    """An object of a kind that `kinds` knows."""

    kind: str
    sure: bool = True


@dataclass(slots=True)
class Member(Value):
    """A method or attribute of an object of a framework, and what it gives."""

    symbol: str
    gives: Value
    sure: bool
    is_property: bool
    framework: str = ""


@dataclass(slots=True)
class Several(Value):
    """A list, tuple or other iterable: what each item is, and the items where they are known."""

    each: Value
    items: tuple[Value, ...] = ()


@dataclass(slots=True)
class Mapped(Value):
    """A dictionary: what its values are."""

    each: Value


@dataclass(slots=True)
class Typed(Value):
    """A type put together with typing: what its objects are."""

    each: Value


@dataclass(slots=True)
class Partial(Value):
    """A callable with some of its arguments already given."""

    target: Value
    keywords: tuple[str, ...]
    literals: tuple[tuple[int | str, object], ...]


@dataclass(slots=True)
class Either(Value):
    """One of several, of different frameworks or kinds: branches disagree."""

    values: tuple[Value, ...]


@dataclass(slots=True, eq=False)
class Class(Value):
    """A class of the source: its bases, what its body binds, and its objects' attributes."""

    name: str
    bases: list[Value]
    source: object  # whose reading made it
    members: dict[str, Value] = field(default_factory=dict)
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Object(Value):
    """An object of a class of the source."""

    cls: Class


@dataclass(slots=True)
class Super(Value):
    """What super() gives in a method of a class: the members that it inherits."""

    cls: Class


def _nothing(_name: str) -> None:
    """There are no modules below."""


@dataclass(slots=True)
class Namespace(Value):
    """Another module whose names are known.

    `stars` are the unknown modules that it imports * from; `public` is what its __all__ lists, or
    None without one; `inner` gives the modules below a package.
    """

    names: Mapping[str, Value]
    stars: tuple[str, ...] = ()
    public: frozenset[str] | None = None
    inner: Callable[[str], Namespace | None] = _nothing


UNKNOWN = Value()
PLAIN = Plain()
_MOST = 4  # values of an Either; beyond that nothing is known


def either(one: Value, other: Value) -> Value:
    """What may be either of two values: the one that is known, or both."""
    if one is other or other in (UNKNOWN, PLAIN) or one == other:
        return one
    if one in (UNKNOWN, PLAIN):
        return unsure(other)
    return _common(one, other) or _one_of((*_parts(one), *_parts(other)))


def _common(one: Value, other: Value) -> Value | None:
    """What two values of one kind have in common."""
    if isinstance(one, Several) and isinstance(other, Several):
        return Several(either(one.each, other.each))
    if isinstance(one, Mapped) and isinstance(other, Mapped):
        return Mapped(either(one.each, other.each))
    if isinstance(one, Instance) and isinstance(other, Instance):
        kinds = {one.kind, other.kind}
        if len(kinds) == 1 or kinds == {"NDArray", "Symbol"}:  # the code does for both
            return Instance(min(kinds), sure=False)
    return None


def _one_of(values: Sequence[Value]) -> Value:
    distinct: list[Value] = []
    for value in values:
        if value not in distinct:
            distinct.append(value)
    return Either(tuple(distinct)) if len(distinct) <= _MOST else UNKNOWN


def _parts(value: Value) -> tuple[Value, ...]:
    return value.values if isinstance(value, Either) else (value,)


def tells(value: Value) -> bool:
    """Whether a value says anything about a framework's objects."""
    if isinstance(value, (Several, Mapped)):
        return tells(value.each)
    return isinstance(value, (Instance, Public, Object, Class, Partial))


def unsure(value: Value) -> Value:
    """The same value, but only likely."""
    if isinstance(value, Instance):
        return Instance(value.kind, sure=False)
    if isinstance(value, Public):
        return Public(value.path, sure=False)
    if isinstance(value, Several):
        return Several(unsure(value.each), tuple(map(unsure, value.items)))
    return Mapped(unsure(value.each)) if isinstance(value, Mapped) else value


def any_of(values: Iterable[Value]) -> Value:
    """What may be any of several values."""
    whole: Value = UNKNOWN
    for at, value in enumerate(values):
        whole = value if at == 0 else either(whole, value)
    return whole


def listed(items: Sequence[Value]) -> Several:
    """A list or tuple written out."""
    return Several(any_of(items), tuple(items))
