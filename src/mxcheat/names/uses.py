"""What a reading of a source text is told, and what it tells: uses of public names, and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mxcheat.names.values import Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from mxcheat.names.values import Value

    Certainty = Literal["sure", "likely", "unknown"]

# The problem with what Python's own recursion does not reach the end of.
TOO_DEEP = "it is nested too deeply"


class Use(NamedTuple):
    """One place where a public name is called or referred to.

    `symbol` is None, and `reason` says why, where the certainty is "unknown". Lines and columns
    count from 1, columns in characters; the expression begins at `line` and `column` and ends
    before `end_column` of `end_line`. `keywords` are the names of arguments, those given to
    functools.partial among them; `positional` counts the others. `literals` has the value of each
    argument that is written out, by position or name; `unpacks` tells of * or ** among them,
    `unpacks_names` of **. `framework` is "mxnet" or "torch", or "" where what cannot be told may be
    of either.
    """

    symbol: str | None
    line: int
    column: int
    end_line: int
    end_column: int
    certainty: Certainty
    reason: str = ""
    is_call: bool = False
    keywords: tuple[str, ...] = ()
    positional: int = 0
    literals: Mapping[int | str, object] = {}
    unpacks: bool = False
    framework: str = ""
    unpacks_names: bool = False


class Handed(NamedTuple):
    """What a function of another module, known by where in that it begins, was called with."""

    place: object
    at: tuple[int, int]
    given: tuple[Value, ...]
    named: Mapping[str, Value]


class Reading(NamedTuple):
    """A source text read: its uses in the order of the text, the outer of two before the inner.

    `imports` are the modules that it imports, as they are spelled there, `others` the names that it
    uses of libraries which are no framework, `untold` the attributes and methods of objects that
    nothing tells of. `read` are the names that
    its global scope is asked for, `free` those of them that nothing in it binds, Python's own
    aside. `exports` is what another module finds when it imports this one. `handed` is
    what functions of other modules are called with, `named` are the frameworks that texts name
    which are run as code, `mentions` are the places where a module of a framework is handed on.
    `problems` are the
    lines that could not be read, and why.
    """

    uses: tuple[Use, ...]
    imports: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    exports: Namespace = Namespace({})
    handed: tuple[Handed, ...] = ()
    mentions: tuple[Use, ...] = ()
    named: frozenset[str] = frozenset()
    problems: tuple[tuple[int, str], ...] = ()


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
