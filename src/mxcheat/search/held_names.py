"""The names that rows hold, by their letters alone: as they are, in order, by part, by length."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from mxcheat.search.fields import Place
from mxcheat.search.slips import by_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.search.fields import Entry
    from mxcheat.search.tables import Table


class Names:
    """Squeezed names and the places where rows hold them; each order is made when first used."""

    def __init__(self, table: Table[str, list[Entry]]) -> None:
        self.table = table

    def entries(self, key: str) -> list[Entry]:
        """Return the places where rows hold a name that is spelled `key` when squeezed."""
        return self.table.get(key, [])

    def holders(self, key: str) -> set[int]:
        """Return the rows that hold a name, in code or as their id, spelled `key`."""
        return {entry.row for entry in self.entries(key) if entry.place is not Place.PHRASE}

    @cached_property
    def ordered(self) -> list[str]:
        """The squeezed names in alphabetical order."""
        return sorted(self.table)

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The squeezed names, as `near` takes them."""
        return by_length(self.ordered)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.ordered)

    def holding(self, text: str) -> Iterator[str]:
        """Yield the squeezed names that `text` is a part of, in alphabetical order."""
        names = self._joined  # one long text is searched far faster than many short ones
        at = names.find(text) if "\n" not in text else -1
        while at >= 0:
            end = names.find("\n", at)
            end = len(names) if end < 0 else end
            yield names[names.rfind("\n", 0, at) + 1 : end]
            at = names.find(text, end)


def beginning_with(text: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield those of the sorted texts that begin with `text`."""
    for at in range(bisect_left(ordered, text), len(ordered)):
        if not ordered[at].startswith(text):
            return
        yield ordered[at]
