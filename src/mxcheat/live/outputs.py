"""The values of a reply as Outputs (see worker/encode.py); nothing in them is taken on trust."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import from_bytes, from_values
from mxcheat.live.results import Items, Output, Step
from mxcheat.live.worker.sums import Block, block_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.arrays import Array

TEXT_LIMIT = 20_000
_NAME_LIMIT = 300
# Bits of an integer that is written in decimal: longer ones Python refuses to write so.
_DECIMAL_BITS = 10_000
# Dtypes of Python numbers that an array can have, and what the integers among them hold.
_STORED = ("int64", "uint64", "float64", "complex128")
_RANGES = {"int64": range(-(2**63), 2**63), "uint64": range(2**64)}
_PLAIN = ("none", "bool", "text", "bytes", "dtype", "device", "range", "object")
_HOLDERS = {"sequence": "(%s)", "mapping": "{%s}", "set": "{%s}", "record": "{%s}"}


def read_outputs(encoded: Sequence[Mapping[str, Any]]) -> tuple[Output, ...]:
    """The outputs of a reply, containers of arrays opened up.

    Raises one of a handful of errors for what is no reply: LookupError, TypeError, ValueError,
    AttributeError, ArithmeticError, struct.error, RecursionError.
    """
    outputs: list[Output] = []
    for position, one in enumerate(encoded):
        name = str(one["name"])
        start = Step("output", position, "", len(encoded), name)
        outputs += _opened(one, name, (start,)) if one.get("opened") else [_read(one, name)]
    return tuple(outputs)


def _opened(encoded: Mapping[str, Any], name: str, path: tuple[Step, ...]) -> Iterator[Output]:
    kind, length = _holder(encoded)
    for position, (key, item) in enumerate(encoded["items"]):
        label, told = _key(kind, key, position)
        inside = (*path, Step(kind, position, told, length, name))
        if item.get("opened"):
            yield from _opened(item, _named(name, label), inside)
        else:
            yield replace(_read(item, _named(name, label)), path=inside)


def _named(name: str, label: str) -> str:
    return (name + label)[:_NAME_LIMIT]


def _read(encoded: Mapping[str, Any], name: str) -> Output:
    """An output that is no container of arrays."""
    output = _read_any(encoded, name)
    return replace(output, array=number_array(output))


def number_array(output: Output) -> Array | None:
    """The values of an output: its array, or one of no dimensions for a number."""
    if output.array is not None or output.dtype not in (*_STORED, "bool"):
        return output.array
    return from_values((), output.dtype, [output.value])


def _read_any(encoded: Mapping[str, Any], name: str) -> Output:
    kind = str(encoded["kind"])
    if kind == "array":
        return _array(encoded, name)
    if kind == "number":
        return _number(encoded, name)
    if kind == "sequence" and "data" in encoded:
        read = _array(encoded, name)
        return replace(read, kind="sequence", shape=None, dtype=None, text=_inside(read))
    if kind in _HOLDERS:
        return _container(encoded, name)
    if kind not in _PLAIN:
        raise ValueError(f"unknown kind {kind[:80]!r}")
    return _plain(encoded, name, kind)


def _array(encoded: Mapping[str, Any], name: str) -> Output:
    shape = [int(length) for length in encoded["shape"]]
    data = base64.b64decode(encoded["data"], validate=True)
    figures = _figures(encoded["statistics"])
    count = math.prod(shape)
    if figures is not None and len(figures) != -(-count // block_length(count)):
        raise ValueError(f"{len(figures)} blocks do not make an array of shape {tuple(shape)}")
    array = from_bytes(shape, str(encoded["dtype"]), data, figures)
    return Output(name, "array", array.shape, array.dtype, array.text, array)


def _inside(output: Output) -> str:
    """The text of a sequence of numbers."""
    assert output.array is not None
    array = output.array
    cut = "" if len(array.values) == array.size else f"... ({array.size:,} items in all)"
    return _written("sequence", map(repr, array.values)) + cut


def _figures(blocks: Sequence[Sequence[Any]] | None) -> tuple[Block, ...] | None:
    if blocks is None:
        return None
    return tuple(Block(str(digest), *map(float, figures)) for digest, *figures in blocks)


def _number(encoded: Mapping[str, Any], name: str) -> Output:
    """A Python number; floats travel as text, for nan's sake, and long integers as digits."""
    dtype, value = str(encoded["dtype"]), encoded["value"]
    if "whole" in encoded:
        return replace(_plain(encoded, name, "number"), shape=(), dtype=dtype)
    number: complex
    if dtype == "float64":
        number = float(value)
    elif dtype == "complex128":
        number = complex(float(value[0]), float(value[1]))
    elif isinstance(value, str):
        number = int(value, 16)
    else:
        number = int(value)
    if dtype in _RANGES and number not in _RANGES[dtype]:
        raise ValueError(f"{value!r:.80} is no {dtype}")
    if dtype not in (*_STORED, "int"):
        raise ValueError(f"unknown dtype {dtype[:80]!r}")
    long = isinstance(number, int) and number.bit_length() > _DECIMAL_BITS
    text = f"{number:#x}" if long else repr(number)
    return Output(name, "number", (), dtype, text, value=number)


