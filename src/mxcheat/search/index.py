"""The tables that search reads: which row a name or a word leads to, and how surely."""

from __future__ import annotations

import marshal
from bisect import bisect_left
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from mxcheat.search import build
from mxcheat.search.fields import NOTE
from mxcheat.search.slips import by_length
from mxcheat.search.tables import packed, table, unpacked
from mxcheat.search.words import NOISE, stem, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.fields import Entry

_NOISE = frozenset(map(stem, NOISE))
_KEPT = ("sorted_names", "calls", "words", "sorted_words", "_lines", "_notes", "_phrases")


class Index:
    """Rows with what search needs to find them; each table is made when first used."""

    def __init__(
        self,
        rows: Sequence[Row],
        calls: Mapping[str, int] | None = None,
        kept: Mapping[str, bytes] | None = None,
    ) -> None:
        """Take rows in their order and, to part ties, how often real code calls each API.

        `kept` is what `tables` gave for the same rows and calls; neither is read then.
        """
        self.rows = tuple(rows)
        self.kept = kept or {}
        self._calls = calls or {}
        self._weights: dict[str, float] = {}

    def tables(self) -> dict[str, bytes]:
        """Every table, in a form that can be kept."""
        names = {key: packed(self.entries(key)) for key in self._names}
        tables = {"_names": names, **{name: getattr(self, name) for name in _KEPT}}
        return {name: marshal.dumps(made) for name, made in tables.items()}

    @table
    def _names(self) -> dict[str, list[Entry] | bytes]:
        return {**build.names(self.rows)}

    def entries(self, key: str) -> list[Entry]:
        """Return the places where rows hold a name that is spelled `key` when squeezed."""
        held = self._names.get(key, [])
        if isinstance(held, bytes):
            held = self._names[key] = unpacked(held)
        return held

    @table
    def sorted_names(self) -> list[str]:
        """The squeezed names in alphabetical order."""
        return sorted(self._names)

    @cached_property
    def names_by_length(self) -> dict[int, list[str]]:
        """The squeezed names, as `near` takes them."""
        return by_length(self.sorted_names)

    @cached_property
    def _joined_names(self) -> str:
        return "\n".join(self.sorted_names)

    def names_holding(self, text: str) -> Iterator[str]:
        """Yield the squeezed names that `text` is a part of, in alphabetical order."""
        names = self._joined_names  # one long text is searched far faster than many short ones
        at = names.find(text) if "\n" not in text else -1
        while at >= 0:
            end = names.find("\n", at)
            end = len(names) if end < 0 else end
            yield names[names.rfind("\n", 0, at) + 1 : end]
            at = names.find(text, end)

    @table
    def calls(self) -> list[int]:
        """How often real code calls what each row is about: all its APIs, hence the rarest."""
        return [
            min((self._calls.get(api, 0) for api in build.apis(row)), default=0)
            for row in self.rows
        ]

    @table
    def _lines(self) -> dict[str, dict[int, float]]:
        return build.lines(self.rows)

    def holding_lines(self, code: str) -> dict[int, float]:
        """Return the rows that hold all lines of `code`, and what is lost by what else is there."""
        bare = map(build.bare_line, code.splitlines())
        first, *others = [self._lines.get(line, {}) for line in bare] or [{}]
        return {row: loss for row, loss in first.items() if all(row in held for held in others)}

    @table
    def words(self) -> dict[str, dict[int, float]]:
        """Stems of words -> {row number: how much the word says about that row}."""
        return build.words(self.rows)

    @table
    def sorted_words(self) -> list[str]:
        """The stems in alphabetical order."""
        return sorted(self.words)

    @cached_property
    def words_by_length(self) -> dict[int, list[str]]:
        """The stems, as `near` takes them."""
        return by_length(self.sorted_words)

    @table
    def _notes(self) -> dict[str, list[int]]:
        return build.notes(self.rows)

    @cached_property
    def _sorted_notes(self) -> list[str]:
        return list(self._notes)

    def noted(self, root: str) -> dict[int, float]:
        """Return the rows with a word in their notes that begins with `root`."""
        words = beginning_with(root, self._sorted_notes)
        return dict.fromkeys(sorted({row for word in words for row in self._notes[word]}), NOTE)

    @table
    def _phrases(self) -> list[list[tuple[frozenset[str], float]]]:
        return [
            [(roots, sum(map(self.weight, roots))) for roots in map(_roots, build.titles(row))]
            for row in self.rows
        ]

    def phrases(self, number: int) -> list[tuple[frozenset[str], float]]:
        """Return the stems of each title and keyword of a row, and what they weigh together."""
        return self._phrases[number]

    def weight(self, root: str) -> float:
        """Weight of a stem: rare ones say most."""
        known = self._weights.get(root)
        if known is None:
            rarity = self.rarity(sum(self.words.get(root, {}).values()))
            known = self._weights[root] = rarity * (0.1 if root in _NOISE else 1.0)
        return known

    def rarity(self, holders: float) -> float:
        """Weight of something that `holders` rows hold: 1 for one row, near 0 for all."""
        rows = len(self.calls) + 1
        return log(1 + rows / max(1, holders)) / log(1 + rows)


def _roots(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def beginning_with(text: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield those of the sorted texts that begin with `text`."""
    for at in range(bisect_left(ordered, text), len(ordered)):
        if not ordered[at].startswith(text):
            return
        yield ordered[at]
