"""What both frameworks say of a row's names, as blocks of text that stand level."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from mxcheat.live.signatures import Parameter, parameters, with_stated
from mxcheat.render.inert import inert_line
from mxcheat.tui.text.docstring import document
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.signature import table
from mxcheat.tui.text.wrap import wrap_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.live.results import Described

    # Given a width in cells: the lines, none of them wider.
    Layout = Callable[[int], list[Content]]

_NAME = "bold $text-primary"
_UNKNOWN = "it says nothing of this name"


class _Named(NamedTuple):
    """A name; its parameters, or None where it is not known to be called; its documentation."""

    name: str
    parameters: list[Parameter] | None
    doc: str


def blocks_of_names(
    left: Sequence[Described], right: Sequence[Described]
) -> tuple[list[Layout], list[Layout]]:
    """All signatures, then all documentation; the n-th name of each side beside the other's."""
    pairs = list(zip_longest(map(_read, left), map(_read, right)))
    return _blocks(pairs), _blocks([(other, one) for one, other in pairs])


def _read(described: Described) -> _Named:
    found = parameters(described.signature)
    first, _, rest = described.doc.partition("\n")
    repeated = first.strip() == described.signature.strip()
    called = None if found is None else with_stated(_without_self(found), described.doc)
    return _Named(described.name, called, (rest if repeated else described.doc).strip("\n"))


def _without_self(found: Sequence[Parameter]) -> list[Parameter]:
    """The parameters that are given by whoever calls a method."""
    return [each for place, each in enumerate(found) if place or each.name != "self"]


def _blocks(pairs: Sequence[tuple[_Named | None, _Named | None]]) -> list[Layout]:
    several = len(pairs) > 1
    signatures = [partial(_signature, own, other) for own, other in pairs]
    return [*signatures, *(partial(_documentation, own, several) for own, _ in pairs)]


def _signature(own: _Named | None, other: _Named | None, width: int) -> list[Content]:
    if own is None:
        return []
    lines = wrap_code(Content.styled(inert_line(own.name), _NAME), width)
    if own.parameters:
        lines += table(own.parameters, (other and other.parameters) or (), width)
    elif own.parameters is not None:
        lines.append(Content.styled("  no parameters", MUTED))
    elif not own.doc:
        lines += [Content.styled(f"  {_UNKNOWN}", MUTED)]
    return [*lines, Content("")]


def _documentation(own: _Named | None, several: bool, width: int) -> list[Content]:
    if own is None or not own.doc:
        return []
    heading = wrap_code(Content.styled(inert_line(own.name), _NAME), width) if several else []
    return [*heading, *document(own.doc, width), Content("")]
