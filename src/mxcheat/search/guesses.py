"""Names that are typed halfway, misspelt, or without a row, and modules: what may be meant.

A public name that no row answers is told apart here, so that no other row is shown for it.
"""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

from mxcheat.names.written import squeeze
from mxcheat.search.evidence import fill
from mxcheat.search.index import beginning_with
from mxcheat.search.public import FULL, LIKELY, asked_for, fit, public_names, spelled_out
from mxcheat.search.query import is_joined
from mxcheat.search.rows import BEST, Place
from mxcheat.search.words import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mxcheat.names.written import Name
    from mxcheat.search.evidence import Evidence
    from mxcheat.search.index import Index
    from mxcheat.search.public import Public
    from mxcheat.search.query import Query
    from mxcheat.search.rows import Entry

_ONE_SLIP = 0.8  # how like a name has to be what may be a slip for it
_NEARLY = 0.6  # names that fit nearly as well may be meant as well
_LIKE = 0.83  # how like a name has to be what stands for it in a longer text


def of_part(index: Index, name: Name, *, phrases: bool = True) -> Evidence:
    """Return the rows with a name that begins with, or holds, what is typed so far.

    Titles and keywords count as names if `phrases` says so.
    """
    typed = squeeze(name.tail)
    if not typed:
        return {}
    found = _guessed(index, _begun(index, name, typed), phrases=phrases)
    if len(typed) > 3:
        within = index.names.holding(typed)
        scored = ((key, 45 + 28 * len(typed) / len(key)) for key in within)
        fill(found, _guessed(index, scored, phrases=False))
    return found


def _begun(index: Index, name: Name, typed: str) -> Iterator[tuple[str, float]]:
    """Yield the names that begin with what is typed: first what real code calls most.

    Of a family, as conv1d, conv2d and conv3d, the likeliest stands before names of others.
    """
    scored = []
    for key in beginning_with(typed, index.names.ordered):
        calls = _most_called(index, name, key)
        scored.append((60 + 14 * len(typed) / len(key) + 2 * log1p(calls), key))
    families: dict[str, int] = {}
    for score, key in sorted(scored, key=lambda it: (-it[0], it[1])):
        family = key.rstrip("0123456789d")
        families[family] = families.get(family, -1) + 1
        yield key, score - min(6, 2 * families[family])


def _most_called(index: Index, name: Name, key: str) -> int:
    """How often real code calls what the name may become, in the module that it is typed with."""
    answers = index.answers.get(key, [])
    if name.in_module:
        answers = [each for each in answers if _becomes(name, each[1])]
    return max((calls for *_, calls in answers), default=0)


def is_begun(index: Index, name: Name) -> bool:
    """Whether an id, or a public name that a row answers for, begins with what is typed so far."""
    typed = squeeze(name.tail)
    longer = (key for key in beginning_with(typed, index.names.ordered) if key != typed)
    return any(
        any(_becomes(name, api) for _, api, _ in index.answers.get(key, []))
        or (len(name.path) == 1 and _is_id(index, key))
        for key in longer
    )


def _is_id(index: Index, key: str) -> bool:
    return any(entry.place is Place.ID for entry in index.names.entries(key))


def _becomes(name: Name, public: str) -> bool:
    tail = public.rpartition(".")[2]
    return fit(name._replace(path=(*name.path[:-1], tail)), public) > LIKELY


def of_module(index: Index, name: Name) -> Evidence:
    """Return the rows that answer for names of a module: what is called most has most."""
    from mxcheat.names.spelling import is_module  # noqa: PLC0415 - few queries are a module

    within = tuple(f"{'.'.join(path)}." for path in spelled_out(name) if is_module(".".join(path)))
    found: Evidence = {}
    for key in index.answers if within else ():
        for row, api, calls in index.answers.get(key, []):
            if api.startswith(within):
                found[row] = max(found.get(row, 0.0), 70 + 2 * log1p(calls))
    return found


def of_slip(index: Index, text: str, *, phrases: bool = True) -> Evidence:
    """Return the rows with a name, or a phrase, that `text` may be a slip of the fingers for."""
    typed = squeeze(text)
    close = near(typed, index.names.by_length)
    guesses = (
        (key, 90 * like) for key, like in close if key != typed and not is_compound(text, key)
    )
    return _guessed(index, guesses, phrases=phrases)


def of_longer_slip(index: Index, text: str) -> Evidence:
    """Return the rows with a name that `text` begins with, but for a slip: cumporduct."""
    typed = squeeze(text)
    found: Evidence = {}
    for length in range(len(typed) - 1, max(5, len(typed) // 2), -1):
        same = {length: index.names.by_length.get(length, [])}
        close = [(key, 80 * like) for key, like in near(typed[:length], same, _LIKE)]
        fill(found, _guessed(index, close, phrases=False))
    return found


def is_compound(text: str, key: str) -> bool:
    """Whether a name has another in it as one of its words: QConv2D is no slip for Conv2D."""
    return text[:1].isupper() and squeeze(text).endswith(key)


def _guessed(index: Index, keys: Iterable[tuple[str, float]], *, phrases: bool) -> Evidence:
    """Rows that hold one of the names; letters inside a phrase may run across its words."""
    found: Evidence = {}
    for key, score in keys:
        for entry in index.names.entries(key):
            if phrases or entry.place is not Place.PHRASE:
                # An id or API comes before a name in passing, also where names are guessed.
                guess = score - (BEST - entry.base) / 2
                if guess > found.get(entry.row, 0.0):
                    found[entry.row] = guess
    return found


def unanswered_names(index: Index, asked: Query) -> list[Public]:
    """Return the public names without a row that a query is, or is a slip for; best first."""
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