def _container(encoded: Mapping[str, Any], name: str) -> Output:
    kind, length = _holder(encoded)
    values = []
    words = []
    for position, (key, item) in enumerate(encoded["items"]):
        label, told = _key(kind, key, position)
        output = _read_any(item, _named(name, label))
        values.append((told, output))
        lead = label[1:-1] + ": " if kind == "mapping" else label[1:] + ": "
        words.append((lead if kind in ("mapping", "record") else "") + literal(output))
    text = _written(kind, words)
    whole = encoded.get("whole")
    if whole is None:
        return Output(name, kind, None, None, text, value=Items(tuple(values), length))
    text += f"... ({length:,} items in all)"
    items = Items(tuple(values), length, str(whole["digest"]), bool(whole["exact"]))
    return Output(name, kind, None, None, text, value=items)


def _holder(encoded: Mapping[str, Any]) -> tuple[str, int]:
    kind, length = str(encoded["kind"]), int(encoded["length"])
    if kind not in _HOLDERS or length < len(encoded["items"]):
        raise ValueError(f"a {kind[:80]} of {length} cannot be")
    return kind, length


def _key(kind: str, key: Mapping[str, Any] | None, position: int) -> tuple[str, str | None]:
    """How a value in a container is written after its name, and its key as one text."""
    if kind in ("sequence", "set"):
        return f"[{position}]", ""
    if key is None:
        raise ValueError(f"a {kind} has keys")
    read = _read_any(key, "")
    told = json.dumps(key, sort_keys=True) if is_comparable(read) else None
    return (f".{read.text}" if kind == "record" else f"[{literal(read)}]"), told


def is_comparable(output: Output) -> bool:
    """Whether no part of a value is an object."""
    if isinstance(output.value, Items):
        return all(is_comparable(item) for _, item in output.value.values)
    return output.kind != "object"


def _plain(encoded: Mapping[str, Any], name: str, kind: str) -> Output:
    value = encoded["value"]
    if kind == "bool" and not isinstance(value, bool):
        raise TypeError("a bool is true or false")
    if kind == "range":
        value = range(*(int(end, 16) for end in value))
    elif kind in ("text", "bytes", "dtype", "device", "object"):
        value = str(value)
    text = repr(value.encode("latin-1")) if kind == "bytes" else str(value)
    if "whole" in encoded:
        whole = encoded["whole"]
        length = int(whole["length"])
        text = f"{text[:TEXT_LIMIT]}... ({length:,} characters in all)"
        value = (length, str(whole["digest"]))
    dtype, shape = ("bool", ()) if kind == "bool" else (None, None)
    return Output(name, kind, shape, dtype, text[:TEXT_LIMIT], value=value)


def literal(output: Output) -> str:
    """A value as it is written inside a container."""
    return repr(output.text) if output.kind == "text" else output.text


def _written(kind: str, words: Iterable[str]) -> str:
    room, kept = TEXT_LIMIT, []
    for word in words:
        room -= len(word) + 2
        if room < 0:
            kept.append("...")
            break
        kept.append(word)
    comma = "," if kind == "sequence" and len(kept) == 1 else ""
    return _HOLDERS[kind] % (", ".join(kept) + comma)
