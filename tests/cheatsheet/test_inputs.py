"""The input language: what it makes, and what it says of a mistake."""

from __future__ import annotations

import contextlib
import math
import operator
import random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import Array, from_bytes, from_values, index_at
from mxcheat.cheatsheet.inputs import (
    DTYPES,
    InputError,
    make_inputs,
    parse_specs,
    plan_input,
    plan_inputs,
)
from mxcheat.cheatsheet.makers import MAKERS


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
        ("booleans(2, dtype=float32)", (2,), "float32"),
        ("integers(2, dtype=float16)", (2,), "float16"),
        ("zeros(2, dtype=bool)", (2,), "bool"),
        ("arange(256, dtype=uint8)", (256,), "uint8"),
        ("uniform(50, low=0.2, high=0.2)", (50,), "float32"),
        ("[[1, 2], [3, 4]]", (2, 2), "int64"),
        ("[1, 2.5]", (2,), "float32"),
        ("[True, False]", (2,), "bool"),
        ([[1.0], [2.0]], (2, 1), "float32"),
        ([], (0,), "float32"),
    ],
)
def test_makers_and_literals(spec: Any, shape: tuple[int, ...], dtype: str) -> None:
    array = plan_input("x", spec).make()
    assert isinstance(array, Array)
    assert (array.shape, array.dtype, len(array.values)) == (shape, dtype, math.prod(shape))


