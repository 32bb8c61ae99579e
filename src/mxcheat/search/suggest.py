"""Names to try where a query found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.search.names import squeeze
from mxcheat.search.query import Query
from mxcheat.search.slips import by_length, near

if TYPE_CHECKING:
    from mxcheat.search.index import Index

_FAR = 0.5


def suggest(index: Index, query: str, limit: int = 3) -> list[str]:
    """Return names of rows that look most like a part of `query`, nearest first."""
    asked = Query.parse(query)
    parts = {squeeze(part) for part in (asked.text, *asked.words)}
    parts |= {squeeze(name.tail) for name in asked.names}
    apis = (api for row in index.rows for side in SIDES for api in row.answers.get(side, ()))
    named = {squeeze(name): name for name in (api.rpartition(".")[2] for api in apis)}
    named |= {squeeze(row.id): row.id for row in index.rows}
    lengths = by_length(named)
    likeness: dict[str, float] = {}
    for part in sorted(parts):
        for key, like in near(part, lengths, _FAR):
            likeness[named[key]] = max(like, likeness.get(named[key], 0.0))
    ordered = sorted(likeness, key=lambda name: (-likeness[name], name))
    return ordered[: max(0, limit)]
