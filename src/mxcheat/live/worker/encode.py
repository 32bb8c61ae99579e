"""The values a snippet leaves, as JSON that says all of them. Python 3.8 syntax.

A value is an object with its "kind": text, bytes, none, bool, number, dtype, device, range, array,
or one that holds others ("items"): sequence (lists and tuples), set, mapping, record (a dataclass);
object is what cannot be compared. A flat sequence of numbers of one type travels like an array.
What is too large to travel whole is cut here, and says so: the leading part, how much there was,
and a digest or figures of all of it.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import sys
from array import array as packed
from typing import TYPE_CHECKING, Any, Callable, Iterator

if TYPE_CHECKING or __package__:
    from mxcheat.live.worker import sums
else:  # found by name beside the script that is run, serve.py
    import sums
if TYPE_CHECKING:
    from mxcheat.live.worker.adapter import Adapter

OUTPUT_LIMIT = 64
TEXT_LIMIT = 10_000
# Values of all kinds that travel of one output that holds no array.
ITEM_LIMIT = 10_000
_NAME_LIMIT = 300
# Elements of an array that travel; of all arrays together; and of each, however many there are.
ELEMENT_LIMIT = 1_000_000
_TOTAL_LIMIT = 1_000_000
_LEAST = 1_000
# Nesting beyond which a value is an object.
_DEPTH_LIMIT = 20
# Digits of an integer beyond those of a dtype that travel; hexadecimal, as decimal ones are slow.
_INTEGER_BITS = 4 * TEXT_LIMIT
# Typecodes of a sequence of numbers of one Python type.
_PACKED = {float: ("float64", "d"), int: ("int64", "q"), bool: ("bool", "B")}
_HOLDERS = ("sequence", "mapping", "set", "record")


def encode_outputs(
    adapter: Adapter, outputs: list[tuple[str, Any]], most: int = ELEMENT_LIMIT
) -> dict[str, Any]:
    """The first OUTPUT_LIMIT outputs, `most` elements of each, and how many were left out.

    An output that holds arrays counts as many as it holds values beside each other.
    """
    encoder = _Encoder(adapter, most)
    encoded = []
    for name, value in outputs:
        if encoder.room_for_outputs:
            encoded.append(dict(encoder.output(value), name=name[:_NAME_LIMIT]))
        else:
            encoder.omit(value)
    return {"outputs": encoded, "omitted": encoder.omitted}


def arrays_in(adapter: Adapter, outputs: list[tuple[str, Any]]) -> Iterator[Any]:
    """The arrays among the outputs, and those in their containers."""
    for _, value in outputs:
        yield from _arrays_in(adapter, value, 0)


def _arrays_in(adapter: Adapter, value: Any, depth: int) -> Iterator[Any]:
    if _is_array(adapter, value):
        yield value
    elif depth < _DEPTH_LIMIT:
        for item in _parts(value):
            yield from _arrays_in(adapter, item, depth + 1)


def _parts(value: Any) -> list[Any]:
    """The values that a container holds beside each other; none of anything else."""
    kind = type(value)  # its own word for it, `__class__`, may be anything
    if issubclass(kind, list):
        return list(list.__iter__(value))
    if issubclass(kind, tuple):
        return list(tuple.__iter__(value))
    if issubclass(kind, dict):
        return list(dict.values(value))
    if dataclasses.is_dataclass(kind):
        return [getattr(value, field.name, None) for field in dataclasses.fields(kind)]
    return []


def _is_array(adapter: Adapter, value: Any) -> bool:
    try:
        return adapter.is_array(value)
    except BaseException:  # a value can be made so that asking for its class raises
        return False


class _Encoder:
    """Turns outputs into JSON, as long as there is room for them."""

    def __init__(self, adapter: Adapter, most: int) -> None:
        self._adapter = adapter
        self._most = most
        self._room = _TOTAL_LIMIT
        self.room_for_outputs = OUTPUT_LIMIT
        self.omitted = 0

    def output(self, value: Any, depth: int = 0) -> dict[str, Any]:
        """One output; a container of arrays with its items as outputs of their own."""
        if self._holds_arrays(value, depth):
            return self._opened(value, depth)
        self.room_for_outputs -= 1
        if _is_array(self._adapter, value):
            return self._array(lambda limit: self._adapter.read(value, limit))
        try:
            return _trimmed(self._plain(value, depth))
        except BaseException as error:
            return {"kind": "object", "value": _unreadable(value, error)}

    def omit(self, value: Any, depth: int = 0) -> None:
        """Count the outputs that `value` would have been."""
        if self._holds_arrays(value, depth):
            for item in _parts(value):
                self.omit(item, depth + 1)
        else:
            self.omitted += 1

    def _holds_arrays(self, value: Any, depth: int) -> bool:
        if depth >= _DEPTH_LIMIT or _is_array(self._adapter, value):
            return False
        try:
            return any(True for _ in _arrays_in(self._adapter, value, depth))
        except BaseException:  # what a value does when it is looked into
            return False

    def _opened(self, value: Any, depth: int) -> dict[str, Any]:
        kind, keys = self._keys(value, depth)
        items = []
        for key, item in zip(keys, _parts(value)):
            if self.room_for_outputs:
                items.append([key, self.output(item, depth + 1)])
            else:
                self.omit(item, depth + 1)
        return {"kind": kind, "items": items, "length": len(keys), "opened": True}

    def _keys(self, value: Any, depth: int) -> tuple[str, list[Any]]:
        """The kind of a container, and the key or name of each item; None in a sequence."""
        kind = type(value)
        if issubclass(kind, dict):
            return "mapping", [self._plain(key, depth + 1) for key in dict.keys(value)]
        if issubclass(kind, (list, tuple)):
            return "sequence", [None] * len(_parts(value))
        return "record", [_text("text", field.name) for field in dataclasses.fields(kind)]

    def _array(self, read: Callable[[int], Any]) -> dict[str, Any]:
        spare = min(_LEAST, self._room + OUTPUT_LIMIT * _LEAST)
        limit = max(1, min(self._most, ELEMENT_LIMIT, max(spare, self._room)))
        data, shape, dtype, figures = read(limit)
        encoded = {"kind": "array", "shape": shape, "dtype": dtype, "statistics": figures}
        encoded["data"] = base64.b64encode(data).decode()
        count = 1
        for length in shape:
            count *= length
        self._room -= min(limit, count)
        return encoded

    def _plain(self, value: Any, depth: int) -> dict[str, Any]:
        """A value as JSON; of a subclass the plain value below it, whatever it says of itself."""
        described = self._adapter.describe(value)
        if described is not None:
            return {"kind": described[0], "value": described[1]}
        simple = _simple(value)
        if simple is not None:
            return simple
        kind = type(value)
        if depth < _DEPTH_LIMIT:
            if issubclass(kind, (set, frozenset)):
                return self._set(value, depth)
            if issubclass(kind, (list, tuple, dict)) or dataclasses.is_dataclass(kind):
                return self._holder(value, depth)
        return {"kind": "object", "value": _bounded_repr(value)}

    def _holder(self, value: Any, depth: int) -> dict[str, Any]:
        kind, keys = self._keys(value, depth)
        parts = _parts(value)
        numbers = _numbers(parts) if kind == "sequence" else None
        if numbers is not None:
            dtype, typecode = numbers
            encoded = self._array(lambda limit: read_numbers(parts, dtype, typecode, limit))
            return dict(encoded, kind="sequence", value=None)
        items = [[key, self._plain(part, depth + 1)] for key, part in zip(keys, parts)]
        return {"kind": kind, "items": items, "length": len(items)}

    def _set(self, value: Any, depth: int) -> dict[str, Any]:
        walk = frozenset.__iter__ if issubclass(type(value), frozenset) else set.__iter__
        items = [self._plain(part, depth + 1) for part in walk(value)]
        items.sort(key=_order)
        return {"kind": "set", "items": [[None, item] for item in items], "length": len(items)}


def _simple(value: Any) -> dict[str, Any] | None:
    """What holds no other values."""
    if value is None:
        return {"kind": "none", "value": None}
    if type(value) is bool:
        return {"kind": "bool", "value": value}
    if isinstance(value, int):
        return _integer(int.__int__(value))
    if isinstance(value, float):
        return _number("float64", float.__repr__(value))  # JSON has no nan
    if isinstance(value, complex):
        parts = [float.__repr__(value.real), float.__repr__(value.imag)]
        return _number("complex128", parts)
    if isinstance(value, str):
        return _text("text", str.__str__(value))
    if isinstance(value, (bytes, bytearray)):
        return _text("bytes", bytes(value).decode("latin-1"))
    if type(value) is range:
        ends = [value.start, value.stop, value.step]
        return {"kind": "range", "value": [hex(end) for end in ends]}
    return None


def _integer(value: int) -> dict[str, Any]:
    if -(2**63) <= value < 2**63:
        return _number("int64", value)
    if value.bit_length() <= _INTEGER_BITS:
        return _number("uint64" if 0 < value < 2**64 else "int", hex(value))
    return dict(_number("int", ""), **_text("number", hex(value)))


def _number(dtype: str, value: Any) -> dict[str, Any]:
    return {"kind": "number", "dtype": dtype, "value": value}


def _text(kind: str, text: str) -> dict[str, Any]:
    if len(text) <= TEXT_LIMIT:
        return {"kind": kind, "value": text}
    whole = {"length": len(text), "digest": _digest(text)}
    return {"kind": kind, "value": text[:TEXT_LIMIT], "whole": whole}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _numbers(parts: list[Any]) -> tuple[str, str] | None:
    """Dtype and typecode of a list that holds numbers of one type and nothing else."""
    kinds = set(map(type, parts))
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    fits = kind is not int or -(2**63) <= min(parts) <= max(parts) < 2**63
    return _PACKED.get(kind) if fits else None


def read_numbers(
    parts: list[Any], dtype: str, typecode: str, limit: int
) -> tuple[bytes, list[int], str, Any]:
    """What travels of numbers of one type, like an array of one dimension."""
    data = _packed(typecode, parts[:limit])
    if len(parts) <= limit:
        return data, [len(parts)], dtype, None
    weight = sums.weights()

    def figures(start: int, end: int) -> Any:
        part = parts[start:end]
        return sums.of_values(list(map(float, part)), weight, _packed(typecode, part))

    return data, [len(parts)], dtype, sums.blocks(len(parts), figures)


def _packed(typecode: str, values: list[Any]) -> bytes:
    numbers = packed(typecode, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _order(encoded: dict[str, Any]) -> tuple[Any, ...]:
    """Where an item of a set stands: by kind, numbers by size."""
    value = encoded.get("value")
    dtype = str(encoded.get("dtype", ""))
    size = float(value) if dtype in ("int64", "float64") and value is not None else 0.0
    return encoded["kind"], dtype, size, json.dumps(encoded, sort_keys=True)


def _trimmed(encoded: dict[str, Any]) -> dict[str, Any]:
    """A value that holds too many others: the leading ones, and a digest of all."""
    if _count(encoded) <= ITEM_LIMIT:
        return encoded
    digest = _digest(json.dumps(encoded, sort_keys=True))
    whole = {"length": encoded["length"], "digest": digest, "exact": _is_exact(encoded)}
    return dict(_leading(encoded, [ITEM_LIMIT]), whole=whole)


def _count(encoded: dict[str, Any]) -> int:
    """The values of a value: itself and what it holds."""
    return 1 + sum(_count(item) for _, item in encoded.get("items", ()))


def _is_exact(encoded: dict[str, Any]) -> bool:
    """Whether no part of a value has a tolerance, or cannot be compared."""
    if encoded["kind"] == "object" or encoded.get("dtype") in ("float64", "complex128"):
        return False
    return all(_is_exact(item) for _, item in encoded.get("items", ()))


def _leading(encoded: dict[str, Any], room: list[int]) -> dict[str, Any]:
    room[0] -= 1
    if "items" not in encoded:
        return encoded
    items = []
    for key, item in encoded["items"]:
        if room[0] <= 0:
            break
        items.append([key, _leading(item, room)])
    return dict(encoded, items=items)


def _bounded_repr(value: Any) -> str:
    try:
        return str.__str__(repr(value))[:TEXT_LIMIT]
    except BaseException as error:
        return _unreadable(value, error)


def _unreadable(value: Any, error: BaseException) -> str:
    kinds = type(value).__name__[:_NAME_LIMIT], type(error).__name__[:_NAME_LIMIT]
    return "<%s whose repr raised %s>" % kinds
