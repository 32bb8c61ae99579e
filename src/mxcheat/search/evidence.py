"""How strongly one name of a query points to each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.written import Name, squeeze
from mxcheat.search.public import DOUBTFUL
from mxcheat.search.rows import Place
from mxcheat.search.worded import UNKNOWN, word_item
from mxcheat.search.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.search.index import Index
    from mxcheat.search.rows import Entry

# Row number -> how strongly it is meant, 0..100.
Evidence = dict[int, float]
# What one name or word of the query weighs, and which rows it points to.
Item = tuple[float, Evidence]
# Row number, score, whether the query is one of its names, whether it is an answer; best first.
Ranked = list[tuple[int, float, bool, bool]]

_DEEPER = 0.3  # weight of what only prepares an argument or an object for the next call
_ANSWERED = 96.2  # a row that answers for a public name has more: the better the name fits
_LINE_OF_IT = 91.0  # a longer line of code that is built on a name, and the row of that
_CLAIMED = 99.9  # a keyword that calls the name with arguments
_USED = 0.9  # the share left to a row that only uses a name
_ELSEWHERE = 0.7  # the same where another module is asked for
_CHORE = 0.1  # weight of len() and the like beside other names
# Where a name is one of the row itself.
_NAMING = frozenset({Place.ID, Place.PRINTED, Place.PHRASE})
# Where names stand as people write them; a phrase may be code too.
_WRITTEN = frozenset({Place.FORM, Place.PRINTED, Place.PHRASE})


def of_name(index: Index, name: Name) -> tuple[Evidence, set[int]]:
    """Return the rows that hold the name, and those of them that it is a name of.

    Those answer for it or are called so; where no row answers, also those that have it as a
    keyword or as it was printed.
    """
    entries = index.names.entries(squeeze(name.tail))
    found, alike = _holding(name, entries)
    answers = index.answering(name)
    called = {entry.row for entry in entries if _calls_itself(name, entry)}
    if not answers:
        named = {entry.row for entry in entries if _is_named(name, entry)}
        share = _ELSEWHERE if name.in_module else _USED
        return {row: s if row in named else s * share for row, s in found.items()}, named
    scores = {
        row: _ANSWERED - 0.7 + how + 0.3 * (row in alike) + found.get(row, 0.0) / 100
        for row, (how, _) in answers.items()
    }
    found = {row: score if row in called else score * _USED for row, score in found.items()}
    fill(found, scores)
    if name.called == "(...)" and not name.in_module and alike.isdisjoint(answers):
        # y.backward(head) is not what the row of y.backward() is about.
        claimed = {entry.row for entry in entries if _claims(name, entry)}
        fill(found, dict.fromkeys(claimed, _CLAIMED))
        called |= claimed
    return found, called | {row for row, (how, _) in answers.items() if how > DOUBTFUL}


def _holding(name: Name, entries: Iterable[Entry]) -> tuple[Evidence, set[int]]:
    """How well each row fits that holds the name, and which rows write and call it the same way."""
    found: Evidence = {}
    alike: set[int] = set()
    namesakes: set[int] = set()
    for entry in entries:
        loss = _misspelling(name.tail, entry.name.tail)
        found[entry.row] = max(found.get(entry.row, 0.0), _fit(name, entry) - loss)
        if entry.place in _WRITTEN and loss < 1 and entry.name.called == name.called:
            alike.add(entry.row)
        if entry.place is Place.ID and not name.in_module:
            namesakes.add(entry.row)
    if len(name.path) == 1 and not name.called:
        return found, set()
    # x.size() is neither x.size nor x.size(0): code that calls a name alike is nearer.
    for row in alike:
        found[row] += 0.3
    # A name that is not called is only a name; a call has to be called alike.
    for row in namesakes & alike if name.called else namesakes:
        found[row] += 2.5
    return found, alike


def _calls_itself(name: Name, entry: Entry) -> bool:
    """Whether the name is the row's id, or all of a title or keyword."""
    whole = entry.place is Place.PHRASE and len(name.path) == len(entry.name.path) == 1
    return (entry.place is Place.ID or whole) and _is_named(name, entry)


def _is_named(name: Name, entry: Entry) -> bool:
    """Whether the row has the name as its id, in a title or keyword, or as it was printed."""
    if entry.place not in _NAMING or _misspelling(name.tail, entry.name.tail) >= 2:
        return False
    if entry.place is Place.ID:
        return not name.in_module or name.tail == entry.name.tail  # loss.Poisson is not poisson
    owned = entry.place is Place.PHRASE and not entry.name.called and len(entry.name.path) > 1
    if owned and len(name.path) > 1 and len(entry.name.path[-2]) > 1:
        return name.agrees(entry.name.path)  # x.h is not lib_api.h
    return not _is_elsewhere(name, entry.name)


def _claims(name: Name, entry: Entry) -> bool:
    """Whether the row has a keyword that calls the name with arguments on a variable."""
    is_call = entry.place is Place.PHRASE and entry.name.called == name.called == "(...)"
    return is_call and len(entry.name.path) > 1 and not entry.name.depth


def of_subject(index: Index, name: Name) -> Evidence:
    """Return the rows that answer for a name on which a longer line of code is built."""
    answers = index.answering(name)
    scores = of_name(index, name)[0] if answers else {}
    return {
        row: _LINE_OF_IT + (score - _ANSWERED) / 2
        for row, score in scores.items()
        if row in answers or score >= _CLAIMED
    }


def _fit(name: Name, entry: Entry) -> float:
    """Score of an entry by where it stands and by how well the dotted path fits."""
    if entry.place is Place.ID:
        elsewhere = 88.0 if name.in_module else 94.0
        as_it_is = 100.0 if name.tail == entry.name.tail else 98.8
        return as_it_is if len(name.path) == 1 and not name.called else elsewhere
    if name.agrees(entry.name.path):
        return entry.base + 2
    if _is_elsewhere(name, entry.name):
        return 65.0
    other_side = name.side and entry.side and name.side != entry.side
    return entry.base - (3 if other_side else 0)


def _is_elsewhere(name: Name, other: Name) -> bool:
    """Whether a name is spelled with a module, and another one with something else."""
    return name.in_module and len(other.path) > 1 and not name.agrees(other.path)


def _misspelling(given: str, name: str) -> float:
    """What a spelling loses: capitals little, a missing underscore more."""
    if given == name:
        return 0.0
    given, name = given.lower(), name.lower()
    if given == name:
        return 0.5
    return 1.0 if given.rstrip("_") == name.rstrip("_") else 4.0


def fill(scores: Evidence, more: Evidence) -> None:
    """Give each row the better of both scores, in place."""
    for row, score in more.items():
        scores[row] = max(scores.get(row, 0.0), score)


def name_item(index: Index, name: Name) -> Item:
    """Evidence of a name in the query: it weighs the more, the fewer rows answer for it."""
    found, _ = of_name(index, name)
    sure = sum(score > _ANSWERED for score in found.values())
    return _share(name) * index.rarity(sure or len(found)), found


def spelled_items(index: Index, name: Name) -> list[Item]:
    """Evidence of a name that no row holds: that of its words."""
    if name.in_module:
        return [(UNKNOWN, {})]
    items = [word_item(index, word) for word in split_words(name.tail)]
    return [(_share(name) * weight, evidence) for weight, evidence in items]


def _share(name: Name) -> float:
    """What is called inside parentheses only prepares what is called outside."""
    return _DEEPER**name.depth * (_CHORE if name.is_chore else 1.0)
