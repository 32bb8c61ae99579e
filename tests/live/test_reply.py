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

from mxcheat.live.host.watch import RunOutcome
from mxcheat.live.reply import read_reply
from mxcheat.live.results import SIDE_STATUSES, SideResult
from mxcheat.live.verdict.compare import compare_sides
from mxcheat.live.worker import wire
from mxcheat.live.worker.encode import encode_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mxcheat.live.worker.adapter import Adapter

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
block = st.tuples(words, *[st.floats()] * 6).map(list)


@st.composite
def arrays(draw: Callable[..., Any]) -> dict[str, Any]:
    """An array as it travels, whole or cut."""
    shape = draw(st.lists(st.integers(0, 4), max_size=3))
    dtype = draw(st.sampled_from(sorted(SIZES)))
    count = math.prod(shape)
    cut = draw(st.none() | st.lists(block, min_size=bool(count), max_size=bool(count)))
    kept = draw(st.integers(1, count)) if cut and count else count
    data = draw(st.binary(min_size=kept * SIZES[dtype], max_size=kept * SIZES[dtype]))
    travels = base64.b64encode(data).decode()
    return {"kind": "array", "shape": shape, "dtype": dtype, "data": travels, "statistics": cut}


def value(kind: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), "value": values})


whole = st.fixed_dictionaries({"length": st.integers(0, 2**40), "digest": words})
scalars = st.one_of(
    st.builds(
        lambda value: {"kind": "number", "dtype": "int64", "value": value},
        st.integers(-(2**63), 2**63 - 1),
    ),
    st.builds(
        lambda value: {"kind": "number", "dtype": "int", "value": hex(value)}, st.integers(2**64)
    ),
    st.builds(
        lambda value: {"kind": "number", "dtype": "float64", "value": repr(value)}, st.floats()
    ),
    st.builds(
        lambda real, imag: {
            "kind": "number", "dtype": "complex128", "value": [repr(real), repr(imag)],
        },
        st.floats(), st.floats(),
    ),
    value("bool", st.booleans()),
    value("none", st.none()),
    value("text", words),
    value("object", words),
    value("bytes", st.binary(max_size=5).map(lambda data: data.decode("latin-1"))),
    value("range", st.tuples(*[st.integers(1, 9).map(hex)] * 3).map(list)),
    st.builds(lambda text, cut: {**text, "whole": cut}, value("text", words), whole),
)  # fmt: skip


def holding(kind: str, keys: st.SearchStrategy[Any], values: st.SearchStrategy[Any]) -> Any:
    """A container as it travels; now and then one that was cut."""
    cut = whole.map(lambda cut: {**cut, "exact": True})
    items = st.lists(st.tuples(keys, values).map(list), max_size=3)
    return st.builds(
        lambda items, more, whole: {
            "kind": kind, "items": items, "length": len(items) + more,
            **({"whole": whole} if more else {}),
        },
        items, st.sampled_from([0, 0, 1]), cut,
    )  # fmt: skip


packed = arrays().map(lambda array: {**array, "kind": "sequence", "value": None})
containers = st.recursive(
    scalars,
    lambda inner: st.one_of(
        holding("sequence", st.none(), inner),
        holding("set", st.none(), inner),
        holding("mapping", scalars, inner),
        holding("record", value("text", words), inner),
    ),
    max_leaves=6,
)
opened = st.builds(
    lambda items: {"kind": "sequence", "items": items, "length": len(items), "opened": True},
    st.lists(st.tuples(st.none(), arrays() | containers).map(list), min_size=1, max_size=3),
)
outputs = st.one_of(arrays(), packed, containers)
named = st.builds(lambda name, output: {**output, "name": name}, words, outputs)
grouped = st.builds(lambda name, output: {**output, "name": name}, words, opened)
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


@settings(deadline=None)  # how long it takes is nothing about what is read
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


