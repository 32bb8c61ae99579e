"""Signatures as tables: a parameter a line, defaults below each other, those of a pair compared."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
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
# What MXNet writes where the default is the operator's own; its documentation says which.
_NOT_GIVEN = "_Null"
_STATED = re.compile(r"^(\w+) : (.*?),? *(?:default=(.+)|(required))$", re.MULTILINE)
_DIFFERS = "bold $text-warning"
_MARKERS = {"*": "below: by name only", "/": "above: by place only"}


@dataclass(frozen=True)
class Parameter:
    """One parameter as a signature has it; `default` and `annotation` may be ""."""

    name: str
    default: str = ""
    annotation: str = ""


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
    if other and not _same(own, other):
        return Content.styled(f"{inert_line(own)} ≠", _DIFFERS)
    return highlight(inert_line(own))


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


def with_stated(found: Sequence[Parameter], doc: str) -> list[Parameter]:
    """The parameters with the defaults that only the documentation states, as MXNet's does."""
    stated = {name: _value(kind, default) for name, kind, default, _ in _STATED.findall(doc)}
    return [
        replace(parameter, default=stated.get(parameter.name, _NOT_GIVEN))
        if parameter.default == _NOT_GIVEN
        else parameter
        for parameter in found
    ]


def _value(kind: str, default: str) -> str:
    """A default as Python has it: MXNet puts numbers between quotes, and 0 and 1 for truth."""
    if not default:
        return ""  # it is required
    if kind.startswith("boolean"):
        return str(default.strip("'") not in ("0", "False"))
    text = default.strip("'")
    is_text = kind.startswith(("{", "string")) and text != "None"
    return default if is_text else text


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
