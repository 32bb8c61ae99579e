"""A sentence taken apart: its clauses, and the sides that each of them speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.sides import Side

# By what name prose calls a side, alone or at the head of a dotted name.
_NAMES: dict[Side, re.Pattern[str]] = {
    "pytorch": re.compile(r"(?<![\w.])(?:torch|torchvision|PyTorch)\b"),
    "gluon": re.compile(r"(?<![\w.])(?:nd|mx|npx|MXNet|Gluon|gluon)\b(?!-)"),
}
# A tuple of numbers, as a shape is written; what stands in one belongs together.
TUPLE = re.compile(r"(?<![\w.\])])\((?:-?\d+,(?: ?-?\d+,?)*)?\)")
_ENDS = re.compile(r"[;:,.]\s|\s\((?=[^()]*[A-Za-z])|(?<=[A-Za-z]\))\s|\.$")
# "torch and mx.np give 3.5" is one clause, "0.9 in nd and 0.1 in torch" are two.
_JOINS = re.compile(r"\s(?=(?:and|but|while)\s)")
_FEW_WORDS = 2


class Clause(NamedTuple):
    """A piece of a sentence; `side` is the one that it names, None if it names both or neither."""

    text: str
    side: Side | None


def clauses(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence or several, in order."""
    in_one = TUPLE.sub(lambda found: found[0].replace(" ", ""), sentence)
    for piece in _ENDS.split(in_one):
        for text in _joined(piece):
            named = [side for side, names in _NAMES.items() if names.search(text)]
            yield Clause(text.strip(), named[0] if len(named) == 1 else None)


def _joined(piece: str) -> Iterator[str]:
    """The parts that "and" and the like join, where what stands before says something."""
    before = ""
    for part in _JOINS.split(piece):
        if before and _says_something(before):
            yield before
            before = ""
        before = f"{before} {part}".strip()
    yield before


def _says_something(text: str) -> bool:
    return len(text.split()) > _FEW_WORDS or any(char.isdigit() for char in text)
