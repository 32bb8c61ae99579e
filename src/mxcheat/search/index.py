"""The tables that search reads: which row a name or a word leads to, and how surely."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import SIDES
from mxcheat.search.fields import CODE, NOTE, TITLE, codes, entries, is_code, loss_among, phrases
from mxcheat.search.names import squeeze
from mxcheat.search.words import NOISE, stem, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.fields import Entry

_IDENTIFIER = re.compile(r"(?<=\.)[A-Za-z_]\w*|\b[A-Za-z_]\w*\b(?!\.)", re.ASCII)
_NOISE = frozenset(map(stem, NOISE))
_ASSIGNED = re.compile(r"^[\w,]+=(?!=)")


class Index:
    """Rows with what search needs to find them; each table is made when first used."""

    def __init__(self, rows: Sequence[Row], calls: Mapping[str, int] | None = None) -> None:
        """Take rows in their order and, to part ties, how often real code calls each API."""
        self.rows = tuple(rows)
        self._calls = calls or {}
        self._entries: dict[int, dict[str, list[Entry]]] = {}
        self._phrases: dict[int, list[tuple[frozenset[str], float]]] = {}

    @cached_property
    def names(self) -> dict[str, list[int]]:
        """Squeezed words of code, ids and phrases -> numbers of the rows that hold them.

        More than names: only `entries` takes code apart, and only for rows that count.
        """
        table: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            code = [text for _, text, _ in codes(row)]
            code += [phrase for phrase in phrases(row) if is_code(phrase)]
            words = _IDENTIFIER.findall("\n".join(code))
            words += [api.rpartition(".")[2] for api in _apis(row)]
            held = "\n".join((row.id, *phrases(row), *words))
            for key in set(squeeze(held).split("\n")):
                table.setdefault(key, []).append(number)
        table.pop("", None)
        return table

    def entries(self, key: str) -> Iterator[Entry]:
        """Yield the places where rows hold a name that is spelled `key` when squeezed."""
        for number in self.names.get(key, ()):
            held = self._entries.get(number)
            if held is None:
                held = self._entries[number] = {}
                for entry in entries(number, self.rows[number]):
                    held.setdefault(squeeze(entry.name.tail), []).append(entry)
            yield from held.get(key, ())

    @cached_property
    def calls(self) -> list[int]:
        """How often real code calls what each row is about: all its APIs, hence the rarest."""
        if not self._calls:
            return [0] * len(self.rows)
        return [min((self._calls.get(a, 0) for a in _apis(row)), default=0) for row in self.rows]

    @cached_property
    def sorted_names(self) -> list[str]:
        """The squeezed names in alphabetical order."""
        return sorted(self.names)

    @cached_property
    def _lines(self) -> dict[str, dict[int, float]]:
        """Bare lines of forms, today's and printed -> {row number: what else is there}."""
        table: dict[str, dict[int, float]] = {}
        for number, row in enumerate(self.rows):
            for _, code, _ in codes(row):
                lines = set(map(_bare, code.splitlines()))
                for line in filter(None, lines):
                    losses = table.setdefault(line, {})
                    losses[number] = min(losses.get(number, 5.0), loss_among(len(lines)))
        return table

    def holding_lines(self, code: str) -> dict[int, float]:
        """Return the rows that hold all lines of `code`, and what is lost by what else is there."""
        first, *others = [self._lines.get(_bare(line), {}) for line in code.splitlines()] or [{}]
        return {row: loss for row, loss in first.items() if all(row in held for held in others)}

    @cached_property
    def words(self) -> dict[str, dict[int, float]]:
        """Stems of words -> {row number: how much the word says about that row}."""
        table: dict[str, dict[int, float]] = {}
        for number, row in enumerate(self.rows):
            code = [*_apis(row), *(text for _, text, _ in codes(row))]
            # What is read later prevails.
            for weight, texts in ((CODE, code), (TITLE, (row.id, *phrases(row)))):
                for root in set(stems("\n".join(texts))):
                    table.setdefault(root, {})[number] = weight
        return table

    @cached_property
    def sorted_words(self) -> list[str]:
        """The stems in alphabetical order."""
        return sorted(self.words)

    @cached_property
    def _notes(self) -> list[str]:
        return [f"{row.section} {row.notes}".lower() for row in self.rows]

    def noted(self, root: str) -> dict[int, float]:
        """Return the rows with a word in their notes that begins with `root`."""
        return {number: NOTE for number, notes in enumerate(self._notes) if _has_word(notes, root)}

    def phrases(self, number: int) -> list[tuple[frozenset[str], float]]:
        """Return the stems of each title and keyword of a row, and what they weigh together."""
        if number not in self._phrases:
            row = self.rows[number]
            said = (frozenset(stems(text)) for text in (row.id, *phrases(row)))
            self._phrases[number] = [(roots, sum(map(self.weight, roots))) for roots in said]
        return self._phrases[number]

    def weight(self, root: str) -> float:
        """Weight of a stem: rare ones say most."""
        rarity = self.rarity(sum(self.words.get(root, {}).values()))
        return rarity * (0.1 if root in _NOISE else 1.0)

    def rarity(self, holders: float) -> float:
        """Weight of something that `holders` rows hold: 1 for one row, near 0 for all."""
        rows = len(self.rows) + 1
        return log(1 + rows / max(1, holders)) / log(1 + rows)


def _apis(row: Row) -> list[str]:
    return [api for side in SIDES for api in row.apis.get(side, ())]


def beginning_with(text: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield those of the sorted texts that begin with `text`."""
    for at in range(bisect_left(ordered, text), len(ordered)):
        if not ordered[at].startswith(text):
            return
        yield ordered[at]


def _has_word(text: str, beginning: str) -> bool:
    at = text.find(beginning)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(beginning, at + 1)
    return at >= 0


def _bare(line: str) -> str:
    """Return a line of code as lines are compared: without white space and what it assigns."""
    return _ASSIGNED.sub("", "".join(line.split()))
