"""What is a public name of a framework and has no row, so that no other row is shown for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mxcheat.names.written import squeeze
from mxcheat.search.guesses import is_begun, is_compound
from mxcheat.search.public import FULL, LIKELY, asked_for, fit, public_names
from mxcheat.search.query import Query, is_joined
from mxcheat.search.rows import Place
from mxcheat.search.words import near

if TYPE_CHECKING:
    from mxcheat.names.written import Name
    from mxcheat.search.index import Index
    from mxcheat.search.public import Public
    from mxcheat.search.rows import Entry

_ONE_SLIP = 0.8  # how like a name has to be what may be a slip for it
_NEARLY = 0.6  # names that fit nearly as well may be meant as well


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


def unanswered_names(index: Index, asked: Query) -> list[Public]:
    """Return the names alone, best first."""
    name = asked.subject
    if name is None or asked.is_argument or not _is_name(asked, name):
        return []
    best = max((how for how, _ in index.answering(name).values()), default=0.0)
    if best > FULL - _NEARLY or (best and len(name.path) == 1):
        return []
    entries = index.names.entries(squeeze(name.tail))
    if any(_keeps(name, entry) for entry in entries) or _is_held(index, asked.text):
        return []
    found = asked_for(name)
    if not _is_whole(name, found) and asked.text.endswith(name.tail) and is_begun(index, name):
        return []  # it may be typed halfway
    if not found and not entries:
        return _misspelt(index, name)
    fits = found[0][1] if found else 0.0
    return _best(found) if fits >= LIKELY and best <= fits - _NEARLY else []


def _is_name(asked: Query, name: Name) -> bool:
    """Whether it is surely a name: a plain word may be just a word."""
    return asked.is_code or name.in_module or is_joined(name.tail)


def _is_held(index: Index, text: str) -> bool:
    """Whether a row has it all as a line of its code, or as its id, title or keyword."""
    return bool(index.holding_lines(text) or index.names.called(squeeze(text)))


def _keeps(name: Name, entry: Entry) -> bool:
    """Whether a row has the name though it does not answer: as it was printed, or as a keyword."""
    if entry.name.tail != name.tail or entry.name.depth:
        return False
    as_keyword = name.agrees(entry.name.path) or (
        len(entry.name.path) == 1 and is_joined(name.tail)
    )
    return entry.place is Place.PRINTED or (entry.place is Place.PHRASE and as_keyword)


def _is_whole(name: Name, found: list[tuple[Public, float]]) -> bool:
    """Whether a public name is spelled just so."""
    return any(public.name.rpartition(".")[2] == name.tail for public in _best(found))


def _misspelt(index: Index, name: Name) -> list[Public]:
    """The public names that a name may be a slip for, if it is nearest to one without a row."""
    typed = squeeze(name.tail)
    close = near(typed, index.names.by_length)[:1]
    if not close or close[0][1] < _ONE_SLIP:
        close = sorted(close + near(typed, public_names().by_length)[:1], key=lambda it: -it[1])
    if not close or close[0][1] < _ONE_SLIP or is_compound(name.tail, close[0][0]):
        return []
    found = asked_for(name, close[0][0])
    for tail in {public.name.rpartition(".")[2] for public, _ in found}:
        meant = name._replace(path=(*name.path[:-1], tail))
        entries = index.names.entries(close[0][0])
        if index.answering(meant) or any(_keeps(meant, entry) for entry in entries):
            return []
    return _best(found)


def _best(found: list[tuple[Public, float]]) -> list[Public]:
    return [public for public, how in found if how > found[0][1] - _NEARLY]
