"""The parameters of the frameworks' public names, as collected when mxcheat was made.

data/measured/parameters.tsv has a line for each name: its parameters in order, once for each way
to call it. It is read when it is first needed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.paths import parameters_file

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN_WAYS = "|"
_KEYWORDS = "**"


class Way(NamedTuple):
    """One way to call a name.

    `positional` are the parameters in order; `rest` is the one that takes all further positional
    arguments, or ""; `named` are keyword-only. If it `is_open`, it takes other keywords too.
    """

    positional: tuple[str, ...]
    rest: str
    named: tuple[str, ...]
    is_open: bool

    def takes(self, count: int, names: Iterable[str]) -> bool:
        """Whether it can be called with `count` positional arguments and these keywords."""
        return (bool(self.rest) or count <= len(self.positional)) and (
            self.is_open or all(map(self.has, names))
        )

    def place(self, parameter: str) -> int | None:
        """The position of a parameter, from 0; None where it has none."""
        if parameter == self.rest:
            return len(self.positional)
        return self.positional.index(parameter) if parameter in self.positional else None

    def has(self, parameter: str) -> bool:
        """Whether it has a parameter of this name."""
        return parameter in self.positional or parameter in self.named or parameter == self.rest


@cache
def ways_of(name: str) -> tuple[Way, ...]:
    """Each way to call a public name; () where none is known."""
    text = _lines().get(name)
    return () if text is None else tuple(map(way_of, text.split(BETWEEN_WAYS)))


def way_of(text: str) -> Way:
    """The way to call that a list of parameters describes, such as `input dim keepdim * dtype`."""
    positional: list[str] = []
    named: list[str] = []
    rest, is_open, into = "", False, positional
    for word in text.split():
        if word.startswith(_KEYWORDS):
            is_open, into = True, named
        elif word.startswith("*"):
            rest, into = word[1:], named
        elif word != "/":
            into.append(word)
    return Way(tuple(positional), rest, tuple(named), is_open)


@cache
def _lines() -> dict[str, str]:
    try:
        lines = parameters_file().read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {name: text for name, _, text in pairs}
