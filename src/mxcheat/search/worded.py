"""How strongly the words of a query point to each row, alone and together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.search.index import beginning_with
from mxcheat.search.rows import BEST, NOTE
from mxcheat.search.words import NOISE, near, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.search.evidence import Evidence, Item
    from mxcheat.search.index import Index

UNKNOWN = 0.5  # weight of a word that no row holds
_FAR_MORE = 2  # times as many rows that have what two characters of Chinese share one with
_ACROSS = 0.2  # weight of two characters that may be no word
_BEGUN = 72.0  # what a word says that may be the beginning of another
_SHORTEST = 4  # letters of a word that may be misspelt


def of_word(index: Index, word: str, *, guess: bool = True) -> Evidence:
    """Return the rows a word says something about: as it is, else as a beginning."""
    found = _of_known(index, word)
    if found or not guess or len(word) < 3:
        return found
    for other in {stem(longer) for longer in beginning_with(word, index.spellings)}:
        for row, weight in index.words.get(other, {}).items():
            found[row] = max(found.get(row, 0.0), _BEGUN * weight)
    return found


def _of_known(index: Index, word: str) -> Evidence:
    """The rows that have just this word: in their notes only where no other part has it."""
    root = stem(word)
    found = {row: 100 * weight for row, weight in index.words.get(root, {}).items()}
    for entry in index.names.entries(word):
        found[entry.row] = max(found.get(entry.row, 0.0), entry.base)
    if found or len(root) < 3:
        return found
    return dict.fromkeys(index.noted(root), 100 * NOTE)


def without_slips(index: Index, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words, those that no row has as the one that they may be a slip for."""
    return tuple(_meant(index, word) if word.isascii() else word for word in words)


def _meant(index: Index, word: str) -> str:
    if word in NOISE or len(word) < _SHORTEST or of_word(index, word):
        return word
    close = near(word, index.spellings_by_length)
    likest = [other for other, like in close if like == close[0][1]]
    return max(likest, key=lambda other: len(_of_known(index, other)), default=word)


def joined_items(index: Index, words: tuple[str, ...]) -> list[Item]:
    """Evidence of words that together are a name: "zero grad" is zero_grad.

    A name inside a longer one is not meant: "gpu to gpu" is not "to gpu"; "a range" is no arange.
    """
    items: list[Item] = []
    inside: set[int] = set()
    for size in (3, 2):
        for at in range(len(words) - size + 1):
            span = range(at, at + size)
            if inside.issuperset(span) or "a" in words[at : at + size]:
                continue
            found = dict.fromkeys(index.names.holders("".join(words[at : at + size])), BEST)
            if found:
                items.append((index.rarity(len(found)), found))
                inside.update(span)
    return items


def word_items(index: Index, words: Sequence[str]) -> list[Item]:
    """The evidence of each word; less of two characters of Chinese that seem to be of two words."""
    items = [word_item(index, word) for word in words]
    return [
        (weight * (_ACROSS if _is_across(words, items, at) else 1.0), found)
        for at, (weight, found) in enumerate(items)
    ]


def _is_across(words: Sequence[str], items: Sequence[Item], at: int) -> bool:
    """Whether far more rows have the pair of characters before this one, or the one behind it."""
    if words[at].isascii() or not items[at][1]:
        return False
    near = [n for n in (at - 1, at + 1) if 0 <= n < len(words) and not words[n].isascii()]
    return any(len(items[n][1]) > _FAR_MORE * len(items[at][1]) for n in near)


def word_item(index: Index, word: str, *, guess: bool = True) -> Item:
    """The evidence of a word, which may be the beginning of another if `guess` says so."""
    found = of_word(index, word, guess=guess)
    # Two characters of Chinese that no row holds may be the end of a word and the next one's start.
    return _weight(index, found) * (1.0 if found or word.isascii() else _ACROSS), found


def _weight(index: Index, found: Evidence) -> float:
    """Weight of a word: rare ones say most; one that stands only in passing says less."""
    if not found:
        return UNKNOWN
    return max(found.values()) / 100 * index.rarity(sum(found.values()) / 100)
