"""What there is to say where no row fits: the same in every command and in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mxcheat.names.written import squeeze
from mxcheat.search.guesses import unanswered_names
from mxcheat.search.public import LIKELY, fit
from mxcheat.search.query import Query
from mxcheat.search.rank import find
from mxcheat.search.rows import Place, apis
from mxcheat.search.words import by_length, near

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.search.index import Index
    from mxcheat.search.public import Public

    # Puts keyword arguments into a sentence.
    Say = Callable[..., str]

_NEAR = 3  # rows that may be near a name without a row
_USERS = 5  # rows that are told to use it
_FAR = 0.5  # how like a query a name has to be to be offered where nothing is found


class Nothing(NamedTuple):
    """Why nothing is found and what to try; where public names have no row, these names.

    `used_in` are the ids of the rows whose forms use one of them.
    """

    said: str
    hint: str
    names: list[Public]
    used_in: list[str]


def nothing_found(
    index: Index, query: str, *, is_filtered: bool = False, say: Say = str.format
) -> Nothing:
    """Say why no row is found for `query`.

    `index` is that of all rows, also if only some were looked through: `is_filtered`. `say` puts
    its keyword arguments into a sentence; it may say it in another language.
    """
    from mxcheat.errors import shortened  # noqa: PLC0415 - most queries find a row

    asked = shortened(query)
    if is_filtered and find(index, query, 1):
        sentence = "nothing found for {query} among the rows that pass the filter"
        return Nothing(say(sentence, query=asked), "", [], [])
    if without_row := unanswered(index, query):
        return _without_row(index, without_row, say)
    hint = say("try another name, or fewer words")
    if near := suggest(index, query):
        hint = say("did you mean {names}?", names=say(" or ").join(near))
    return Nothing(say("nothing found for {query}", query=asked), hint, [], [])


def _without_row(index: Index, without_row: Unanswered, say: Say) -> Nothing:
    first = without_row.names[0]
    used_in = [index.rows[row].id for row in without_row.used_in]
    near = [hit.row.id for hit in find(index, first.words, _NEAR) if hit.row.id not in used_in]
    users = ", ".join(used_in[:_USERS])
    hints = [say("used in {rows}", rows=users)] if used_in else []
    hints += [say("perhaps near: {rows}", rows=", ".join(near))] if near else []
    sentence = "{name} is in {where}; the sheet has no row for it"
    said = say(sentence, name=first.name, where=first.where)
    return Nothing(said, "; ".join(hints), without_row.names, used_in)


class Unanswered(NamedTuple):
    """Public names that are asked for, and the numbers of the rows whose forms use one."""

    names: list[Public]
    used_in: list[int]


def unanswered(index: Index, query: str) -> Unanswered | None:
    """Return the public names that a query is, or is a slip for, where no row answers; else None.

    `find` gives no row then.
    """
    names = unanswered_names(index, Query.parse(query))
    used = {
        entry.row: None
        for public in names
        for entry in index.names.entries(squeeze(public.name.rpartition(".")[2]))
        if entry.place is Place.FORM and fit(entry.name, public.name) >= LIKELY
    }
    return Unanswered(names, list(used)) if names else None


def suggest(index: Index, query: str, limit: int = 3) -> list[str]:
    """Return names of rows that look most like a part of `query`, nearest first."""
    asked = Query.parse(query)
    parts = {squeeze(part) for part in (asked.text, *asked.words)}
    parts |= {squeeze(name.tail) for name in asked.names}
    tails = (api.rpartition(".")[2] for row in index.rows for api in apis(row))
    named = {squeeze(tail): tail for tail in tails}
    named |= {squeeze(row.id): row.id for row in index.rows}
    lengths = by_length(named)
    likeness: dict[str, float] = {}
    for part in sorted(parts):
        for key, like in near(part, lengths, _FAR):
            likeness[named[key]] = max(like, likeness.get(named[key], 0.0))
    ordered = sorted(likeness, key=lambda name: (-likeness[name], name))
    return ordered[: max(0, limit)]
