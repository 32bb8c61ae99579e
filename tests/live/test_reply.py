"""What a worker answers, whatever it is: read in full, or called garbled; nothing else."""

from __future__ import annotations

import base64
import json
import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mxcheat.live import wire
from mxcheat.live.compare import compare_sides
from mxcheat.live.host.watch import RunOutcome
from mxcheat.live.reply import read_reply
from mxcheat.live.results import SIDE_STATUSES, SideResult
from mxcheat.live.worker_values import encode_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mxcheat.live.worker_adapter import Adapter

BLANK = SideResult("pytorch", "ok")
# Bytes an element travels in.
SIZES = {
    "float64": 8, "float32": 4, "float16": 2, "bfloat16": 4, "int64": 8, "int32": 4, "uint8": 1,
    "bool": 1, "complex64": 8, "complex128": 16,
}  # fmt: skip

words = st.text(max_size=8)
figures = st.sampled_from([math.nan, math.inf, -1, 2**64]) | st.floats() | st.integers()
times = st.floats(0, 1e9)
anything = st.recursive(
    st.none() | st.booleans() | figures | words,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
statistics = st.fixed_dictionaries(
    {"min": st.floats(), "max": st.floats(), "mean": st.floats(), "std": st.floats(),
     "checksum": words}
)  # fmt: skip


@st.composite
def arrays(draw: Callable[..., Any]) -> dict[str, Any]:
    """An array as it travels, whole or cut."""
    shape = draw(st.lists(st.integers(0, 4), max_size=3))
    dtype = draw(st.sampled_from(sorted(SIZES)))
    cut = draw(st.none() | statistics)
    count = math.prod(shape)
    kept = draw(st.integers(1, count)) if cut and count else count
    data = draw(st.binary(min_size=kept * SIZES[dtype], max_size=kept * SIZES[dtype]))
    travels = base64.b64encode(data).decode()
    return {"kind": "array", "shape": shape, "dtype": dtype, "data": travels, "statistics": cut}


def value(kind: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), "value": values})


whole = st.fixed_dictionaries(
    {"length": st.integers(0, 2**40), "unit": st.just("items"), "digest": words}
)
outputs = st.one_of(
    arrays(),
    value("number", st.integers(-(2**63), 2**63 - 1) | st.floats().map(repr)),
    value("bool", st.booleans()),
    value("none", st.none()),
    value("sequence", st.lists(words | st.floats().map(repr), max_size=3)),
    st.builds(lambda text, cut: {**text, "whole": cut}, value("text", words), whole),
)
named = st.builds(lambda name, output: {**output, "name": name}, words, outputs)
benches = st.fixed_dictionaries(
    {"median_ms": times, "iqr_ms": times, "iterations": st.integers(1, 5000)}
)
errors = st.fixed_dictionaries(
    {"type": words, "message": words},
    optional={"line": st.none() | st.integers(1, 99), "fix": words, "traceback": words},
)
good = st.fixed_dictionaries(
    {
        "status": st.just("ok"),
        "outputs": st.lists(named, max_size=3),
        "omitted": st.integers(0, 99),
        "elapsed_ms": times,
        "bench": st.none() | benches,
    }
)
failed = st.fixed_dictionaries(
    {"status": st.sampled_from(["error", "unavailable"]), "error": errors}
)


