"""Signatures as the frameworks tell them, in text: parameters and their defaults.

MXNet's operators tell theirs in generated documentation, torch's in signatures and in the first
lines of documentation.
"""

from __future__ import annotations

import ast
import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.live.results import Described

_OPENING, _CLOSING = "([{<", ")]}>"
_NAME = re.compile(r"\**\w+|[*/]")
# What MXNet writes where the default is the operator's own; its documentation says which.
NOT_GIVEN = "_Null"
# What stands for a dtype in a signature of MXNet's.
_CLASS = re.compile(r"<class 'numpy\.(\w+)'>")
_LARGEST = 3.4e38  # that float32 has
_STATED = re.compile(r"^(\w+) : (.*?),? *(?:default=(.+)|(required))$", re.MULTILINE)
# torch's documentation gives each further way to call a function like this.
_OVERLOAD = re.compile(r"^ *\.\. (?:function|method):: (\w.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """One parameter as a signature has it; `default` and `annotation` may be ""."""

    name: str
    default: str = ""
    annotation: str = ""


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
        replace(parameter, default=stated.get(parameter.name, NOT_GIVEN))
        if parameter.default == NOT_GIVEN
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
    return Parameter(name[0], _CLASS.sub(r"'\1'", default.strip()), annotation.strip(": "))


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


def same_default(one: str, other: str) -> bool:
    """Whether two defaults are the same value, however written; what says nothing is."""
    if NOT_GIVEN in (one, other):
        return True
    try:
        return bool(_as_float32(one) == _as_float32(other))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return one == other


def _as_float32(default: str) -> Any:
    """A default as a value; a float as float32, which MXNet prints as 0.200000003."""
    value = ast.literal_eval(default)
    if isinstance(value, float) and abs(value) < _LARGEST:
        return struct.unpack("f", struct.pack("f", value))[0]
    return value


def ways_to_call(described: Described) -> list[list[Parameter]]:
    """The parameters of a name, once for each way its framework says it can be called."""
    signatures = [described.signature, *_OVERLOAD.findall(described.doc)]
    known = [found for signature in signatures if (found := parameters(signature)) is not None]
    return [with_stated(_listed(found, described.doc), described.doc) for found in known]


def _listed(found: Sequence[Parameter], doc: str) -> list[Parameter]:
    """With what MXNet's documentation lists where the signature hides it behind `**kwargs`."""
    names = {parameter.name for parameter in found}
    if "**kwargs" not in names:
        return list(found)
    listed = [name for name, *_ in _STATED.findall(doc) if name not in names]
    return [*found, *(Parameter(name, NOT_GIVEN) for name in listed)]