REAL = {"float64", "float32", "float16"}
COMPLEX = {"complex64", "complex128"}
# What each maker makes; everything else is an error that says what to write.
MADE = {
    **dict.fromkeys(("uniform", "normal", "positive", "symmetric"), REAL | COMPLEX),
    **{maker: {*DTYPES} - {"bool"} for maker in ("integers", "arange")},
    **{maker: {*DTYPES} for maker in ("booleans", "zeros", "ones")},
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("maker", MAKERS)
def test_every_maker_makes_a_dtype_usefully_or_says_what_does(maker: str, dtype: str) -> None:
    spec = f"{maker}(8, dtype={dtype})"
    if dtype not in MADE[maker]:
        with pytest.raises(InputError, match=f"makes nothing useful in {dtype}") as raised:
            plan_input("x", spec)
        assert raised.value.hint in ("use integers(...)", "use booleans(...)")
        return
    array = plan_input("x", spec).make()
    numbers = [value.real for value in array.values]
    assert array.dtype == dtype
    if maker in ("zeros", "ones"):
        assert {*array.values} == {maker == "ones"}
    elif maker == "arange":
        assert list(array.values) == list(range(8))
    elif maker in ("booleans", "integers"):
        assert {*numbers} <= {*range(2 if maker == "booleans" else 10)}
        assert len({*numbers}) > 1
    else:
        assert len({*numbers}) > 7
    drawn = dtype in COMPLEX and maker not in ("zeros", "ones", "arange", "booleans")
    imaginary = [value.imag for value in array.values]
    assert (len({*imaginary}) > 2) == drawn
    if drawn:
        assert numbers != imaginary
        assert abs(_correlation(numbers, imaginary)) < 0.99


def _correlation(first: list[float], second: list[float]) -> float:
    def centred(values: list[float]) -> list[float]:
        mean = sum(values) / len(values)
        return [value - mean for value in values]

    one, other = centred(first), centred(second)
    scale = math.sqrt(sum(v * v for v in one) * sum(v * v for v in other))
    return sum(map(lambda a, b: a * b, one, other)) / scale


def test_a_complex_symmetric_matrix_is_symmetric_in_both_parts() -> None:
    values = plan_input("a", "symmetric(3, dtype=complex128)").make().values
    assert [values[3 * j + i] for i in range(3) for j in range(3)] == list(values)


@pytest.mark.parametrize(
    "spec",
    ["uniform(1000, 1000)", "symmetric(1000)", "arange(1000000)", "normal(1000000)"],
)  # fmt: skip
def test_a_specification_is_checked_without_making_a_number(spec: str) -> None:
    with patch.object(random.Random, "random", side_effect=AssertionError):
        plan = plan_input("x", spec)
    assert math.prod(plan.shape) == 1_000_000


def test_the_inputs_of_a_run_are_limited_together() -> None:
    specs = dict.fromkeys("abc", "ones(1000, 1000)")
    assert len(plan_inputs({name: specs[name] for name in "ab"})) == 2
    with pytest.raises(InputError, match="the inputs a, b, c have 3,000,000 elements together"):
        plan_inputs(specs)


@pytest.mark.parametrize(("spec", "value"), [("3", 3), ("-0.5", -0.5), ("'text'", "text"), (2, 2)])
def test_plain_values_stay_plain(spec: Any, value: Any) -> None:
    assert plan_input("k", spec).make() == value


def test_inputs_are_the_same_every_time_and_do_not_move_each_other() -> None:
    alone = make_inputs({"x": "normal(5)"})["x"]
    beside = make_inputs({"w": "normal(9)", "x": "normal(5)"})["x"]
    assert alone == beside
    assert plan_input("y", "normal(5)").make() != alone


def test_a_symmetric_matrix_is_symmetric_and_uniform_has_both_signs() -> None:
    matrix = plan_input("a", "symmetric(4)").make()
    values = [[matrix.values[4 * i + j] for j in range(4)] for i in range(4)]
    assert values == [list(column) for column in zip(*values, strict=True)]
    signs = {value > 0 for value in plan_input("x", "uniform(50)").make().values}
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
        ("integers(3, low=-1, dtype=uint8)", "does not fit uint8"),
        ("integers(3, high=10**30)", "neither a literal"),
        ("integers(3, high=99999999999999999999)", "does not fit int64"),
        ("integers(3, low=0.5)", "has low=0.5; expected a whole number"),
        ("integers(3, high=True)", "has high=True; expected a whole number"),
        ("arange(257, dtype=uint8)", "does not fit uint8"),
        ("arange(70000, dtype=float16)", "does not fit float16"),
        ("uniform(3, high=70000, dtype=float16)", "does not fit float16"),
        ("uniform(3, high=1e39)", "does not fit float32"),
        ("uniform(3, high=1e39, dtype=complex64)", "does not fit complex64"),
        ("uniform(3, high=1e309)", "has high=inf; expected a finite number"),
        ("uniform(3, low=-1e308, high=1e308, dtype=float64)", "bounds too far apart"),
        ("uniform(3, low=1, high=1.0001, dtype=float16)", "the same number everywhere in float16"),
        ("uniform(3, low=0, high=1e-9, dtype=float16)", "the same number everywhere in float16"),
        ("uniform(3, low=1, high=0)", "impossible bounds"),
        ("uniform(3, low='a')", "has low='a'; expected a finite number"),
        ("uniform(True)", "not made of whole numbers"),
        ("symmetric(1000000)", "larger than 1,000,000 elements"),
        ("symmetric(2, 3)", "write symmetric(3) for 3 x 3"),
        ("symmetric()", "write symmetric(3) for 3 x 3"),
        ("arange(1000000000)", "larger than 1,000,000 elements"),
        ("ones(1, 1, 1, 1, 1, 1, 1, 1, 1)", "over 8 dimensions"),
        ("[" * 9 + "1" + "]" * 9, "over 8 dimensions"),
        ("[" * 90_000, "is not an expression"),
        ("f" + "()" * 2000, "calls f"),
        ("-" * 90_000 + "1", "input x"),
        ("0x" + "f" * 5000, "larger than any float64"),
        ("1" * 5000, "is not an expression"),
        ("'" + "a" * 100_000 + "'", "longer than 100,000 characters"),
        ("[1e39]", "does not fit float32"),
        ("[9223372036854775808]", "does not fit int64"),
        ("[[1, 2], [3]]", "rows of unequal length"),
        ("['a']", "other than numbers"),
        ("x +", "is not an expression"),
        ("open('f')", "calls open"),
        ("__import__('os')", "calls __import__"),
        ("{1: 2}", "is a dict"),
        ("uniform(*[2])", "neither a literal"),
    ],
    ids=lambda text: text[:30],
)
def test_a_mistake_is_one_clear_line(spec: str, message: str) -> None:
    with pytest.raises(InputError, match="input x: ") as raised:
        plan_input("x", spec).make()
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    "spec",
    [[[[[0] * 100] * 101] * 101], [0.0] * 1_000_001, 1 << 20_000],
    ids=["nested", "long", "digits"],
)
def test_a_value_that_is_too_large_is_said_in_a_line(spec: Any) -> None:
    with pytest.raises(InputError, match=r"input x: .{,150} is larger than") as raised:
        plan_input("x", spec)
    assert len(str(raised.value)) < 300


def test_specs_of_the_command_line() -> None:
    specs = parse_specs("x=uniform(2, 3); k=2")
    assert specs == {"x": "uniform(2, 3)", "k": "2"}
    assert parse_specs("é = 'ü' ; k=(1, 2)") == {"é": "'ü'", "k": "(1, 2)"}
    for wrong in ("x", "x=", "uniform(2)", "x.y=2", "x=y=2", "x=" + "[" * 9999, "f" + "()" * 2000):
        with pytest.raises(InputError):
            parse_specs(wrong)


@given(st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(InputError):
        plan_input("x", text).make()


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_offset_and_index_are_inverse(shape: list[int], data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, math.prod(shape) - 1))
    index = index_at(shape, offset)
    steps = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    assert sum(map(operator.mul, index, steps)) == offset


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
    text = plan_input("x", "arange(100, 100)").make().text
    assert text.count("\n") == 6
    assert "9999." in text
    assert "50." not in text
