"""From what a user typed for ROW to one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cli.arguments import UsageError
from mxcheat.cli.narrate import confirm, say
from mxcheat.errors import NothingFoundError, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.cheatsheet.row import Row

# Rows that are named where none was meant for certain.
_NEAREST = 3


def choose_row(rows: Sequence[Row], query: str, calls: Mapping[str, int], command: str) -> Row:
    """The row with this id, or that which answers this query; stderr says which was taken.

    A row that is only a guess is run when someone at the terminal says so. Raises UsageError, with
    the nearest rows, where nobody does, and NothingFoundError, with names that are near, when no
    row fits.
    """
    for row in rows:
        if row.id == query:
            return row
    from mxcheat.search import Index, find  # noqa: PLC0415 - an id needs no search

    index = Index(rows, calls)
    hits = find(index, query, limit=5)
    if not hits:
        from mxcheat.search.nothing import nothing_found  # noqa: PLC0415 - most queries find a row

        nothing = nothing_found(index, query)
        raise NothingFoundError(nothing.said, hint=nothing.hint)
    best = hits[0]
    if not best.sure:
        if confirm(f"{shortened(query)} names no row; {command} {_titled(best.row)}?"):
            return best.row
        raise _only_guesses(query, [hit.row for hit in hits[:_NEAREST]], command)
    ties = [hit.row.id for hit in hits[1:] if hit.score == best.score]
    others = f" (as good: {', '.join(ties)})" if ties else ""
    say(f"{shortened(query)} is taken as {best.row.id}{others}")
    return best.row


def _only_guesses(query: str, rows: Sequence[Row], command: str) -> UsageError:
    nearest = ", ".join(map(_titled, rows))
    hint = f"the nearest {'are' if len(rows) > 1 else 'is'} {nearest}"
    return UsageError(f"{command}: {shortened(query)} names no row", hint=hint)


def _titled(row: Row) -> str:
    return f"{row.id} ({row.function})"


def checked_query(words: Sequence[str], command: str) -> str:
    """The words as one query. Raises UsageError when there is nothing in them."""
    query = " ".join(words).strip()
    if not query:
        raise empty_query(command)
    return query


def empty_query(command: str) -> UsageError:
    """What to say when there is nothing to look for."""
    return UsageError(f"{command}: the query is empty", hint=f"try mxcheat {command} clamp")
