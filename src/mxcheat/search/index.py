"""The tables that search reads: which row a name or a word leads to, and how surely."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from mxcheat.search.fields import codes, entries, texts
from mxcheat.search.names import squeeze
from mxcheat.search.words import characters, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.fields import Entry


class Index:
    """Rows with what search needs to find them; each table is made when first used."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def names(self) -> dict[str, list[Entry]]:
        """Squeezed last parts of names -> the places where rows hold them."""
        table: defaultdict[str, list[Entry]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for entry in entries(number, row):
                table[squeeze(entry.name.tail)].append(entry)
        table.pop("", None)
        return dict(table)

    @cached_property
    def forms(self) -> dict[str, list[int]]:
        """Whole forms without white space, today's and printed -> row numbers."""
        return self._by_code(lambda form: [form])

    @cached_property
    def lines(self) -> dict[str, list[int]]:
        """Lines of forms without white space, today's and printed -> row numbers."""
        return self._by_code(str.splitlines)

    def _by_code(self, parts: Callable[[str], list[str]]) -> dict[str, list[int]]:
        table: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for code in {without_space(part) for _, form, _ in codes(row) for part in parts(form)}:
                table[code].append(number)
        return dict(table)

    @cached_property
    def sorted_names(self) -> list[str]:
        """The squeezed names in alphabetical order."""
        return sorted(self.names)

    @cached_property
    def words(self) -> dict[str, dict[int, float]]:
        """Stems of words -> {row number: how much the word says about that row}."""
        table: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, row in enumerate(self.rows):
            for weight, said in texts(row):
                text = "\n".join(said)
                for word in {*stems(text), *characters(text)}:
                    table[word][number] = weight
        return dict(table)

    @cached_property
    def sorted_words(self) -> list[str]:
        """The stems in alphabetical order."""
        return sorted(self.words)

    @cached_property
    def titles(self) -> list[frozenset[str]]:
        """The stems of each row's function."""
        return [frozenset(stems(row.function)) for row in self.rows]

    def rarity(self, holders: int) -> float:
        """Weight of something that `holders` rows hold: 1 for one row, near 0 for all."""
        rows = len(self.rows) + 1
        return log(1 + rows / max(1, holders)) / log(1 + rows)


def without_space(code: str) -> str:
    """Return code as forms are compared: white space says nothing."""
    return "".join(code.split())
