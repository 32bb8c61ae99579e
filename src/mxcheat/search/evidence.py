"""How strongly one name or one word of a query points to each row."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from mxcheat.search.fields import Place
from mxcheat.search.names import Name, squeeze
from mxcheat.search.slips import near
from mxcheat.search.words import characters, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.search.fields import Entry
    from mxcheat.search.index import Index

_CODE = (Place.FORM, Place.PRINTED)

# Row number -> how strongly it is meant, 0..100.
Evidence = dict[int, float]


def of_name(index: Index, name: Name) -> tuple[Evidence, set[int]]:
    """Return the rows that hold the name, and those of them that hold it exactly."""
    found: Evidence = {}
    exact: set[int] = set()
    namesakes: set[int] = set()
    called_alike: set[int] = set()
    for entry in index.names.get(squeeze(name.tail), ()):
        spelling = _spelling(name.tail, entry.name.tail)
        score = _at_place(name, entry) - spelling
        found[entry.row] = max(found.get(entry.row, 0.0), score)
        if spelling < 2 and entry.place is not Place.PHRASE:
            exact.add(entry.row)
        if entry.place is Place.ID and spelling < 2:
            namesakes.add(entry.row)
        if entry.place in _CODE and entry.name.called == name.called:
            called_alike.add(entry.row)
    if len(name.path) > 1 or name.called:
        for row in (*namesakes, *called_alike):
            found[row] += 0.25
    return found, exact


def _at_place(name: Name, entry: Entry) -> float:
    """Score of an entry by where it stands and by how well the dotted path fits."""
    if entry.place is Place.ID:
        return 100.0 if len(name.path) == 1 and not name.called else 97.0
    if name.agrees(entry.name.path):
        return entry.base + 0.5
    return entry.base - (3 if name.side and entry.side and name.side != entry.side else 0)


def _spelling(given: str, name: str) -> float:
    """What a spelling loses: capitals little, a missing underscore more."""
    if given == name:
        return 0.0
    given, name = given.lower(), name.lower()
    if given == name:
        return 0.5
    return 1.0 if given.strip("_") == name.strip("_") else 4.0


def of_part(index: Index, text: str) -> Evidence:
    """Return the rows with a name that begins with, or holds, what is typed so far."""
    typed = squeeze(text)
    found: Evidence = {}
    for name in index.sorted_names if typed else ():
        if name.startswith(typed):
            _strengthen(found, index, name, 60 + 28 * len(typed) / len(name))
        elif len(typed) > 3 and typed in name:
            _strengthen(found, index, name, 45 + 28 * len(typed) / len(name), within=True)
    return found


def of_slip(index: Index, text: str) -> Evidence:
    """Return the rows with a name that `text` may be a slip of the fingers for."""
    found: Evidence = {}
    for name, likeness in near(squeeze(text), index.sorted_names):
        _strengthen(found, index, name, 90 * likeness)
    return found


def _strengthen(
    found: Evidence, index: Index, key: str, score: float, *, within: bool = False
) -> None:
    for entry in index.names[key]:
        # Letters inside a phrase may run across its words.
        if within and entry.place is Place.PHRASE:
            continue
        # Where names are guessed, an id or API still comes before a name in passing.
        found[entry.row] = max(found.get(entry.row, 0.0), score - (99 - entry.base) / 2)


def of_word(index: Index, word: str, *, guess: bool = True) -> Evidence:
    """Return the rows a word says something about: as it is, else as a beginning or slip."""
    root = stem(word)
    if known := index.words.get(root):
        return {row: 100 * weight for row, weight in known.items()}
    if held := index.names.get(squeeze(word)):
        return {entry.row: entry.base - 9 for entry in reversed(held)}
    if not guess:
        return {}
    if len(word) == 2 and (pair := characters(word)):
        return _of_characters(index, pair)
    found: Evidence = {}
    guesses = [(other, 0.8) for other in _beginning_with(root, index.sorted_words)]
    for other, likeness in guesses or near(root, index.sorted_words):
        for row, weight in index.words[other].items():
            found[row] = max(found.get(row, 0.0), 90 * likeness * weight)
    return found


def _of_characters(index: Index, pair: list[str]) -> Evidence:
    found: Evidence = {}
    for character in pair:
        for row, weight in index.words.get(character, {}).items():
            found[row] = found.get(row, 0.0) + 35 * weight
    return found


def _beginning_with(text: str, ordered: Sequence[str]) -> Iterator[str]:
    if len(text) < 3:
        return
    for at in range(bisect_left(ordered, text), len(ordered)):
        if not ordered[at].startswith(text):
            return
        yield ordered[at]
