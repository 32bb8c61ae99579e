"""The messages that rows raise, compared with one that someone pasted by their words."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mxcheat.cheatsheet.row import Row

    # Words of each message, and the rows that raise it; then the rows that are about errors.
    Held = tuple[list[tuple[str, list[int]]], list[int]]

_GENERAL = "basics"  # rows of this section are about what many other rows meet
_WORD = r"[^\W\d]+"
_ENOUGH = 4  # words of a message that stand for it without the names in quotes
_FEWEST = 3  # words that a message has to share
_WHOLE = 4  # words of a message, or of the piece of one, that stands whole in the other
_PIECE = 0.97  # what a piece of a message counts, of the message
_UNKNOWN = 0.5  # weight of a word that no message has: what users call their own things
_LESS = 0.4  # weight of how much of the one that has more to say is shared


def words_of(message: str) -> list[str]:
    """The words by which messages are compared: not what users call their own things.

    Names in quotes are theirs, unless the message says little else or is about a name.
    """
    import re  # noqa: PLC0415 - most queries are no errors

    from mxcheat.cheatsheet.messages import plain_message  # noqa: PLC0415

    text = plain_message(message).lower()
    words = _words(re.findall(_WORD, re.sub(r"(?<!\w)'[^'\s]*'(?!\w)", " ", text)))
    few = len(words) < _ENOUGH or "has no attribute" in text
    return _words(re.findall(_WORD, text)) if few else words


def _words(found: list[str]) -> list[str]:
    return [word for word in (word.strip("_") for word in found) if word]


def held_messages(rows: Sequence[Row]) -> Held:
    """What `Messages` takes, of these rows."""
    held: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        texts = (error.partition(": ")[2] for error in row.raises)
        for text in dict.fromkeys(" ".join(words_of(text)) for text in texts):
            if text:
                held.setdefault(text, []).append(number)
    general = [number for number, row in enumerate(rows) if row.section == _GENERAL]
    return [*held.items()], general


class Messages:
    """All messages that rows raise."""

    def __init__(self, held: Held) -> None:
        """Take what `held_messages` gave."""
        self.held = held
        self.messages, general = held
        self.general = frozenset(general)

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """Words -> the numbers of the messages that have them."""
        holders: dict[str, list[int]] = {}
        for number, (text, _) in enumerate(self.messages):
            for word in set(text.split()):
                holders.setdefault(word, []).append(number)
        return holders

    def like(self, words: Sequence[str], least: float) -> list[tuple[Sequence[int], float]]:
        """The rows that raise a message like this one, and how like it is, 0..1; best first."""
        said = {word: self._weight(word) for word in words}
        weight = sum(said.values())
        text = " ".join(words)
        found = []
        for number, shared in self._sharing(said):
            message, rows = self.messages[number]
            whole = sum(map(self._weight, set(message.split())))
            more, less = sorted((shared / weight, shared / whole), reverse=True)
            likeness = (1 - _LESS) * more + _LESS * less
            likeness = max(likeness, _contained(message, text))
            if likeness >= least:
                found.append((rows, likeness))
        return sorted(found, key=lambda each: -each[1])

    def _sharing(self, said: Iterable[str]) -> Iterator[tuple[int, float]]:
        """The messages that share enough words, and what these weigh."""
        shared: Counter[int] = Counter()
        weights: dict[int, float] = {}
        for word in said:
            for number in self._holders.get(word, ()):
                shared[number] += 1
                weights[number] = weights.get(number, 0.0) + self._weight(word)
        for number, count in shared.items():
            if count >= min(_FEWEST, self.messages[number][0].count(" ") + 1):
                yield number, weights[number]

    def _weight(self, word: str) -> float:
        """Rare words say most."""
        holders = len(self._holders.get(word, ()))
        if not holders:
            return _UNKNOWN
        return log(1 + len(self.messages) / holders) / log(1 + len(self.messages))


def _contained(message: str, text: str) -> float:
    """1 where they are the same; less where one stands whole in the other; else 0."""
    if message == text:
        return 1.0
    inner, outer = sorted((message, text), key=len)
    if inner.count(" ") + 1 >= _WHOLE and f" {inner} " in f" {outer} ":
        return _PIECE
    return 0.0
