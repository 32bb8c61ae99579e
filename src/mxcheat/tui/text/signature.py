"""Signatures as tables: a parameter a line, defaults below each other, those of a pair compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.live.signatures import Parameter, same_default
from mxcheat.render.inert import inert_line
from mxcheat.tui.text.highlight import highlight
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.wrap import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDEST_NAME = 20
_DIFFERS = "bold $text-warning"
_MARKERS = {"*": "below: by name only", "/": "above: by place only"}


def table(own: Sequence[Parameter], others: Sequence[Parameter], width: int) -> list[Content]:
    """A line a parameter; a default is marked that is another one in `others`."""
    column = min(_WIDEST_NAME, max((len(parameter.name) for parameter in own), default=0))
    elsewhere = {parameter.name: parameter.default for parameter in others}
    return [cut(_line(parameter, column, elsewhere), width) for parameter in own]


def _line(parameter: Parameter, column: int, elsewhere: Mapping[str, str]) -> Content:
    name = inert_line(parameter.name)
    if name in _MARKERS:
        return Content.styled(f"  {name}  {_MARKERS[name]}", MUTED)
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
