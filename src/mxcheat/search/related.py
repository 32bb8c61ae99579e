"""Rows that are near a row: those that share its names, or words that few rows have."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.row import Row

_WORD = re.compile(r"[a-z]{3,}")
# Cosine of two rows' words below which they have little to do with each other.
_LEAST = 0.13
# The first keywords of a row, which say most.
_TOLD = 10


class Related:
    """Which rows of a sheet are near each other. To make it takes a while, to ask it does not."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._words = {row.id: set(_words_of(row)) for row in rows}
        self._having: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for word in self._words[row.id]:
                self._having[word].append(row)
        # A word tells the more the fewer rows have it; the weights of a row add up to its length.
        self._weights = {
            word: math.log(len(rows) / len(having)) ** 2 for word, having in self._having.items()
        }
        self._lengths = {row_id: self._weight(words) for row_id, words in self._words.items()}

    def to(self, row: Row, limit: int) -> list[Row]:
        """The rows nearest to `row`, the nearest first, at most `limit`."""
        shared: dict[str, float] = defaultdict(float)
        rows: dict[str, Row] = {}
        for word in self._words.get(row.id, ()):
            for other in self._having[word]:
                shared[other.id] += self._weights[word]
                rows[other.id] = other
        # Sums depend on the order of what is added, which sets do not keep: their last digits go.
        near = {name: round(self._cosine(row.id, name, w), 9) for name, w in shared.items()}
        found = [name for name in near if near[name] >= _LEAST and name != row.id]
        found.sort(key=lambda name: (-near[name], name))
        return [rows[name] for name in found[:limit]]

    def _cosine(self, one: str, other: str, shared: float) -> float:
        return shared / (math.sqrt(self._lengths[one] * self._lengths[other]) or 1.0)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in words)


def _words_of(row: Row) -> Iterable[str]:
    """The names a row answers for, its section, and the words of its id, function and keywords."""
    yield row.section
    for side in SIDES:
        yield from row.answers.get(side, ())
    told = [row.id, row.function, *row.keywords[:_TOLD]]
    yield from _WORD.findall(" ".join(told).lower())