@st.composite
def spoilt(draw: Callable[..., Any]) -> dict[str, Any]:
    """A reply in which one thing, however deep, was replaced or dropped."""
    reply: dict[str, Any] = draw(good | failed)
    places = list(_places(reply))
    holder, key = draw(st.sampled_from(places))
    if draw(st.integers(0, 9)) == 0:
        del holder[key]
    else:
        alike = figures if isinstance(holder[key], int | float) else words
        holder[key] = draw(st.one_of(alike, alike, anything))
    return reply


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a document: an object or list, and a key or index in it."""
    for key in sorted(holder) if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from _places(holder[key])


def read(reply: dict[str, Any]) -> SideResult:
    """What is made of a reply that has crossed the wire."""
    [message] = wire.FrameBuffer().feed(wire.pack(reply))
    return read_reply(BLANK, RunOutcome("reply", message), "2.0", 1.0)


def check_usable(side: SideResult) -> None:
    """Hold that a result can be compared, told, and written as JSON."""
    assert side.status in SIDE_STATUSES
    json.dumps(side.to_json(), allow_nan=False)
    str(side.error)
    verdict = compare_sides(side, side)
    json.dumps(verdict.to_json(), allow_nan=False)


@given(good)
def test_a_good_reply_is_read_in_full(reply: dict[str, Any]) -> None:
    side = read(reply)
    assert side.ok, side
    check_usable(side)
    assert [output.name for output in side.outputs] == [sent["name"] for sent in reply["outputs"]]
    assert [output.kind for output in side.outputs] == [sent["kind"] for sent in reply["outputs"]]
    assert (side.omitted, side.elapsed_ms) == (reply["omitted"], reply["elapsed_ms"])
    assert side.bench == reply["bench"]


@given(failed)
def test_a_failure_is_read_in_full(reply: dict[str, Any]) -> None:
    side = read(reply)
    assert side.status == reply["status"]
    assert side.error is not None
    given_keys = reply["error"].items()
    assert side.error.to_json().items() >= given_keys


@settings(max_examples=500)
@given(spoilt() | st.dictionaries(words, anything, max_size=4))
def test_any_other_is_read_or_called_garbled(reply: dict[str, Any]) -> None:
    side = read(reply)
    check_usable(side)
    if side.status == "crashed":
        assert side.error is not None
        assert side.error.type == "protocol"


# A worker whose framework knows no arrays: its values are Python's.
PLAIN = cast("Adapter", SimpleNamespace(is_array=lambda _: False, describe=lambda _: None))

simple = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | words
python_values = st.recursive(
    simple,
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=8,
)


def as_read(value: Any) -> Any:
    """A value as it is read: lists are tuples; floats inside them are told to the last bit."""
    if isinstance(value, list | tuple):
        return tuple(map(as_read, value))
    return repr(value) if isinstance(value, float) else value


@given(st.lists(python_values, max_size=3))
def test_the_values_of_a_snippet_survive_the_way(values: list[Any]) -> None:
    sent = encode_outputs(PLAIN, [(f"y{i}", value) for i, value in enumerate(values)])
    side = read({**sent, "status": "ok", "elapsed_ms": 0.5, "bench": None})
    assert side.ok, side
    assert [output.name for output in side.outputs] == [f"y{i}" for i in range(len(values))]
    for output, value in zip(side.outputs, values, strict=True):
        is_float = isinstance(output.value, float)
        assert (repr(output.value) if is_float else output.value) == as_read(value)


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("elapsed_ms", "nan"),
        ("elapsed_ms", math.inf),
        ("omitted", math.nan),
        ("outputs", {"name": "y", "kind": "number", "value": 2**64}),
        ("outputs", {"name": "y", "kind": "array", "shape": [], "dtype": "float32", "data": "",
                     "statistics": dict.fromkeys(("min", "max", "mean", "std", "checksum"), 0)}),
        ("outputs", {"name": "y", "kind": "array", "shape": [1] * 5000, "dtype": "uint8",
                     "data": "AA==", "statistics": None}),
        ("outputs", {"name": "y", "kind": "array", "shape": [1], "dtype": "uint8", "data": "AA==",
                     "statistics": 3}),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_are_garbled(field: str, bad: Any) -> None:
    good = {"status": "ok", "outputs": [], "omitted": 0, "elapsed_ms": 0.5, "bench": None}
    assert read(good).ok
    side = read({**good, field: [bad] if field == "outputs" else bad})
    assert side.status == "crashed"
    assert side.error is not None
    assert side.error.type == "protocol"
