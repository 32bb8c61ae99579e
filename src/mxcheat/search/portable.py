"""The tables of an index as plain values, for a page that ranks in a browser.

What is asked by name is answered here, by the ranker itself; the words and names that rows hold
are for what has to be put together when it is typed (`render/web/search.js`).
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from mxcheat.names.written import CHORES, MODULES
from mxcheat.search.rank import ranked
from mxcheat.search.rows import Place, asked_by
from mxcheat.search.words import NOISE, endings, roots

if TYPE_CHECKING:
    from mxcheat.search.index import Index

# How many rows are given for a name; what a browser adds to them only holds it.
_MOST = 5


def portable(index: Index) -> dict[str, Any]:
    """Everything that a ranker needs to know of the rows, and of English and Chinese words.

    Rows are numbers in their order. `answers` has the best rows for each public name and id as it
    is spelled; `names` row, weight of 10,000 and whether it is a phrase, one after the other;
    `words` how much a stem says, and of which rows, the most first; `notes` the rows that have one
    in their notes; `phrases`,
    for each row, what it is called, as numbers of stems.
    """
    asked = {name for row in index.rows for name in asked_by(row)}
    stems = index.sorted_words
    numbers = {root: number for number, root in enumerate(stems)}
    return {
        "answers": {name: _best(index, name) for name in sorted(asked)},
        "names": {key: _held(index, key) for key in index.names.ordered},
        "words": {root: _by_weight(index.words.get(root, {})) for root in stems},
        "notes": {root: index.noted(root) for root in sorted(index.notes)},
        "phrases": [
            [sorted(numbers[root] for root in said) for said, _ in index.phrases(row) if said]
            for row in range(len(index.rows))
        ],
        "calls": index.calls,
        "noise": sorted(NOISE),
        "modules": sorted(MODULES),
        "chores": sorted({*CHORES, *dir(builtins)}),
        "roots": roots(),
        "endings": endings(),
    }


def _best(index: Index, name: str) -> list[int]:
    return [row for row, *_ in ranked(index, name, _MOST)]


def _held(index: Index, key: str) -> list[int]:
    best: dict[tuple[int, bool], float] = {}
    for entry in index.names.entries(key):
        place = entry.row, entry.place is Place.PHRASE
        best[place] = max(best.get(place, 0.0), entry.base)
    return [
        number
        for (row, phrase), base in best.items()
        for number in (row, round(100 * base), int(phrase))
    ]


def _by_weight(holders: dict[int, float]) -> list[float | list[int]]:
    """How much a word says, and the rows of which it says so much; one after the other."""
    weights = sorted({*holders.values()}, reverse=True)
    rows = [[row for row, weight in holders.items() if weight == each] for each in weights]
    return [each for pair in zip(weights, rows, strict=True) for each in pair]
