"""Signatures as tables: a parameter a line, defaults below each other, those of a pair compared."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.render.inert import inert_line
from mxcheat.tui.text.highlight import highlight
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.wrap import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OPENING, _CLOSING = "([{<", ")]}>"
_NAME = re.compile(r"\**\w+|[*/]")
_WIDEST_NAME = 20
# What MXNet writes where the default is the operator's own.
_NOT_GIVEN = "_Null"
_DIFFERS = "bold $text-warning"


@dataclass(frozen=True)
class Parameter:
    """One parameter as a signature has it; `default` and `annotation` may be ""."""

    name: str
    default: str = ""
    annotation: str = ""


def table(own: Sequence[Parameter], others: Sequence[Parameter], width: int) -> list[Content]:
    """A line a parameter; a default that a parameter of this name has not in `others` is marked."""
    column = min(_WIDEST_NAME, max((len(parameter.name) for parameter in own), default=0))
    elsewhere = {parameter.name: parameter.default for parameter in others}
    return [cut(_line(parameter, column, elsewhere), width) for parameter in own]


def _line(parameter: Parameter, column: int, elsewhere: Mapping[str, str]) -> Content:
    name, default = inert_line(parameter.name), inert_line(parameter.default)
    other = elsewhere.get(parameter.name, "")
    line = Content(f"  {name}")
    if default:
        gap = " " * (column - len(name))
        marked = other and not _same(parameter.default, other)
        value = Content.styled(default, _DIFFERS) if marked else highlight(default)
        line += Content.styled(f"{gap} = ", MUTED) + value
    if parameter.annotation:
        line += Content.styled(f"  {inert_line(parameter.annotation)}", MUTED)
    return line


def _same(one: str, other: str) -> bool:
    """Whether two defaults are the same value, however written; what says nothing is."""
    if _NOT_GIVEN in (one, other):
        return True
    try:
        return bool(ast.literal_eval(one) == ast.literal_eval(other))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return one == other


def parameters(signature: str) -> list[Parameter] | None:
    """The parameters of `f(a, b: int = 1, *, c=None) -> T`; None for what is no signature."""
    start = signature.find("(")
    parts = None if start < 0 else _split(signature[start + 1 :])
    if parts is None:
        return None
    return [_parameter(part) for part in parts if part]


def _parameter(text: str) -> Parameter:
    name = _NAME.match(text)
    if name is None:
        return Parameter(text)
    rest = text[name.end() :].strip()
    annotation, _, default = rest.partition("=")
    return Parameter(name[0], default.strip(), annotation.strip(": "))


def _split(text: str) -> list[str] | None:
    """The parts between commas up to the closing bracket; None if there is none."""
    depth, quote = 0, ""
    parts = [""]
    for before, char in zip(f" {text}", text, strict=False):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING and f"{before}{char}" != "->":
            if depth == 0:
                return [part.strip() for part in parts]
            depth -= 1
        if char == "," and not (depth or quote):
            parts.append("")
        else:
            parts[-1] += char
    return None
