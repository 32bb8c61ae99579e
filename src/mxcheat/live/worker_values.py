"""The values a snippet leaves, as JSON that says all of them. Python 3.8 syntax.

What is too large to travel whole is cut here, and says so: the leading part, how much there
was, and a digest or statistics of all of it, so that no difference is lost.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Iterator

if TYPE_CHECKING:
    from mxcheat.live.worker_adapter import Adapter

OUTPUT_LIMIT = 64
TEXT_LIMIT = 10_000
_NAME_LIMIT = 300
# Elements of an array that travel; of all arrays together; and of each, however many there are.
ELEMENT_LIMIT = 100_000
_TOTAL_LIMIT = 1_000_000
_LEAST = 1_000
# Nesting of a list beyond which it travels as its repr.
_DEPTH_LIMIT = 20


def encode_outputs(
    adapter: Adapter, outputs: list[tuple[str, Any]], most: int = ELEMENT_LIMIT
) -> dict[str, Any]:
    """The first OUTPUT_LIMIT outputs, `most` elements of each, and how many were left out."""
    flat = list(flatten(adapter, outputs))
    encoded, room = [], _TOTAL_LIMIT
    for name, value in flat[:OUTPUT_LIMIT]:
        limit = min(most, max(_LEAST, min(ELEMENT_LIMIT, room)))
        if _is_array(adapter, value):
            fields = _encode_array(adapter, value, limit)
            room -= len(fields["data"]) // 4
        else:
            fields = _encode_other(adapter, value)
        encoded.append(dict(fields, name=name[:_NAME_LIMIT]))
    return {"outputs": encoded, "omitted": max(0, len(flat) - OUTPUT_LIMIT)}


def flatten(adapter: Adapter, outputs: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Outputs with containers of arrays opened up: `out` becomes `out[0]`, `out[1]`, ..."""
    for name, value in outputs:
        kind = type(value)  # its own word for it, `__class__`, may be anything
        if issubclass(kind, (list, tuple)) and any(_is_array(adapter, item) for item in value):
            items = [("%s[%d]" % (name, i), item) for i, item in enumerate(value)]
            yield from flatten(adapter, items)
        elif issubclass(kind, dict) and any(_is_array(adapter, item) for item in value.values()):
            items = [("%s[%s]" % (name, _bounded_repr(key)), item) for key, item in value.items()]
            yield from flatten(adapter, items)
        else:
            yield name, value


def _is_array(adapter: Adapter, value: Any) -> bool:
    try:
        return adapter.is_array(value)
    except BaseException:  # a value can be made so that asking for its class raises
        return False


def _encode_array(adapter: Adapter, value: Any, limit: int) -> dict[str, Any]:
    data, shape, dtype, statistics = adapter.read(value, limit)
    encoded = {"kind": "array", "shape": shape, "dtype": dtype, "statistics": statistics}
    return dict(encoded, data=base64.b64encode(data).decode())


def _encode_other(adapter: Adapter, value: Any) -> dict[str, Any]:
    try:
        kind, plain = adapter.describe(value) or _plain(value, 0)
    except BaseException as error:
        kind, plain = "object", _unreadable(value, error)
    if kind == "text" and len(plain) > TEXT_LIMIT:
        return _cut(kind, plain, len(plain), "characters")
    if kind == "sequence" and _count(plain) > TEXT_LIMIT:
        return _cut(kind, repr(plain), len(plain), "items")
    return {"kind": kind, "value": plain}


def _cut(kind: str, text: str, length: int, unit: str) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    whole = {"length": length, "unit": unit, "digest": digest}
    return {"kind": kind, "value": text[:TEXT_LIMIT], "whole": whole}


def _plain(value: Any, depth: int) -> tuple[str, Any]:
    """Kind and JSON value; of a subclass the plain value below it, whatever it says of itself."""
    if value is None:
        return "none", None
    if type(value) is bool:
        return "bool", value
    if isinstance(value, int) and -(2**63) <= int.__int__(value) < 2**63:
        return "number", int.__int__(value)
    if isinstance(value, float):
        return "number", float.__repr__(value)  # JSON has no nan
    if isinstance(value, str):
        return "text", str.__str__(value)
    if isinstance(value, (list, tuple)) and depth < _DEPTH_LIMIT:
        items = [_plain(item, depth + 1) for item in value]
        if all(kind != "object" for kind, _ in items):
            return "sequence", [item for _, item in items]
    return "object", _bounded_repr(value)


def _count(plain: Any) -> int:
    """Items of a nested list, those inside counted as well; a text counts its characters."""
    if isinstance(plain, list):
        return sum(map(_count, plain)) + 1
    return len(plain) if isinstance(plain, str) else 1


def _bounded_repr(value: Any) -> str:
    try:
        return str.__str__(repr(value))[:TEXT_LIMIT]
    except BaseException as error:
        return _unreadable(value, error)


def _unreadable(value: Any, error: BaseException) -> str:
    kinds = type(value).__name__[:_NAME_LIMIT], type(error).__name__[:_NAME_LIMIT]
    return "<%s whose repr raised %s>" % kinds
