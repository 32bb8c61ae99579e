"""What a worker answered as a SideResult with its Outputs; nothing in it is taken on trust."""

from __future__ import annotations

import base64
import json
import math
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import from_bytes
from mxcheat.live.results import STORED, Failure, Items, Output, SideResult, Step, describe_exit
from mxcheat.live.worker import wire
from mxcheat.live.worker.sums import Block, block_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.host.watch import RunOutcome

_FAILED = ("error", "unavailable")
# What reading a document that is no reply comes to.
_NO_REPLY = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
_GARBLED = Failure("protocol", "the snippet wrote into the channel that its outputs travel on")
_SPEECHLESS = "; the snippet closed or replaced what they travel through"
_SIGNALS = {
    "SIGKILL": "the process was killed from outside; most often memory had run out",
    "SIGSEGV": "compiled code touched memory that is not its own (endless recursion does, too)",
    "SIGABRT": "compiled code gave up; stderr may say why",
    "SIGBUS": "compiled code touched memory that is not there (a file that shrank, a full disk)",
    "SIGFPE": "compiled code divided by zero",
    "SIGILL": "compiled code uses an instruction that this processor does not have",
}
TEXT_LIMIT = 20_000
_NAME_LIMIT = 300
# Bits of an integer that is written in decimal: longer ones Python refuses to write so.
_DECIMAL_BITS = 10_000
# What the integers among the dtypes of Python numbers hold.
_RANGES = {"int64": range(-(2**63), 2**63), "uint64": range(2**64)}
_PLAIN = ("none", "bool", "text", "bytes", "dtype", "device", "range", "object")
_HOLDERS = {"sequence": "(%s)", "mapping": "{%s}", "set": "{%s}", "record": "{%s}"}


def read_reply(
    blank: SideResult, outcome: RunOutcome | Failure, version: str | None, timeout: float
) -> SideResult:
    """Fill in `blank` from what became of the run; `timeout` in seconds."""
    if isinstance(outcome, Failure):
        known = outcome.type in ("unavailable", "cancelled")
        return replace(blank, status=outcome.type if known else "crashed", error=outcome)
    result = replace(
        blank,
        version=version,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        truncated=outcome.truncated,
    )
    if outcome.ended == "reply" and outcome.reply is not None:
        return _read(result, outcome.reply)
    return _without_reply(result, outcome, timeout)


def why_no_answer(side: Side, outcome: RunOutcome, timeout: float) -> Failure:
    """Why a question of ours to `side` was not answered; `timeout` in seconds."""
    return read_reply(SideResult(side, "ok"), outcome, None, timeout).error or _GARBLED


def _without_reply(result: SideResult, outcome: RunOutcome, timeout: float) -> SideResult:
    if outcome.ended == "timeout":
        message = f"still running after {timeout:g} s"
        return replace(result, status="timeout", error=Failure("timeout", message))
    if outcome.ended == "cancelled":
        return replace(result, status="cancelled", error=Failure("cancelled", "stopped"))
    garbled = _GARBLED if outcome.ended == "garbled" else None
    failure = outcome.failure or garbled or _crash(outcome.exit_code)
    return replace(result, status="crashed", error=failure)


def _crash(exit_code: int | None) -> Failure:
    if exit_code is None:
        return Failure("crashed", "the process was lost")
    if exit_code < 0:
        name = describe_exit(exit_code)
        return Failure(name, _SIGNALS.get(name, "the process was ended by this signal"))
    how = f"the process ended by itself ({describe_exit(exit_code)}) before its outputs were sent"
    return Failure("exit", how + _SPEECHLESS if exit_code == wire.SPEECHLESS else how)


def _read(result: SideResult, reply: Mapping[str, Any]) -> SideResult:
    try:
        return _read_status(result, reply)
    except _NO_REPLY:
        return replace(result, status="crashed", error=_GARBLED)


def _read_status(result: SideResult, reply: Mapping[str, Any]) -> SideResult:
    status = reply["status"]
    if status == "ok":
        return replace(
            result,
            outputs=read_outputs(reply["outputs"]),
            omitted=int(reply["omitted"]),
            elapsed_ms=_finite(reply["elapsed_ms"]),
            bench=_bench(reply["bench"]),
        )
    if status in _FAILED:
        return replace(result, status=status, error=_failure(reply["error"]))
    raise ValueError(f"unknown status {str(status)[:80]!r}")


def _bench(figures: Mapping[str, Any] | None) -> dict[str, float] | None:
    if figures is None:
        return None
    median, spread = _finite(figures["median_ms"]), _finite(figures["iqr_ms"])
    return {"median_ms": median, "iqr_ms": spread, "iterations": int(figures["iterations"])}


def _finite(figure: Any) -> float:
    if not math.isfinite(figure):
        raise ValueError(f"{figure} is no time")
    return float(figure)


def _failure(error: Mapping[str, Any]) -> Failure:
    line = error.get("line")
    return Failure(
        str(error["type"]),
        str(error["message"]),
        line=line if isinstance(line, int) else None,
        fix=str(error.get("fix", "")),
        traceback=str(error.get("traceback", "")),
    )


def read_outputs(encoded: Sequence[Mapping[str, Any]]) -> tuple[Output, ...]:
    """The outputs of a reply, containers of arrays opened up.

    Raises one of a handful of errors for what is no reply: LookupError, TypeError, ValueError,
    AttributeError, ArithmeticError, struct.error, RecursionError.
    """
    outputs: list[Output] = []
    for position, one in enumerate(encoded):
        name = str(one["name"])
        start = Step("output", position, "", len(encoded), name)
        outputs += _opened(one, name, (start,)) if one.get("opened") else [_read_one(one, name)]
    return tuple(outputs)


def _opened(encoded: Mapping[str, Any], name: str, path: tuple[Step, ...]) -> Iterator[Output]:
    kind, length = _holder(encoded)
    for position, (key, item) in enumerate(encoded["items"]):
        label, told = _key(kind, key, position)
        inside = (*path, Step(kind, position, told, length, name))
        if item.get("opened"):
            yield from _opened(item, _named(name, label), inside)
        else:
            yield replace(_read_one(item, _named(name, label)), path=inside)


def _named(name: str, label: str) -> str:
    return (name + label)[:_NAME_LIMIT]


def _read_one(encoded: Mapping[str, Any], name: str) -> Output:
    """An output that is no container of arrays."""
    output = _read_any(encoded, name)
    return replace(output, array=output.as_array())


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
    if dtype not in (*STORED, "int"):
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
