"""The input language: what it makes, and what it says of a mistake."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import Array, flat_offset, from_bytes, from_values, index_at
from mxcheat.cheatsheet.inputs import InputError, make_input, make_inputs, parse_specs


@pytest.mark.parametrize(
    ("spec", "shape", "dtype"),
    [
        ("uniform(2, 3)", (2, 3), "float32"),
        ("uniform()", (), "float32"),
        ("uniform(0, 3)", (0, 3), "float32"),
        ("normal(4, dtype=float64)", (4,), "float64"),
        ("positive(3)", (3,), "float32"),
        ("symmetric(3)", (3, 3), "float32"),
        ("integers(2, 3, low=-5, high=5)", (2, 3), "int64"),
        ("integers(3, dtype='int32')", (3,), "int32"),
        ("booleans(7)", (7,), "bool"),
        ("arange(2, 3)", (2, 3), "float32"),
        ("uniform(2, dtype=complex64)", (2,), "complex64"),
        ("[[1, 2], [3, 4]]", (2, 2), "int64"),
        ("[1, 2.5]", (2,), "float32"),
        ("[True, False]", (2,), "bool"),
        ([[1.0], [2.0]], (2, 1), "float32"),
        ([], (0,), "float32"),
    ],
)
def test_makers_and_literals(spec: Any, shape: tuple[int, ...], dtype: str) -> None:
    array = make_input("x", spec)
    assert isinstance(array, Array)
    assert (array.shape, array.dtype, len(array.values)) == (shape, dtype, math.prod(shape))


@pytest.mark.parametrize(("spec", "value"), [("3", 3), ("-0.5", -0.5), ("'text'", "text"), (2, 2)])
def test_plain_values_stay_plain(spec: Any, value: Any) -> None:
    assert make_input("k", spec) == value


def test_inputs_are_the_same_every_time_and_do_not_move_each_other() -> None:
    alone = make_inputs({"x": "normal(5)"})["x"]
    beside = make_inputs({"w": "normal(9)", "x": "normal(5)"})["x"]
    assert alone == beside
    assert make_input("y", "normal(5)") != alone


def test_a_symmetric_matrix_is_symmetric_and_uniform_has_both_signs() -> None:
    matrix = make_input("a", "symmetric(4)")
    values = [[matrix.values[4 * i + j] for j in range(4)] for i in range(4)]
    assert values == [list(column) for column in zip(*values, strict=True)]
    signs = {value > 0 for value in make_input("x", "uniform(50)").values}
    assert signs == {True, False}


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("unifrom(2)", "did you mean uniform?"),
        ("uniform(2, dtype=flaot32)", "did you mean float32?"),
        ("uniform(2, lo=1)", "allowed: low, high"),
        ("normal(2, high=1)", "allowed: dtype only"),
        ("uniform(2.5)", "not made of whole numbers"),
        ("uniform(9999, 9999)", "larger than 1,000,000 elements"),
        ("integers(3, low=5, high=5)", "impossible bounds"),
        ("integers(3, low=300, high=400, dtype=uint8)", "does not fit uint8"),
        ("[[1, 2], [3]]", "rows of unequal length"),
        ("['a']", "other than numbers"),
        ("x +", "is not an expression"),
        ("open('f')", "calls open"),
        ("__import__('os')", "calls __import__"),
        ("{1: 2}", "is a dict"),
        ("uniform(*[2])", "neither a literal"),
    ],
)
def test_a_mistake_is_one_clear_line(spec: str, message: str) -> None:
    with pytest.raises(InputError, match="input x: ") as raised:
        make_input("x", spec)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_specs_of_the_command_line() -> None:
    specs = parse_specs("x=uniform(2, 3); k=2")
    assert specs == {"x": "uniform(2, 3)", "k": "2"}
    for wrong in ("x", "x=", "uniform(2)", "x.y=2", "x=y=2"):
        with pytest.raises(InputError):
            parse_specs(wrong)


@given(st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(InputError):
        make_input("x", text)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_offset_and_index_are_inverse(shape: list[int], data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, math.prod(shape) - 1))
    assert flat_offset(shape, index_at(shape, offset)) == offset


@given(st.lists(st.floats(width=32, allow_nan=False), max_size=30))
def test_bytes_round_trip(values: list[float]) -> None:
    array = from_values([len(values)], "float32", values)
    assert from_bytes(array.shape, "float32", array.data) == array
    assert list(array.values) == values


@pytest.mark.parametrize(
    ("shape", "dtype", "data"),
    [([2], "float32", b"1234"), ([1], "float32", b"12345"), ([1], "str", b""), ([0], "int8", b"1")],
)
def test_bytes_that_do_not_fit_are_refused(shape: list[int], dtype: str, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"dtype|bytes"):
        from_bytes(shape, dtype, data)


@pytest.mark.parametrize(
    ("values", "shape", "text"),
    [
        ([1.0, -2.0, 3.0], [3], "[ 1., -2.,  3.]"),
        ([0.5, 1.25], [2], "[0.5000, 1.2500]"),
        ([1e-9, 1.0], [2], "[1.0000e-09, 1.0000e+00]"),
        ([math.nan, math.inf, 1.0], [3], "[nan, inf,  1.]"),
        ([1.0, 2.0, 3.0, 4.0], [2, 2], "[[1., 2.],\n [3., 4.]]"),
        ([2.0], [], "2."),
        ([], [0, 3], "[]"),
    ],
)
def test_arrays_are_printed_in_aligned_columns(
    values: list[float], shape: list[int], text: str
) -> None:
    assert from_values(shape, "float32", values).text == text


def test_a_large_array_is_printed_by_its_edges() -> None:
    text = make_input("x", "arange(100, 100)").text
    assert text.count("\n") == 6
    assert "9999." in text
    assert "50." not in text
