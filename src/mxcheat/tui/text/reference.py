"""What both frameworks say of a row's names: signatures as tables, then the documentation."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from mxcheat.live.signatures import Parameter, parameters, same_default, with_stated
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label
from mxcheat.tui.text.docstring import document
from mxcheat.tui.text.lines import MUTED, cut, highlight, wrap_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.live.results import Described
    from mxcheat.tui.text.lines import Layout

_NAME = "bold $text-primary"
_UNKNOWN = "it says nothing of this name"
_WIDEST_NAME = 20
_DIFFERS = "bold $text-warning"
_MARKERS = {"*": "below: by name only", "/": "above: by place only"}


class _Named(NamedTuple):
    """A name, its parameters (None if it has no signature), and its documentation."""

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
    """The parameters that a caller gives: without `self`."""
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
        lines.append(Content.styled(f"  {label('no parameters')}", MUTED))
    elif not own.doc:
        lines += [Content.styled(f"  {label(_UNKNOWN)}", MUTED)]
    return [*lines, Content("")]


def _documentation(own: _Named | None, several: bool, width: int) -> list[Content]:
    if own is None or not own.doc:
        return []
    heading = wrap_code(Content.styled(inert_line(own.name), _NAME), width) if several else []
    return [*heading, *document(own.doc, width), Content("")]


def table(own: Sequence[Parameter], others: Sequence[Parameter], width: int) -> list[Content]:
    """A line a parameter; a default is marked that is another one in `others`."""
    column = min(_WIDEST_NAME, max((len(parameter.name) for parameter in own), default=0))
    elsewhere = {parameter.name: parameter.default for parameter in others}
    return [cut(_line(parameter, column, elsewhere), width) for parameter in own]


def _line(parameter: Parameter, column: int, elsewhere: Mapping[str, str]) -> Content:
    name = inert_line(parameter.name)
    if name in _MARKERS:
        return Content.styled(f"  {name}  {label(_MARKERS[name])}", MUTED)
    line = Content(f"  {name}")
    if parameter.default:
        gap = " " * (column - len(name))
        default = _default(parameter.default, elsewhere.get(parameter.name, ""))
        line += Content.styled(f"{gap} = ", MUTED) + default
    if parameter.annotation:
        line += Content.styled(f"  {inert_line(parameter.annotation)}", MUTED)
    return line


def _default(own: str, other: str) -> Content:
    if other and not same_default(own, other):
        return Content.styled(f"{inert_line(own)} ≠", _DIFFERS)
    return highlight(inert_line(own))
