"""Arrays of which only a part is here: figures of blocks agree within tolerance, or show it."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import Array, from_values
from mxcheat.live.verdict.parts import blocks_of, judge_rest
from mxcheat.live.worker.sums import block_length

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK = block_length(0)
COUNT = 2 * BLOCK + 100
RTOL, ATOL = 1e-6, 1e-7


def whole(values: Sequence[complex], dtype: str = "float32") -> Array:
    return from_values([len(values)], dtype, values)


def cut(values: Sequence[complex], dtype: str = "float32", kept: int = 10) -> Array:
    """An array as it travels with its `kept` leading elements and figures of all."""
    array = whole(values, dtype)
    size = len(array.data) // len(values)
    blocks = tuple(blocks_of(array))
    return replace(
        array, values=array.values[:kept], data=array.data[: kept * size], statistics=blocks
    )


def judge(first: Array, second: Array, rtol: float = RTOL, atol: float = ATOL) -> str:
    found = judge_rest(first, second, rtol, atol)
    back = judge_rest(second, first, rtol, atol)
    assert (found.status, bool(found.partly)) == (back.status, bool(back.partly))
    return found.status + (", partly" if found.partly else "")


def drawn(seed: int = 1, scale: float = 1.0) -> list[float]:
    generator = random.Random(seed)
    return [scale * generator.gauss(0, 1) for _ in range(COUNT)]


def test_the_same_values_are_equal_whatever_was_cut() -> None:
    values = drawn()
    assert judge(cut(values), cut(values)) == "equal"
    assert judge(cut(values), cut(values, kept=3000)) == "equal"
    assert judge(cut(values), whole(values)) == "equal"


def test_equal_values_of_another_width_are_equal() -> None:
    integers = [i % 251 - 120 for i in range(COUNT)]
    assert judge(cut(integers, "int64"), cut(integers, "int32"), 0.0, 0.0) == "equal"
    assert judge(cut(integers), cut(integers, "float64")) == "equal"
    positive = [i % 251 for i in range(COUNT)]
    assert judge(cut(positive, "uint8"), cut(positive, "int64"), 0.0, 0.0) == "equal"
    huge = [2**64 - 1] * COUNT
    assert judge(cut(huge, "uint64"), cut([-1] * COUNT, "int64"), 0.0, 0.0) == "different"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1e-20, 1.0, 1e20]))
def test_arrays_within_tolerance_never_differ(seed: int, scale: float) -> None:
    """The worst case of it: each element is off by all it may be, in one direction."""
    values = whole(drawn(seed, scale), "float64").values
    moved = [value + RTOL * abs(value) + ATOL for value in values]
    assert judge(cut(values, "float64"), cut(moved, "float64")) == "close, partly"
    assert judge(cut(values, "float64"), whole(moved, "float64")) == "close, partly"


def test_a_difference_among_the_elements_that_are_here_is_not_judged_again() -> None:
    values = drawn()
    moved = [values[0] * (1 + 1e-6), *values[1:]]
    assert judge(cut(values, kept=BLOCK), cut(moved, kept=BLOCK)) == "close"


@pytest.mark.parametrize("dtype", ["float64", "complex128", "int64", "bool"])
def test_a_changed_tail_is_noticed(dtype: str) -> None:
    values: list[complex] = list(drawn())
    if dtype == "complex128":
        values = [complex(value, -value / 3) for value in drawn()]
    if dtype in ("int64", "bool"):
        values = [value.real > 0 if dtype == "bool" else int(100 * value.real) for value in values]
    exact = dtype in ("int64", "bool")
    tolerance = (0.0, 0.0) if exact else (RTOL, ATOL)
    for changed in (
        values[:10] + values[10:][::-1],
        values[:BLOCK] + values[BLOCK:][::-1],
        values[:10] + values[11:] + values[10:11],
        [*values[:-1], not values[-1]],
        [*values[:5000], *values[5001:5002], *values[5000:5001], *values[5002:]],
        values[:10] + sorted(values[10:], key=abs),
    ):
        if changed != values:
            assert judge(cut(values, dtype), cut(changed, dtype), *tolerance) == "different"
            assert judge(cut(values, dtype), whole(changed, dtype), *tolerance) == "different"


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_nan_and_infinities_have_a_place(odd: float) -> None:
    values = drawn()
    one, other = values.copy(), values.copy()
    one[6000] = other[6001] = odd
    assert judge(cut(one), cut(values)) == "different"
    assert judge(cut(one), cut(other)) == "different"
    one[7000] *= 1 + 1e-6
    other[6000], other[6001] = odd, one[6001]
    assert judge(cut(one), cut(other)) == "close, partly"


def test_sums_beyond_a_float_prove_nothing_and_raise_nothing() -> None:
    values = [1.7e308] * COUNT
    moved = [1.7e308 * (1 - 1e-9)] * COUNT
    assert judge(cut(values, "float64"), cut(moved, "float64")) == "close, partly"
    assert judge(cut(values, "float64"), cut([1e308] * COUNT, "float64")) == "different"


def test_blocks_are_few_however_large_the_array() -> None:
    for count in (1, BLOCK, 4_000_000, 4_500_000, 10**9):
        assert count / block_length(count) <= 1024
