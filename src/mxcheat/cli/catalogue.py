"""The catalogue that a lookup reads: a card for every row, and what finds it.

Those of the shipped rows are made ahead and kept, with the answers to all names: what search found
for them. So a name spelled as a row spells it is answered without loading search.
"""

from __future__ import annotations

import marshal

from mxcheat.cheatsheet.kept import Kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.render.facts import Card
    from mxcheat.search import Index

    # Ids of rows, their scores, and whether each is sure and no guess; best first.
    Found = list[tuple[str, float, bool]]

# How many rows a lookup shows unless it is told otherwise.
SHOWN = 5


class Catalogue:
    """Finds rows, and has a card for each; `answers` hold what is found for some queries."""

    def __init__(
        self,
        ids: Sequence[str],
        card: Callable[[str], Card],
        index: Callable[[], Index],
        answers: Mapping[str, Found],
    ) -> None:
        self.card = card
        self._ids = ids
        self._index = index
        self._answers = answers

    def find(self, query: str, limit: int = SHOWN) -> Found:
        """At most `limit` rows for a query, best first."""
        if limit == SHOWN and query in self._answers:
            return self._answers[query]
        return _search(self._index(), self._ids, query, limit)


def shipped() -> Catalogue:
    """The catalogue of the shipped rows, from the cache where there is one."""
    kept = Kept()
    made = kept.read("cards") or kept.keep("cards", _make)
    if made is None:
        from mxcheat.shown import load_shown  # noqa: PLC0415 - the cards are kept

        sheet = load_shown()
        return catalogue_of(sheet.rows, sheet.calls)
    cards, answers = made
    return Catalogue(list(cards), lambda i: marshal.loads(cards[i]), _shipped_index, answers)  # noqa: S302


def catalogue_of(rows: Sequence[Row], calls: Mapping[str, int]) -> Catalogue:
    """A catalogue of any rows, made as far as it is used."""
    from mxcheat.render.facts import card_of  # noqa: PLC0415 - of the shipped rows all is kept
    from mxcheat.search import Index  # noqa: PLC0415

    by_id = {row.id: row for row in rows}
    return Catalogue(list(by_id), lambda i: card_of(by_id[i]), lambda: Index(rows, calls), {})


def _make() -> tuple[dict[str, bytes], dict[str, Found]]:
    """Every card of the shipped rows, and the answer to every name."""
    from mxcheat.render.facts import card_of  # noqa: PLC0415
    from mxcheat.search.rows import asked_by  # noqa: PLC0415
    from mxcheat.shown import load_shown  # noqa: PLC0415

    rows = load_shown().rows
    made: dict[str, Any] = {row.id: card_of(row) for row in rows}
    cards = {row_id: marshal.dumps(card) for row_id, card in made.items()}
    index = _shipped_index()
    names = {name for row in rows for name in asked_by(row)}
    return cards, {name: _search(index, list(cards), name, SHOWN) for name in names}


def index_of(sheet: Cheatsheet, *, is_shipped: bool) -> Index:
    """An index of all rows of a sheet; that of the shipped ones from the cache."""
    from mxcheat.search import Index  # noqa: PLC0415

    return _shipped_index(sheet.rows) if is_shipped else Index(sheet.rows, sheet.calls)


def _shipped_index(rows: Sequence[Row] = ()) -> Index:
    from mxcheat.search.index import shipped_index  # noqa: PLC0415

    return shipped_index(_shown, rows)


def _shown() -> Cheatsheet:
    from mxcheat.shown import load_shown  # noqa: PLC0415 - the tables are kept

    return load_shown()


def _search(index: Index, ids: Sequence[str], query: str, limit: int) -> Found:
    from mxcheat.search import ranked  # noqa: PLC0415

    return [(ids[row], score, sure) for row, score, _, sure in ranked(index, query, limit)]
