"""Tables of an index, which can be kept, and of which only what is asked for is then read."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mxcheat.names.written import Name
from mxcheat.search.rows import Entry, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

K = TypeVar("K")
V = TypeVar("V")


class Table(Generic[K, V]):
    """A mapping whose values may be packed, each until it is asked for."""

    def __init__(
        self,
        values: dict[K, V] | dict[K, bytes],
        pack: Callable[[Any], bytes] = marshal.dumps,
        unpack: Callable[[bytes], V] = marshal.loads,
    ) -> None:
        """Take values as they are, or as `pack` gives and `unpack` takes them."""
        self._values: dict[K, Any] = values
        self._pack = pack
        self._unpack = unpack

    def __iter__(self) -> Iterator[K]:
        return iter(self._values)

    def get(self, key: K, default: V) -> V:
        """Return the value of a key, or the default."""
        value: V = self._values.get(key, default)
        if isinstance(value, bytes):
            value = self._values[key] = self._unpack(value)
        return value

    def packed(self) -> bytes:
        """The whole table in marshal's form, and each value packed."""
        values: dict[Any, bytes] = {
            key: value if isinstance(value, bytes) else self._pack(value)
            for key, value in self._values.items()
        }
        return marshal.dumps(values)


def pack_entries(entries: list[Entry]) -> bytes:
    """Entries in marshal's form, as tuples."""
    return marshal.dumps(
        [(row, tuple(name), place.value, base, side) for row, name, place, base, side in entries]
    )


def unpack_entries(data: bytes) -> list[Entry]:
    """The entries that `pack_entries` was given."""
    plain: Any = marshal.loads(data)  # noqa: S302
    return [
        Entry(row, Name(*name), Place(place), base, side) for row, name, place, base, side in plain
    ]
