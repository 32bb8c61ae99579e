"""The catalogue that a lookup reads: a card for every row, and what finds it.

Those of the shipped rows are made ahead and kept, with the answers to all names: what search found
for them. So a name spelled as a row spells it is answered without loading search.
"""

from __future__ import annotations

from binascii import crc32

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
# The answers to names are kept in so many parts, of which a lookup reads one.
_PARTS = 64


class Catalogue:
    """Finds rows, and has a card for each; `answer` knows what is found for some queries."""

    def __init__(
        self,
        ids: Sequence[str],
        card: Callable[[str], Card],
        index: Callable[[], Index],
        answer: Callable[[str], Found | None] = lambda _: None,
    ) -> None:
        self.card = card
        self._ids = ids
        self._index = index
        self._answer = answer

    def find(self, query: str, limit: int = SHOWN) -> Found:
        """At most `limit` rows for a query, best first."""
        found = self._answer(query) if limit == SHOWN else None
        return _search(self._index(), self._ids, query, limit) if found is None else found


def shipped() -> Catalogue:
    """The catalogue of the shipped rows, from the cache where there is one."""
    kept = Kept()
    ids = kept.read("ids") or (kept.keep_all(_make) or {}).get("ids")
    if ids is None:
        from mxcheat.loading import load  # noqa: PLC0415 - the cards are kept

        sheet = load()
        return catalogue_of(sheet.rows, sheet.calls)

    def card(row_id: str) -> Card:
        return kept.read(_part_of_card(row_id)) or _card(row_id)

    def answer(query: str) -> Found | None:
        found: Found | None = (kept.read(_part_of_name(query)) or {}).get(query)
        return found

    return Catalogue(ids, card, _shipped_index, answer)


def _part_of_card(row_id: str) -> str:
    return f"card {row_id}"


def _part_of_name(name: str) -> str:
    """The part that has the answer to a name, among few others."""
    return f"answers {crc32(name.encode('utf-8', 'surrogatepass')) % _PARTS}"


def _card(row_id: str) -> Card:
    """The card of a shipped row, should another process have written the cache anew."""
    from mxcheat.loading import load  # noqa: PLC0415
    from mxcheat.render.facts import card_of  # noqa: PLC0415

    row = load().row(row_id)
    assert row is not None
    return card_of(row)


def catalogue_of(rows: Sequence[Row], calls: Mapping[str, int]) -> Catalogue:
    """A catalogue of any rows, made as far as it is used."""
    from mxcheat.render.facts import card_of  # noqa: PLC0415 - of the shipped rows all is kept
    from mxcheat.search import Index  # noqa: PLC0415

    by_id = {row.id: row for row in rows}
    return Catalogue(list(by_id), lambda i: card_of(by_id[i]), lambda: Index(rows, calls))


def _make() -> dict[str, Any]:
    """Every card of the shipped rows, and the answer to every name, as parts to keep."""
    from mxcheat.loading import load  # noqa: PLC0415
    from mxcheat.render.facts import card_of  # noqa: PLC0415
    from mxcheat.search.rows import asked_by  # noqa: PLC0415

    rows = load().rows
    ids = [row.id for row in rows]
    index = _shipped_index()
    made: dict[str, Any] = {"ids": ids}
    for row in rows:
        made[_part_of_card(row.id)] = card_of(row)
    for name in {name for row in rows for name in asked_by(row)}:
        answers = made.setdefault(_part_of_name(name), {})
        answers[name] = _search(index, ids, name, SHOWN)
    return made


def index_of(sheet: Cheatsheet, *, is_shipped: bool) -> Index:
    """An index of all rows of a sheet; that of the shipped ones from the cache."""
    from mxcheat.search import Index  # noqa: PLC0415

    return _shipped_index(sheet.rows) if is_shipped else Index(sheet.rows, sheet.calls)


def _shipped_index(rows: Sequence[Row] = ()) -> Index:
    from mxcheat.search.index import shipped_index  # noqa: PLC0415

    return shipped_index(_shown, rows)


def _shown() -> Cheatsheet:
    from mxcheat.loading import load  # noqa: PLC0415 - the tables are kept

    return load()


def _search(index: Index, ids: Sequence[str], query: str, limit: int) -> Found:
    from mxcheat.search import ranked  # noqa: PLC0415

    return [(ids[row], score, sure) for row, score, _, sure in ranked(index, query, limit)]
