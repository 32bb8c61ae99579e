"""What a module is told of the code base that it is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from mxcheat.names.uses import Handed
    from mxcheat.names.values import Namespace


def _nothing(_name: str) -> None:
    """No other module is known."""


class Around(NamedTuple):
    """The surroundings of a module.

    `known` gives what another module exports, asked for by the name that an import spells, with
    the dots of a relative one (".blocks"), or None. `listed` are the symbols that there are, which
    tells what a star import brings. `place` is what tells this module from others, `told` by
    where functions of it begin what they are called with elsewhere.
    """

    known: Callable[[str], Namespace | None] = _nothing
    listed: Container[str] = frozenset()
    place: object = None
    told: Mapping[tuple[int, int], Handed] = {}


ALONE = Around()
