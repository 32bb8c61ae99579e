"""Tables of an index: made from the rows when first used, or taken from what was kept."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from mxcheat.search.fields import Entry, Place
from mxcheat.search.names import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class table(Generic[T]):  # noqa: N801 - used like the property it is
    """A property computed once, unless its owner's `kept` holds it in marshal's form."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type) -> T:
        kept = owner.kept.get(self._name)
        made = self._make(owner) if kept is None else marshal.loads(kept)  # noqa: S302
        # From here on the attribute hides this property.
        return cast("T", vars(owner).setdefault(self._name, made))


def packed(entries: Iterable[Entry]) -> bytes:
    """Entries in marshal's form."""
    return marshal.dumps(
        [(row, tuple(name), place.value, base, side) for row, name, place, base, side in entries]
    )


def unpacked(data: bytes) -> list[Entry]:
    """The entries that `packed` was given."""
    return [
        Entry(row, Name(*name), Place(place), base, side)
        for row, name, place, base, side in marshal.loads(data)  # noqa: S302
    ]