@settings(deadline=None)
@given(st.lists(grouped | named, max_size=3))
def test_containers_of_arrays_are_opened_up(sent: list[dict[str, Any]]) -> None:
    ok = {"status": "ok", "omitted": 0, "elapsed_ms": 0.5, "bench": None}
    side = read({**ok, "outputs": sent})
    assert side.ok, side
    check_usable(side)
    items = [output["items"] if "opened" in output else [0] for output in sent]
    assert len(side.outputs) == sum(map(len, items))


@settings(max_examples=500, deadline=None)
@given(spoilt() | st.dictionaries(words, anything, max_size=4))
def test_any_other_is_read_or_called_garbled(reply: dict[str, Any]) -> None:
    side = read(reply)
    check_usable(side)
    if side.status == "crashed":
        assert side.error is not None
        assert side.error.type == "protocol"


# A worker whose framework knows no arrays: its values are Python's.
PLAIN = cast("Adapter", SimpleNamespace(is_array=lambda _: False, describe=lambda _: None))

simple = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), words, st.complex_numbers(),
    st.binary(max_size=5), st.builds(range, st.integers(), st.integers(), st.integers(1)),
)  # fmt: skip
keys = st.integers() | words | st.tuples(st.booleans(), words)
python_values = st.recursive(
    simple,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(keys, inner, max_size=3)
        | st.frozensets(keys, max_size=3)
    ),
    max_leaves=8,
)


def travelled(*values: Any) -> SideResult:
    sent = encode_outputs(PLAIN, [(f"y{i}", value) for i, value in enumerate(values)])
    return read({**sent, "status": "ok", "elapsed_ms": 0.5, "bench": None})


def exactly(value: Any) -> Any:
    """A value so that what is told apart is unequal: types, the sign of zero; nan equals nan."""
    if isinstance(value, list | tuple):
        return ["sequence", *map(exactly, value)]
    if isinstance(value, dict):
        return "mapping", sorted(repr((exactly(key), exactly(value[key]))) for key in value)
    if isinstance(value, frozenset):
        return "set", sorted(repr(exactly(item)) for item in value)
    if isinstance(value, range):  # as Python has it, by what it holds
        return "range", [value[0], value[-1], value[:2][-1]] if value else []
    return type(value).__name__, repr(value)


@settings(deadline=None)
@given(python_values)
def test_a_value_equals_itself_after_the_way(sent: Any) -> None:
    side = travelled(sent)
    assert side.ok, side
    assert [output.name for output in side.outputs] == ["y0"]
    verdict = compare_sides(side, side)
    assert verdict.status == "equal", verdict
    assert verdict.partly is None


@settings(max_examples=300, deadline=None)
@given(python_values, python_values)
def test_values_that_differ_are_never_called_equal(first: Any, second: Any) -> None:
    status = compare_sides(travelled(first), travelled(second)).status
    assert (status == "equal") == (exactly(first) == exactly(second))


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("elapsed_ms", "nan"),
        ("elapsed_ms", math.inf),
        ("omitted", math.nan),
        ("outputs", {"name": "y", "kind": "number", "dtype": "int64", "value": 2**64}),
        ("outputs", {"name": "y", "kind": "number", "dtype": "int9", "value": 1}),
        ("outputs", {"name": "y", "kind": "bool", "value": 1}),
        ("outputs", {"name": "y", "kind": "pair", "value": 1}),
        ("outputs", {"name": "y", "kind": "sequence", "items": [[None, {}]], "length": 0}),
        ("outputs", {"name": "y", "kind": "mapping", "items": [[None, {"kind": "none",
                     "value": None}]], "length": 1}),
        ("outputs", {"name": "y", "kind": "array", "shape": [2], "dtype": "uint8", "data": "AA==",
                     "statistics": []}),
        ("outputs", {"name": "y", "kind": "array", "shape": [], "dtype": "float32", "data": "",
                     "statistics": [["a", 0, 0, 0, 0, 0, 0]]}),
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
