"""How strongly one name or one word of a query points to each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.written import Name, squeeze
from mxcheat.search.index import beginning_with
from mxcheat.search.rows import BEST, SPECIAL, Place
from mxcheat.search.words import near, split_words, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.search.index import Index
    from mxcheat.search.rows import Entry

# Row number -> how strongly it is meant, 0..100.
Evidence = dict[int, float]
# What one name or word of the query weighs, and which rows it points to.
Item = tuple[float, Evidence]

_DEEPER = 0.3  # weight of what only prepares an argument or an object for the next call
_ANSWERED = 99.0  # the one row that answers for a public name
HOLDS_IT = 98.0  # the most that a row has which only holds a name that another one answers for
_SUBJECT = 93.0  # a row that holds a name so surely is about it
_PASSING = 0.2  # weight of a name that no row is about
_UNKNOWN = 0.5  # weight of a word that no row holds
_ACROSS = 0.3  # weight of two characters that may be no word
_CHORE = 0.1  # weight of len() and the like beside other names
_MERELY_HELD = 0.8  # beside other names, the share left to a row that only holds an answered one
# The classes whose methods are called on what is named x, a or y.
_ARRAYS = frozenset({"Tensor", "NDArray"})
# Where names stand as people write them; a phrase may be code too.
_WRITTEN = frozenset({Place.FORM, Place.PRINTED, Place.PHRASE})


def of_name(index: Index, name: Name) -> tuple[Evidence, set[int]]:
    """Return the rows that hold the name, and those of them that hold it exactly."""
    found: Evidence = {}
    exact: set[int] = set()
    alike: set[int] = set()
    namesakes: set[int] = set()
    answered: Evidence = {}
    for entry in index.names.entries(squeeze(name.tail)):
        loss = _misspelling(name.tail, entry.name.tail)
        found[entry.row] = max(found.get(entry.row, 0.0), _fit(name, entry) - loss)
        if loss < 2 and entry.place is not Place.PHRASE:
            exact.add(entry.row)
        if entry.place in _WRITTEN and loss < 1 and entry.name.called == name.called:
            alike.add(entry.row)
        if entry.place is Place.ID:
            namesakes.add(entry.row)
        if loss < 1 and _answers(name, entry):
            loss += 0.0 if name.ends_like(entry.name.path) else 0.4
            sure = _ANSWERED - (BEST - entry.base) / 10 - loss
            answered[entry.row] = max(answered.get(entry.row, 0.0), sure)
    if len(name.path) > 1 or name.called:
        # x.size() is neither x.size nor x.size(0): code that calls a name alike is nearer.
        for row in alike:
            found[row] += 0.5
        # A name that is not called is only a name; a call has to be called alike.
        for row in namesakes & (alike if name.called else found.keys()):
            found[row] += 2.5
    if answered:
        found = {row: min(score, HOLDS_IT) for row, score in found.items()}
        found |= {row: score + 0.5 * (row in alike) for row, score in answered.items()}
    return found, exact


def _answers(name: Name, entry: Entry) -> bool:
    """Whether a row answers for just this name, with its module or as a method of an array."""
    if entry.place is not Place.API:
        return False
    head, *others = name.path
    # x.copy_() and, in a longer chain, .copy_(): what it is called on is likely an array.
    of_an_array = len(head) == 1 and head.islower() and len(others) == 1 if others else name.called
    return name.agrees(entry.name.path) or (bool(of_an_array) and entry.name.path[0] in _ARRAYS)


def _fit(name: Name, entry: Entry) -> float:
    """Score of an entry by where it stands and by how well the dotted path fits."""
    if entry.place is Place.ID:
        return 100.0 if len(name.path) == 1 and not name.called else 94.0
    special = entry.place is Place.PHRASE and entry.name.called == name.called == "(...)"
    fit = entry.base + (SPECIAL if special else 0)
    if name.agrees(entry.name.path):
        return fit + 2
    other_side = name.side and entry.side and name.side != entry.side
    elsewhere = name.in_submodule and len(entry.name.path) > 1
    return fit - (3 if other_side or elsewhere else 0)


def _misspelling(given: str, name: str) -> float:
    """What a spelling loses: capitals little, a missing underscore more."""
    if given == name:
        return 0.0
    given, name = given.lower(), name.lower()
    if given == name:
        return 0.5
    return 1.0 if given.strip("_") == name.strip("_") else 4.0


def of_part(index: Index, text: str, *, phrases: bool = True) -> Evidence:
    """Return the rows with a name that begins with, or holds, what is typed so far.

    Titles and keywords count as names if `phrases` says so.
    """
    typed = squeeze(text)
    if not typed:
        return {}
    share = 28 * len(typed)
    begun = beginning_with(typed, index.names.ordered)
    found = _guessed(index, ((key, 60 + share / len(key)) for key in begun), phrases=phrases)
    if len(typed) > 3:
        within = index.names.holding(typed)
        scored = ((key, 45 + share / len(key)) for key in within)
        fill(found, _guessed(index, scored, phrases=False))
    return found


def of_slip(index: Index, text: str, *, phrases: bool = True) -> Evidence:
    """Return the rows with a name, or a phrase, that `text` may be a slip of the fingers for."""
    close = near(squeeze(text), index.names.by_length)
    return _guessed(index, ((key, 90 * likeness) for key, likeness in close), phrases=phrases)


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


def of_word(index: Index, word: str, *, guess: bool = True) -> Evidence:
    """Return the rows a word says something about: as it is, else as a beginning or slip."""
    root = stem(word)
    found = {row: 100 * weight for row, weight in index.words.get(root, {}).items()}
    fill(found, {entry.row: entry.base for entry in index.names.entries(word)})
    if found:
        return found
    if len(root) > 2 and (noted := index.noted(root)):
        return {row: 100 * weight for row, weight in noted.items()}
    if not guess or len(root) < 3:
        return {}
    guesses = [(other, 0.8) for other in beginning_with(root, index.sorted_words)]
    for other, likeness in guesses or near(root, index.words_by_length):
        holders = index.words.get(other, {})
        fill(found, {row: 90 * likeness * weight for row, weight in holders.items()})
    return found


def fill(scores: Evidence, more: Evidence) -> None:
    """Give each row the better of both scores, in place."""
    for row, score in more.items():
        scores[row] = max(scores.get(row, 0.0), score)


def name_item(index: Index, name: Name, code: bool) -> Item:
    """Evidence of a name in the query; in code one that no row is about is a step on the way."""
    found, exact = of_name(index, name)
    subject = max((found[row] for row in exact), default=0.0) >= _SUBJECT
    share = _share(name) * (_PASSING if code and not subject else 1.0)
    sure = sum(score > HOLDS_IT for score in found.values())
    if sure:
        found = {row: s if s > HOLDS_IT else s * _MERELY_HELD for row, s in found.items()}
    return share * index.rarity(sure or len(found)), found


def spelled_items(index: Index, name: Name) -> list[Item]:
    """Evidence of a name that no row holds: that of its words."""
    if name.in_module:
        return [(_UNKNOWN, {})]
    items = [word_item(index, word) for word in split_words(name.tail)]
    return [(_share(name) * weight, evidence) for weight, evidence in items]


def _share(name: Name) -> float:
    """What is called inside parentheses only prepares what is called outside."""
    return _DEEPER**name.depth * (_CHORE if name.is_chore else 1.0)


def joined_items(index: Index, words: tuple[str, ...]) -> list[Item]:
    """Evidence of words that together are a name: "zero grad" is zero_grad.

    A name inside a longer one is not meant: "gpu to gpu" is not "to gpu".
    """
    items: list[Item] = []
    inside: set[int] = set()
    for size in (3, 2):
        for at in range(len(words) - size + 1):
            span = range(at, at + size)
            if inside.issuperset(span):
                continue
            found = dict.fromkeys(index.names.holders("".join(words[at : at + size])), BEST)
            if found:
                items.append((index.rarity(len(found)), found))
                inside.update(span)
    return items


def word_item(index: Index, word: str, *, guess: bool = True) -> Item:
    found = of_word(index, word, guess=guess)
    # Two characters of Chinese that no row holds may be the end of a word and the next one's start.
    return _weight(index, found) * (1.0 if found or word.isascii() else _ACROSS), found


def _weight(index: Index, found: Evidence) -> float:
    """Weight of a word: rare ones say most; one that stands only in passing says less."""
    if not found:
        return _UNKNOWN
    return max(found.values()) / 100 * index.rarity(sum(found.values()) / 100)
