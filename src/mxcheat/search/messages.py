"""The messages that rows raise, compared with one that someone pasted by their words."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mxcheat.cheatsheet.row import Row

    # Words of each message, and the rows that raise it; the same by what it says to the letter;
    # and the rows that are about errors.
    Held = tuple[list[tuple[str, list[int]]], dict[str, list[int]], list[int]]

_ABOUT_NAMES = (
    *("has no attribute", "cannot import name", "no module named", "is not defined"),
    *("keyword argument", "cannot find argument"),
)
# What any program in Python may raise says nothing about a framework.
_PYTHONS = (
    *("list index out of range", "tuple index out of range", "invalid syntax"),
    *("division by zero", "too many values to unpack", "not enough values to unpack"),
    *("errno no such file or directory", "maximum recursion depth exceeded"),
)
_GENERAL = "basics"  # rows of this section are about what many other rows meet
_WORD = r"[^\W\d]+"
# What differs from one use of the frameworks to the next.
_NAMED = (
    (r"\b(?:u?int|float)\d+\b", "dtype"),
    (r"\b_backward_\w+", "backward"),  # of whatever operator
    (r"\bstate_dict for \w+", "state_dict"),
    (r"\bin operator \w+(?=:)", "in operator"),
    (r"\bin node \w+(?= at)", "in node"),
    (r"\bexpected ?, ?got\b", "expected shape, got shape"),
)
# A name in quotes, and one of several parts (layer1.0.weight), which no message begins with.
_QUOTED = r"(?<!\w)'[^'\s]*'(?!\w)|\"[^\"\s]*\"|(?<=\s)[\w#]+(?:\.[\w#]+)+"
_ENOUGH = 4  # words of a message that stand for it without the names in quotes
_FEWEST = 3  # words that a message has to share
_WHOLE = 4  # words of a piece of a message
_PIECE = 0.97  # how like the message a piece of it is
_UNKNOWN = 0.5  # weight of a word that no message has: what users call their own things
_LESS = 0.4  # weight of how much of the one that has more to say is shared


def words_of(message: str) -> list[str]:
    """The words by which messages are compared: not what users call their own things.

    Names in quotes are theirs, unless the message says little else or is about a name.
    """
    import re  # noqa: PLC0415 - most queries are no errors

    from mxcheat.cheatsheet.messages import plain_message  # noqa: PLC0415

    text = plain_message(message).lower()
    for pattern, instead in _NAMED:
        text = re.sub(pattern, instead, text)
    if about_name(text):
        return _words(re.findall(_WORD, re.sub(r"\bobject\b|\bmodule\b", "", text)))
    words = _words(re.findall(_WORD, re.sub(_QUOTED, " ", text)))
    return words if len(words) >= _ENOUGH else _words(re.findall(_WORD, text))


def about_name(message: str) -> bool:
    """Whether a message is about a name, and another with another name."""
    return any(words in message.lower() for words in _ABOUT_NAMES)


def _words(found: list[str]) -> list[str]:
    return [word for word in (word.strip("_") for word in found) if word]


def _letters(message: str) -> str:
    """A message as it was written, without what varies from run to run."""
    import re  # noqa: PLC0415

    from mxcheat.cheatsheet.messages import plain_message  # noqa: PLC0415

    return re.sub(r"parameter '[^']*'", "parameter", plain_message(message).lower())


def held_messages(rows: Sequence[Row]) -> Held:
    """What `Messages` takes, of these rows."""
    held: dict[str, dict[int, None]] = {}
    letters: dict[str, dict[int, None]] = {}
    for number, row in enumerate(rows):
        for message in (error.partition(": ")[2] for error in row.raises):
            text = " ".join(words_of(message))
            if text and not text.startswith(_PYTHONS):
                held.setdefault(text, {})[number] = None
                letters.setdefault(_letters(message), {})[number] = None
    general = [number for number, row in enumerate(rows) if row.section == _GENERAL]
    return (
        [(text, [*numbers]) for text, numbers in held.items()],
        {text: [*numbers] for text, numbers in letters.items()},
        general,
    )


class Messages:
    """All messages that rows raise."""

    def __init__(self, held: Held) -> None:
        """Take what `held_messages` gave."""
        self.held = held
        self.messages, self._by_letters, general = held
        self.general = frozenset(general)

    def same(self, message: str) -> Sequence[int]:
        """The rows that raise this message to the letter."""
        return self._by_letters.get(_letters(message), ())

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
            if _is_piece(text, message):
                likeness = max(likeness, _PIECE)
            if likeness >= least:
                found.append((rows, likeness))
        return sorted(found, key=lambda each: -each[1])

    def general_of(self, owner: str) -> frozenset[int]:
        """The general rows that are about what such an object lacks."""
        lacks = f"{owner.lower().strip('_')} has no attribute "
        raised = (rows for message, rows in self.messages if message.startswith(lacks))
        return self.general.intersection(*[{row for rows in raised for row in rows}])

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


def _is_piece(text: str, message: str) -> bool:
    """Whether a message that was cut off stands whole in another."""
    return text.count(" ") + 1 >= _WHOLE and text in message  # the ends may be parts of words
