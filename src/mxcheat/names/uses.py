"""What goes into reading a source text, and what comes out: uses of public names, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mxcheat.names.values import Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from mxcheat.names.values import Value

    Certainty = Literal["sure", "likely", "unknown"]

# The problem of code that is too deep for Python's own recursion.
TOO_DEEP = "it is nested too deeply"


class Use(NamedTuple):
    """One place where a public name is called or referred to.

    `symbol` is None, and `reason` says why, where the certainty is "unknown". Lines and columns
    count from 1, columns in characters; the expression begins at `line` and `column` and ends
    before `end_column` of `end_line`. `keywords` are the names of arguments, those given to
    functools.partial among them; `positional` counts the others. `literals` has the value of each
    argument that is written out, by position or name; `unpacks` says whether there is a * or **,
    `unpacks_names` whether there is a **. `framework` is "mxnet" or "torch", or "" where it may be
    either.
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

    def piece(self, lines: Sequence[str]) -> list[str]:
        """The lines of the expression, of all lines of the source."""
        kept = [*lines[self.line - 1 : self.end_line]]
        kept[-1] = kept[-1][: self.end_column - 1]
        kept[0] = kept[0][self.column - 1 :]
        return kept


class Handed(NamedTuple):
    """What a function of another module, given by its module and place, was called with."""

    place: object
    at: tuple[int, int]
    given: tuple[Value, ...]
    named: Mapping[str, Value]


class Reading(NamedTuple):
    """A source text read: its uses in the order of the text, the outer of two before the inner.

    `imports` are the modules that it imports, as spelled there; `others` the names it uses from
    libraries that are not frameworks; `untold` the attributes and methods of unknown objects.
    `read` are the names looked up in its global scope, `free` those of them that neither it nor
    Python binds. `exports` is what another module finds when it imports this one. `handed` is
    what it calls functions of other modules with, `named` are the frameworks named in strings that
    are run as code, `mentions` are the places where a framework's module is used as a value.
    `problems` are the lines that could not be read, and why.
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
    """What a module is told about the code base around it.

    `known` gives what another module exports, or None, by the name that an import spells, with the
    dots of a relative one (".blocks"). `listed` are all known symbols, to tell what a star import
    brings. `place` identifies this module; `told` has what its functions are called with
    elsewhere, by where they begin.
    """

    known: Callable[[str], Namespace | None] = _nothing
    listed: Container[str] = frozenset()
    place: object = None
    told: Mapping[tuple[int, int], Handed] = {}


ALONE = Around()
