"""Whether what prose says a framework has, or has not, is there: "nd has no unique"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.sides import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Described

_HAS = re.compile(
    r"(?<![\w.])(?<!nor )(?P<home>(?:nd|mx\.np|npx|torch)(?:\.\w+)*) has "
    r"(?P<no>no )?(?:(?:an?|the) )?(?:(?:method|function) )?(?P<name>[a-z_]\w*)\b(?![=(]|\.\w)"
)


class Told(NamedTuple):
    """What prose says of a public name: that it is there, or that it is not."""

    side: Side
    name: str
    is_there: bool
    words: str


def told_names(row: Row) -> Iterator[Told]:
    """Each name that a row's prose says is missing; and those of its own that it says are there."""
    own = {name.rpartition(".")[2] for names in row.answers.values() for name in names}
    for text in (row.notes, *(difference.says for difference in row.differences)):
        for found in _HAS.finditer(text):
            side: Side = "pytorch" if found["home"].startswith("torch") else "gluon"
            # What torch has may be a method: it is called the same.
            if found["no"] or (side == "gluon" and found["name"] in own):
                name = f"{_full(found['home'], side)}.{found['name']}"
                yield Told(side, name, not found["no"], found[0])


def untrue_of_names(row: Row, described: Mapping[Side, Mapping[str, Described]]) -> list[str]:
    """What the prose has wrong, by what the frameworks say of these names."""
    wrong = []
    for told in told_names(row):
        known = described.get(told.side, {}).get(told.name)
        if known is not None and bool(known.signature or known.doc) is not told.is_there:
            found = "is not there" if told.is_there else "is there"
            wrong.append(f"{told.words!r}: {told.name} {found}")
    return wrong


def _full(home: str, side: Side) -> str:
    """A module in full, as the code of a side names it."""
    head, dot, rest = home.partition(".")
    return f"{MODULES[side].get(head, head)}{dot}{rest}"
